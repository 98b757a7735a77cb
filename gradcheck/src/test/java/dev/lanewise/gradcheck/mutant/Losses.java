package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.Functions.firstLargest;
import static dev.lanewise.gradcheck.mutant.Functions.logSum;
import static dev.lanewise.gradcheck.mutant.Functions.sigmoid;
import static dev.lanewise.gradcheck.mutant.Functions.softmax;
import static dev.lanewise.gradcheck.mutant.Functions.softplus;
import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import dev.lanewise.core.tensor.Shape;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/// Losses: functions to one number.
final class Losses {
  static final int ROWS = 3;
  static final int COLUMNS = 5;
  static final int[] CLASSES = {1, 4, 0};

  private Losses() {}

  /// A mean over elements of a function of the element and its label.
  ///
  /// @param name what it is called
  /// @param f the loss of a prediction and a label
  /// @param slope its derivative by the prediction
  /// @param labels a label for each element
  record Separable(
      String name, DoubleBinaryOperator f, DoubleBinaryOperator slope, double[] labels) {
    PlainLayer layer() {
      int n = labels.length;
      return PlainLayer.of(
          name,
          List.of(input("prediction", ROWS, COLUMNS)),
          Shape.SCALAR,
          (x, y) -> {
            for (int i = 0; i < n; i++) {
              y[0] += f.applyAsDouble(x[0][i], labels[i]) / n;
            }
          },
          (x, y, u, g) -> {
            for (int i = 0; i < n; i++) {
              g[0][i] = u[0] * slope.applyAsDouble(x[0][i], labels[i]) / n;
            }
          });
    }

    /// The same loss with another derivative.
    PlainLayer with(DoubleBinaryOperator wrong) {
      return new Separable(name, f, wrong, labels).layer();
    }
  }

  private static final double[] NUMBERS = {
    0.3, -1.2, 0.8, 2.1, -0.4, 1.7, 0.6, -0.9, 0.1, -2.3, 1.1, -0.7, 0.5, 1.4, -1.6
  };
  private static final double[] ZERO_OR_ONE = {1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0};
  private static final double[] SIGNS = {1, -1, -1, 1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1, -1};

  static final Separable HUBER =
      new Separable(
          "huber",
          (x, t) -> Math.abs(x - t) <= 1 ? (x - t) * (x - t) / 2 : Math.abs(x - t) - 0.5,
          (x, t) -> Math.clamp(x - t, -1.0, 1.0),
          NUMBERS);
  static final Separable ABSOLUTE_ERROR =
      new Separable(
          "absolute error", (x, t) -> Math.abs(x - t), (x, t) -> Math.signum(x - t), NUMBERS);
  static final Separable BINARY_CROSS_ENTROPY =
      new Separable(
          "binary cross-entropy",
          (z, t) -> t == 1 ? softplus(-z) : softplus(z),
          (z, t) -> t == 1 ? -sigmoid(-z) : sigmoid(z),
          ZERO_OR_ONE);
  static final Separable HINGE =
      new Separable(
          "hinge", (z, t) -> Math.max(0, 1 - t * z), (z, t) -> 1 - t * z > 0 ? -t : 0, SIGNS);

  /// `(1 − p)² · −log p` of the probability p of the right side.
  static final Separable FOCAL =
      new Separable(
          "focal",
          (z, t) -> sigmoid(-t * z) * sigmoid(-t * z) * softplus(-t * z),
          (z, t) -> {
            double q = sigmoid(-t * z);
            return -t * q * q * (2 * sigmoid(t * z) * softplus(-t * z) + q);
          },
          SIGNS);
  static final Separable LOG_COSH =
      new Separable(
          "log cosh",
          (x, t) -> softplus(2 * (x - t)) - (x - t),
          (x, t) -> Math.tanh(x - t),
          NUMBERS);

  /// The mean squared difference of two inputs.
  static PlainLayer squaredError() {
    return PlainLayer.of(
        "mean squared error",
        List.of(input("prediction", ROWS, COLUMNS), input("target", ROWS, COLUMNS)),
        Shape.SCALAR,
        (x, y) -> {
          for (int i = 0; i < x[0].length; i++) {
            y[0] += (x[0][i] - x[1][i]) * (x[0][i] - x[1][i]) / x[0].length;
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < x[0].length; i++) {
            g[0][i] = u[0] * 2 * (x[0][i] - x[1][i]) / x[0].length;
            g[1][i] = -g[0][i];
          }
        });
  }

  /// The cross-entropy of softmax and [#CLASSES], mean over the rows.
  static PlainLayer crossEntropy() {
    return PlainLayer.of(
        "cross-entropy",
        List.of(input("logits", ROWS, COLUMNS)),
        Shape.SCALAR,
        (x, y) -> {
          for (int row = 0; row < ROWS; row++) {
            int from = row * COLUMNS;
            int best = firstLargest(x[0], from, from + COLUMNS);
            y[0] +=
                (x[0][best] - x[0][from + CLASSES[row]] + logSum(x[0], from, from + COLUMNS))
                    / ROWS;
          }
        },
        (x, y, u, g) -> {
          for (int row = 0; row < ROWS; row++) {
            double[] p = softmax(x[0], row * COLUMNS, (row + 1) * COLUMNS);
            double others = 0;
            for (int i = 0; i < COLUMNS; i++) {
              others += i == CLASSES[row] ? 0 : p[i];
              g[0][row * COLUMNS + i] = u[0] * p[i] / ROWS;
            }
            g[0][row * COLUMNS + CLASSES[row]] = -u[0] * others / ROWS;
          }
        });
  }

  /// The cross-entropy of all pairs' cosines-without-norms and the right partner: InfoNCE.
  ///
  /// @param byKeys the weight of the gradient by the second input, 1
  static PlainLayer contrastive(double byKeys) {
    int d = 2;
    return PlainLayer.of(
        "contrastive",
        List.of(input("a", ROWS, d), input("b", ROWS, d)),
        Shape.SCALAR,
        (x, y) -> {
          double[] scores = Matrices.product(x[0], Matrices.transposed(x[1], d), d);
          for (int row = 0; row < ROWS; row++) {
            int from = row * ROWS;
            int best = firstLargest(scores, from, from + ROWS);
            y[0] += (scores[best] - scores[from + row] + logSum(scores, from, from + ROWS)) / ROWS;
          }
        },
        (x, y, u, g) -> {
          double[] scores = Matrices.product(x[0], Matrices.transposed(x[1], d), d);
          double[] ds = new double[scores.length];
          for (int row = 0; row < ROWS; row++) {
            double[] p = softmax(scores, row * ROWS, (row + 1) * ROWS);
            double others = 0;
            for (int i = 0; i < ROWS; i++) {
              others += i == row ? 0 : p[i];
              ds[row * ROWS + i] = u[0] * p[i] / ROWS;
            }
            ds[row * ROWS + row] = -u[0] * others / ROWS;
          }
          g[0] = Matrices.product(ds, x[1], ROWS);
          Matrices.add(byKeys, Matrices.product(Matrices.transposed(ds, ROWS), x[0], ROWS), g[1]);
        });
  }

  /// The cosines of the rows of two inputs.
  ///
  /// @param projection the weight of the term through the norm, 1
  static PlainLayer cosine(double projection) {
    return PlainLayer.allRowwise(
        "cosine",
        List.of(input("a", ROWS, COLUMNS), input("b", ROWS, COLUMNS)),
        1,
        (x, y) -> {
          for (int row = 0; row < y.length; row++) {
            y[row] =
                dot(x[0], x[1], row)
                    / Math.sqrt(dot(x[0], x[0], row))
                    / Math.sqrt(dot(x[1], x[1], row));
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < x[0].length; i++) {
            int row = i / COLUMNS;
            double a = Math.sqrt(dot(x[0], x[0], row));
            double b = Math.sqrt(dot(x[1], x[1], row));
            g[0][i] = u[row] * (x[1][i] / b - projection * y[row] * x[0][i] / a) / a;
            g[1][i] = u[row] * (x[0][i] / a - projection * y[row] * x[1][i] / b) / b;
          }
        });
  }

  private static double dot(double[] a, double[] b, int row) {
    double sum = 0;
    for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static List<PlainLayer> all() {
    return List.of(
        squaredError(),
        HUBER.layer(),
        ABSOLUTE_ERROR.layer(),
        BINARY_CROSS_ENTROPY.layer(),
        crossEntropy(),
        FOCAL.layer(),
        HINGE.layer(),
        LOG_COSH.layer(),
        contrastive(1),
        cosine(1));
  }
}
