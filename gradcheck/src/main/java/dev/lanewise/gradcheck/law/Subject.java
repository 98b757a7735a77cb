package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Problem;
import dev.lanewise.gradcheck.problem.Recording;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/// What laws look at: a function, two points x and x′, and two upstreams u and v.
///
/// x is the problem's point. x′ has three quarters of x's elements, each one place further on, so
/// that what is positive, or between 0 and 1, stays so. Laws belong to normal points: at huge and
/// at tiny numbers some right functions break those that are not bitwise.
///
/// Every law records graphs of its own; all graphs of a subject share one workspace, so that each
/// gets memory that an earlier one left full of NaN.
///
/// A subject belongs to one thread; close it.
public final class Subject implements AutoCloseable {
  private static final double RELATIVE = 1e-12;

  private final Problem problem;
  private final Key key;
  private final Workspace workspace = Workspace.of(1, Evaluator.ROWS_PER_SHARD);
  private final double[][] x;
  private final double[][] other;
  private final double[] u;
  private final double[] v;
  private final double[] y;
  private final double[][] gradients;
  private final double natural;
  private final double[] sizes;
  private final Shape outputShape;
  private final boolean draws;

  private Subject(Problem problem, Key key) {
    this.problem = problem;
    this.key = key;
    this.x = problem.point();
    this.other = other(x);
    this.sizes = Arrays.stream(x).mapToDouble(Origin::rms).toArray();
    try (Execution run = open(x)) {
      this.outputShape = run.recording().output().shape();
      this.y = run.output();
      this.u = draw("u", y.length);
      this.v = draw("v", y.length);
      this.natural = Origin.of(y, u, 0).natural();
      this.gradients = run.gradients(u);
    } catch (RuntimeException e) {
      workspace.close();
      throw e;
    }
    try (Execution run = open(x, problem.key().with("again"))) {
      this.draws = !Arrays.equals(y, run.output());
    }
  }

  /// A function at a problem's point.
  ///
  /// @param problem the problem
  /// @param key the address of the draws of upstreams
  /// @return the subject, to be closed
  /// @throws IllegalArgumentException if the output is not float64, or does not depend on a
  ///     variable
  public static Subject of(Problem problem, Key key) {
    return new Subject(problem, key);
  }

  /// The function and its point.
  ///
  /// @return the problem
  public Problem problem() {
    return problem;
  }

  /// Whether laws that compare with 0·x can be judged: whether the output is finite.
  boolean isFinite() {
    return Arrays.stream(y).allMatch(Double::isFinite);
  }

  /// Whether the function makes draws: another key gave another output.
  boolean draws() {
    return draws;
  }

  Key key() {
    return key;
  }

  double[][] x() {
    return x;
  }

  double[][] other() {
    return other;
  }

  double[] u() {
    return u;
  }

  /// The output of the very first run, in memory full of zeros.
  double[] y() {
    return y;
  }

  /// The gradients of the very first run, in memory full of zeros.
  double[][] gradients() {
    return gradients;
  }

  double[] v() {
    return v;
  }

  Shape outputShape() {
    return outputShape;
  }

  List<Variable> variables() {
    return problem.variables();
  }

  /// A run at a point, the gradients by all variables wanted.
  Execution open(double[][] point) {
    return open(point, problem.key());
  }

  private Execution open(double[][] point, Key runKey) {
    Graph graph = workspace.training(runKey);
    List<Tensor> values = tensors(point);
    return execution(graph, values, i -> true, Recording.of(graph, problem, values));
  }

  /// A run in which the gradients by some inputs are not wanted.
  Execution open(double[][] point, IntPredicate wanted) {
    return open(workspace, tensors(point), wanted, problem.function(), problem.parameters());
  }

  /// A run of another function of the same variables, or with inputs that have other rows.
  Execution open(List<Tensor> values, GradientFunction function) {
    return open(workspace, values, i -> true, function, problem.parameters());
  }

  /// A run in another thread, with a workspace of its own.
  Execution open(Workspace own, double[][] point) {
    return open(own, tensors(point), problem.function(), problem.parameters());
  }

  /// A run of another function of other parameters in the place of the problem's, on values of any
  /// type.
  Execution open(
      Workspace own, List<Tensor> values, GradientFunction function, List<Parameter> parameters) {
    return open(own, values, i -> true, function, parameters);
  }

  private Execution open(
      Workspace memory,
      List<Tensor> values,
      IntPredicate wanted,
      GradientFunction function,
      List<Parameter> parameters) {
    Graph graph = memory.training(problem.key());
    Recording recording = Recording.of(graph, variables(), parameters, values, wanted, function);
    return execution(graph, values, wanted, recording);
  }

  private Execution execution(
      Graph graph, List<Tensor> values, IntPredicate wanted, Recording recording) {
    return new Execution(problem.name(), variables(), graph, values, wanted, recording);
  }

  /// Fresh tensors of a point.
  List<Tensor> tensors(double[][] point) {
    List<Tensor> tensors = new ArrayList<>();
    for (int t = 0; t < point.length; t++) {
      tensors.add(Tensor.of(DType.FLOAT64, variables().get(t).shape(), point[t]));
    }
    return tensors;
  }

  /// The size of what is differentiated, `Σ |uⱼ|·max(|yⱼ|, rms y)`.
  double natural() {
    return natural;
  }

  /// How far gradients may differ that are computed in another order: 10⁻¹² of their natural scale,
  /// which is the size of what is differentiated over the size of the variable.
  double tolerance(int variable, int position, double gradient) {
    double size = Math.max(Math.abs(x[variable][position]), sizes[variable]);
    return RELATIVE * Math.max(natural / size, Math.abs(gradient));
  }

  /// The natural scale of the gradient by a variable if rounding errors of outputs are independent.
  double independentScale(int variable) {
    return natural / Math.sqrt(Math.max(1, y.length)) / sizes[variable];
  }

  /// A direction through all variables.
  double[][] direction(String purpose) {
    double[][] direction = new double[x.length][];
    for (int t = 0; t < direction.length; t++) {
      direction[t] = draw("direction " + purpose + t, x[t].length);
    }
    return direction;
  }

  /// Upstreams and directions: `±(0.5 + U[0,1))`.
  double[] draw(String purpose, int size) {
    RandomGenerator draws = key.with(purpose).generator();
    double[] drawn = new double[size];
    for (int j = 0; j < size; j++) {
      double value = 0.5 + draws.nextDouble();
      drawn[j] = draws.nextBoolean() ? value : -value;
    }
    return drawn;
  }

  @Override
  public void close() {
    workspace.close();
  }

  private static double[][] other(double[][] x) {
    double[][] moved = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      int size = x[t].length;
      moved[t] = new double[size];
      for (int i = 0; i < size; i++) {
        moved[t][(i + 1) % size] = 0.75 * x[t][i];
      }
    }
    return moved;
  }
}
