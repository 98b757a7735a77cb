package dev.lanewise.optim.direct;

import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Softmax and logistic regression by Newton's method ([NewtonMethod] says how).
///
/// For class indices as targets, of shape `[]`: as many outputs as classes, and the weights that
/// minimise [dev.lanewise.layers.loss.SoftmaxCrossEntropy] plus `½·λ·‖W‖²`. For rows of numbers
/// between 0 and 1, of shape `[out]`: that many outputs, and the weights that minimise
/// [dev.lanewise.layers.loss.BinaryCrossEntropyWithLogits], a mean over rows and outputs, plus the
/// same. The penalty is that of [dev.lanewise.optim.Trainer#l2(double)]; biases are not penalised.
///
/// Without a penalty there may be no best weights: if a linear function puts every row on its right
/// side, its multiples are ever better. Such data are refused, and so are those for which no
/// optimum is found. With one, each class must have rows. Where there are many best weights the
/// ones returned have the sum 0 over the classes, and, if features depend on each other, the least
/// norm for each output.
///
/// Memory and time for a step grow with the square of `(in + 1)·out` (for rows of numbers, of
/// `in + 1`), which must not exceed [#MOST_UNKNOWNS].
///
/// @param l2 λ, at least 0
public record LogisticRegression(double l2) implements DirectSolver {
  /// How many unknowns there may be at most.
  public static final int MOST_UNKNOWNS = 4096;

  private static final String NAME = "Newton's method";

  /// A solver.
  ///
  /// @throws IllegalArgumentException if λ is negative or not finite
  public LogisticRegression {
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": λ must be a number of at least 0, but is " + l2 + ".");
    }
  }

  @Override
  public DirectSolution solve(Dataset training) {
    if (training.targetShape().rank() == 0) {
      return softmax(new Examples(NAME, training), training.classLabels());
    }
    return logistic(Examples.ofNumbers(NAME, training));
  }

  private DirectSolution softmax(Examples examples, List<String> labels) {
    if (labels.size() < 2) {
      throw new ShapeException(
          NAME
              + ": targets of shape [] must be at least two classes, but there are "
              + labels.size()
              + ".");
    }
    requireFew(examples.features() + 1L, labels.size());
    double[] targets = examples.all().targets();
    requireAllClasses(targets, labels);
    Factors factors = Factors.of(examples);
    Whitened rows = Whitened.of(examples, factors);
    RowLoss.Curved loss = new RowLoss.SoftmaxOfClass();
    NewtonMethod.Optimum optimum =
        optimum(
            new NewtonMethod(rows, targets, labels.size(), loss, penalty(rows, l2), l2 > 0),
            "the classes");
    double[] weight = new double[examples.features() * labels.size()];
    double[] bias = new double[labels.size()];
    for (int output = 0; output < bias.length; output++) {
      int from = output * rows.columns();
      rows.toFeatures(
          Arrays.copyOfRange(optimum.coefficients(), from, from + rows.columns()),
          output,
          weight,
          bias);
    }
    Evidence evidence = Evidence.measure(examples, weight, bias, loss, l2);
    return solution(
        "Softmax", weight, bias, evidence.objective(), evidence.gradient(), optimum, factors);
  }

  private DirectSolution logistic(Examples examples) {
    requireFew(examples.features() + 1L, 1);
    int outputs = examples.outputs();
    double[] targets = examples.all().targets();
    Factors factors = Factors.of(examples);
    Whitened rows = Whitened.of(examples, factors);
    double[] weight = new double[examples.features() * outputs];
    double[] bias = new double[outputs];
    int iterations = 0;
    double condition = 1;
    for (int output = 0; output < outputs; output++) {
      double[] column = column(targets, output, outputs);
      requireBothSides(column, output);
      // The mean over outputs divides each one's loss, so each is penalised that much more.
      NewtonMethod.Optimum optimum =
          optimum(
              new NewtonMethod(
                  rows, column, 1, new RowLoss.Logistic(), penalty(rows, l2 * outputs), l2 > 0),
              "the rows of output " + output);
      rows.toFeatures(optimum.coefficients(), output, weight, bias);
      iterations = Math.max(iterations, optimum.iterations());
      condition = Math.max(condition, optimum.condition());
    }
    Evidence evidence =
        Evidence.measure(examples, weight, bias, LogisticRegression::logisticMean, l2);
    return solution(
        "Logistic",
        weight,
        bias,
        evidence.objective(),
        evidence.gradient(),
        new NewtonMethod.Optimum(new double[0], iterations, condition),
        factors);
  }

  private DirectSolution solution(
      String kind,
      double[] weight,
      double[] bias,
      double objective,
      double gradient,
      NewtonMethod.Optimum optimum,
      Factors factors) {
    int features = weight.length / bias.length;
    String rank =
        factors.rank() < features
            ? "; the features have rank " + factors.rank() + " of " + features
            : "";
    return new DirectSolution(
        DirectSolution.linear(weight, bias),
        objective,
        gradient,
        OptionalDouble.of(optimum.condition()),
        optimum.iterations(),
        kind
            + " regression"
            + (l2 > 0 ? " with λ = " + l2 : "")
            + " was solved by "
            + optimum.iterations()
            + " steps of Newton's method on "
            + factors.rows()
            + " rows"
            + rank
            + ".");
  }

  private static NewtonMethod.Optimum optimum(NewtonMethod method, String what) {
    return switch (method.minimise()) {
      case NewtonMethod.Optimum optimum -> optimum;
      case NewtonMethod.Separated() ->
          throw new DataException(
              NAME
                  + ": there are no best weights, because "
                  + what
                  + " are linearly separable, so that larger weights are always better; an L2"
                  + " penalty makes them exist.");
      case NewtonMethod.Endless(int iterations) ->
          throw new DataException(
              NAME
                  + ": no best weights were found in "
                  + iterations
                  + " steps: "
                  + what
                  + " are linearly separable up to rows on the boundary, or nearly so; an L2"
                  + " penalty makes best weights exist.");
    };
  }

  /// `½λ‖w‖²` by the whitened columns; the last is the bias's.
  private static double[] penalty(Whitened rows, double l2) {
    double[] penalty = new double[rows.columns()];
    for (int column = 0; column < penalty.length - 1; column++) {
      double factor = rows.factors().whitening(column);
      penalty[column] = l2 * factor * factor;
    }
    return penalty;
  }

  private static void requireFew(long unknowns, int outputs) {
    if (unknowns * outputs > MOST_UNKNOWNS) {
      throw new DataException(
          NAME
              + ": "
              + unknowns * outputs
              + " unknowns are too many for its matrix; it takes at most "
              + MOST_UNKNOWNS
              + ".");
    }
  }

  private static void requireAllClasses(double[] targets, List<String> labels) {
    int[] counts = new int[labels.size()];
    for (double target : targets) {
      counts[(int) target]++;
    }
    for (int each = 0; each < counts.length; each++) {
      if (counts[each] == 0) {
        throw new DataException(
            NAME
                + ": there are no best weights, because no row has the class '"
                + labels.get(each)
                + "', so that a lower bias for it is always better.");
      }
    }
  }

  private static void requireBothSides(double[] targets, int output) {
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      if (!(targets[row] >= 0 && targets[row] <= 1)) {
        throw new DataException(
            NAME
                + ": target "
                + output
                + " of row "
                + row
                + " must be between 0 and 1, but it is "
                + targets[row]
                + ".");
      }
      sum += targets[row];
    }
    if (sum == 0 || sum == targets.length) {
      throw new DataException(
          NAME
              + ": there are no best weights, because target "
              + output
              + " is "
              + (int) targets[0]
              + " in all rows, so that a larger bias is always better.");
    }
  }

  private static double[] column(double[] targets, int column, int columns) {
    double[] values = new double[targets.length / columns];
    Arrays.setAll(values, row -> targets[row * columns + column]);
    return values;
  }

  /// The mean of [RowLoss.Logistic] over the outputs.
  private static double logisticMean(
      double[] outputs, double[] targets, int from, double[] gradient) {
    RowLoss single = new RowLoss.Logistic();
    double[] derivative = new double[1];
    double sum = 0;
    for (int k = 0; k < outputs.length; k++) {
      sum += single.evaluate(new double[] {outputs[k]}, targets, from + k, derivative);
      gradient[k] = derivative[0] / outputs.length;
    }
    return sum / outputs.length;
  }
}
