package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The function in float32 gives what it gives in float64 at the same, rounded, numbers, as exactly
/// as float32 can.
///
/// How exactly that is, is measured: all numbers are moved by ±2⁻²⁴ relative, six times, and the
/// largest changes `cᵢ` of the float64 result are what float32 may not know. The bound is
/// `32·(max(cᵢ, rms c) + 2⁻²⁴(|gᵢ| + max(max|g|, s)))`, for outputs and gradients alike. s is the
/// gradient's natural scale, 0 for outputs: a saturated softmax has tiny gradients that are
/// differences of large numbers. In the study the bound comes from, right float32 code reached 0.7
/// of it at most.
///
/// Breaks: another epsilon in float32, reciprocal roots without their last step, probabilities
/// clipped at 10⁻⁴, bfloat16 on the way, dropped last terms, `E[x²] − E[x]²`.
///
/// @param function the function in float32
/// @param parameters its trainable parameters in float32, in the order of those in float64
public record AgreesInFloat32(GradientFunction function, List<Parameter> parameters)
    implements Law {
  private static final int DRAWS = 6;
  private static final double FACTOR = 32;
  private static final double EPSILON = 0x1p-24;

  /// The law for a function.
  public AgreesInFloat32 {
    parameters = List.copyOf(parameters);
  }

  /// The law for a function and the parameters of a model that was converted with
  /// [Parameters#convert].
  ///
  /// @param function the function in float32
  /// @param parameters its parameters; frozen ones do not matter
  /// @return the law
  public static AgreesInFloat32 of(GradientFunction function, Parameters parameters) {
    return new AgreesInFloat32(function, parameters.trainable().list());
  }

  /// The law for an op, which computes in the type it is given.
  ///
  /// @param op the op; the subject's variables must be its inputs
  /// @return the law
  public static AgreesInFloat32 of(Op<?> op) {
    return new AgreesInFloat32(
        (graph, inputs) -> graph.apply(op, inputs.byName().values().toArray(Node[]::new)),
        List.of());
  }

  @Override
  public String name() {
    return "float32 agrees with float64";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    double[][] x = new double[subject.x().length][];
    for (int t = 0; t < x.length; t++) {
      x[t] = rounded(subject.x()[t]);
    }
    double[] u = rounded(subject.u());
    List<double[]> exact = inFloat64(subject, x, u);
    List<double[]> changes = new ArrayList<>();
    exact.forEach(each -> changes.add(new double[each.length]));
    RandomGenerator signs = subject.key().with("float32").generator();
    for (int draw = 0; draw < DRAWS; draw++) {
      List<double[]> moved = inFloat64(subject, moved(x, signs), u);
      for (int k = 0; k < moved.size(); k++) {
        for (int i = 0; i < moved.get(k).length; i++) {
          double change = Math.abs(moved.get(k)[i] - exact.get(k)[i]);
          changes.get(k)[i] = Math.max(changes.get(k)[i], change);
        }
      }
    }
    List<double[]> found = inFloat32(subject, x, u);
    for (int k = 0; k < exact.size(); k++) {
      Variable where =
          k == 0
              ? new Variable("y", subject.outputShape(), Variable.Kind.INPUT)
              : new Variable(
                  "the gradient by " + subject.variables().get(k - 1).path(),
                  subject.variables().get(k - 1).shape(),
                  Variable.Kind.INPUT);
      double[] bounds =
          bounds(exact.get(k), changes.get(k), k == 0 ? 0 : subject.independentScale(k - 1));
      findings.compare(
          "in float32",
          where,
          exact.get(k),
          found.get(k),
          (a, b, i) -> Math.abs(a - b) <= bounds[i] || !Double.isFinite(a));
    }
    return findings.list();
  }

  private static double[] bounds(double[] exact, double[] changes, double scale) {
    double largest = scale;
    double squares = 0;
    for (int i = 0; i < exact.length; i++) {
      largest = Math.max(largest, Math.abs(exact[i]));
      squares += changes[i] * changes[i];
    }
    double rms = Math.sqrt(squares / Math.max(1, exact.length));
    double[] bounds = new double[exact.length];
    for (int i = 0; i < bounds.length; i++) {
      double rounding = EPSILON * (Math.abs(exact[i]) + largest);
      bounds[i] = FACTOR * (Math.max(changes[i], rms) + rounding);
    }
    return bounds;
  }

  /// The output, then the gradients.
  private static List<double[]> inFloat64(Subject subject, double[][] point, double[] u) {
    try (Execution run = subject.open(point)) {
      return results(run, u);
    }
  }

  private List<double[]> inFloat32(Subject subject, double[][] point, double[] u) {
    List<Tensor> values =
        subject.tensors(point).stream().map(each -> each.to(DType.FLOAT32)).toList();
    try (Workspace workspace = Workspace.of(1, Evaluator.ROWS_PER_SHARD);
        Execution run = subject.open(workspace, values, function, parameters)) {
      return results(run, u);
    }
  }

  private static List<double[]> results(Execution run, double[] u) {
    List<double[]> results = new ArrayList<>();
    results.add(run.output());
    results.addAll(List.of(run.gradients(u)));
    return results;
  }

  private static double[] rounded(double[] values) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  private static double[][] moved(double[][] point, RandomGenerator signs) {
    double[][] moved = new double[point.length][];
    for (int t = 0; t < moved.length; t++) {
      moved[t] = new double[point[t].length];
      for (int i = 0; i < moved[t].length; i++) {
        moved[t][i] = point[t][i] * (signs.nextBoolean() ? 1 + EPSILON : 1 - EPSILON);
      }
    }
    return moved;
  }
}
