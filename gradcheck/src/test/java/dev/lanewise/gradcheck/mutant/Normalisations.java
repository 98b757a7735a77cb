package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.Functions.firstLargest;
import static dev.lanewise.gradcheck.mutant.Functions.logSum;
import static dev.lanewise.gradcheck.mutant.Functions.softmax;
import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import dev.lanewise.core.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/// Normalisations and softmax, whose derivatives have a term common to a row.
final class Normalisations {
  static final int COLUMNS = 5;
  static final double EPSILON = 1e-5;

  private Normalisations() {}

  /// The derivative of a standardisation `x̂ = (x − mean)·r`, `r = 1/√(variance + ε)`, whose terms
  /// may be wrong.
  ///
  /// @param mean the weight of the term through the mean, 1; 0 for RMS, which has no mean
  /// @param projection the weight of the term through the variance, 1
  /// @param epsilon what is added to the variance
  /// @param scale a factor of the whole
  record Terms(double mean, double projection, double epsilon, double scale) {
    static final Terms RIGHT = new Terms(1, 1, EPSILON, 1);
  }

  /// Which elements are standardised together: those of a start, a stride and a count.
  private record Group(int start, int stride, int count) {
    int at(int i) {
      return start + i * stride;
    }

    double mean(double[] x) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += x[at(i)];
      }
      return sum / count;
    }

    /// `1/√(Σ (x − centre)²/count + ε)`.
    double reciprocalDeviation(double[] x, double centre, double epsilon) {
      double squares = 0;
      for (int i = 0; i < count; i++) {
        squares += (x[at(i)] - centre) * (x[at(i)] - centre);
      }
      return 1 / Math.sqrt(squares / count + epsilon);
    }
  }

  /// The groups of an array of a given length.
  private interface Grouping {
    List<Group> of(int length);
  }

  private static Grouping rows(int columns) {
    return length ->
        IntStream.range(0, length / columns)
            .mapToObj(row -> new Group(row * columns, 1, columns))
            .toList();
  }

  private static Grouping columns(int columns) {
    return length ->
        IntStream.range(0, columns)
            .mapToObj(column -> new Group(column, columns, length / columns))
            .toList();
  }

  private static PlainLayer standardisation(
      String name,
      int rows,
      int columns,
      boolean centred,
      boolean rowwise,
      Grouping grouping,
      Terms terms) {
    List<PlainLayer.Input> inputs =
        List.of(input("x", rows, columns), input("gamma", columns), input("beta", columns));
    PlainOp.Forward forward =
        (x, y) -> {
          for (Group group : grouping.of(y.length)) {
            double mean = centred ? group.mean(x[0]) : 0;
            double r = group.reciprocalDeviation(x[0], mean, EPSILON);
            for (int i = 0; i < group.count; i++) {
              int at = group.at(i);
              y[at] = x[1][at % columns] * (x[0][at] - mean) * r + x[2][at % columns];
            }
          }
        };
    PlainOp.Backward backward =
        (x, y, u, g) -> {
          for (Group group : grouping.of(y.length)) {
            double mean = centred ? group.mean(x[0]) : 0;
            double r = group.reciprocalDeviation(x[0], mean, terms.epsilon);
            double sum = 0;
            double dot = 0;
            for (int i = 0; i < group.count; i++) {
              int at = group.at(i);
              double normal = (x[0][at] - mean) * r;
              sum += u[at] * x[1][at % columns];
              dot += u[at] * x[1][at % columns] * normal;
              g[1][at % columns] += u[at] * normal;
              g[2][at % columns] += u[at];
            }
            for (int i = 0; i < group.count; i++) {
              int at = group.at(i);
              double normal = (x[0][at] - mean) * r;
              double through = centred ? terms.mean * sum / group.count : 0;
              g[0][at] =
                  terms.scale
                      * r
                      * (u[at] * x[1][at % columns]
                          - through
                          - terms.projection * normal * dot / group.count);
            }
          }
        };
    return rowwise
        ? PlainLayer.rowwise(name, inputs, columns, forward, backward)
        : PlainLayer.of(name, inputs, Shape.of(rows, columns), forward, backward);
  }

  static PlainLayer layerNorm(Terms terms) {
    return standardisation("layer norm", 3, COLUMNS, true, true, rows(COLUMNS), terms);
  }

  static PlainLayer batchNorm(Terms terms) {
    return standardisation("batch norm", 5, 3, true, false, columns(3), terms);
  }

  static PlainLayer rmsNorm(Terms terms) {
    return standardisation("rms norm", 3, COLUMNS, false, true, rows(COLUMNS), terms);
  }

  /// Two groups of three columns each.
  static PlainLayer groupNorm(Terms terms) {
    return standardisation("group norm", 5, 6, true, true, rows(3), terms);
  }

  /// `x/√(Σx² + ε)` for each row.
  static PlainLayer unitRows(Terms terms) {
    return PlainLayer.rowwise(
        "unit rows",
        List.of(input("x", 3, COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (Group row : rows(COLUMNS).of(y.length)) {
            double r = 1 / rowNorm(x[0], row, EPSILON);
            for (int i = 0; i < COLUMNS; i++) {
              y[row.at(i)] = x[0][row.at(i)] * r;
            }
          }
        },
        (x, y, u, g) -> {
          for (Group row : rows(COLUMNS).of(y.length)) {
            double r = 1 / rowNorm(x[0], row, terms.epsilon);
            double dot = 0;
            for (int i = 0; i < COLUMNS; i++) {
              dot += u[row.at(i)] * x[0][row.at(i)] * r;
            }
            for (int i = 0; i < COLUMNS; i++) {
              int at = row.at(i);
              g[0][at] = terms.scale * r * (u[at] - terms.projection * x[0][at] * r * dot);
            }
          }
        });
  }

  private static double rowNorm(double[] x, Group row, double epsilon) {
    double squares = 0;
    for (int i = 0; i < row.count; i++) {
      squares += x[row.at(i)] * x[row.at(i)];
    }
    return Math.sqrt(squares + epsilon);
  }

  /// The Euclidean norm of each row, without an epsilon.
  static PlainLayer norms() {
    return PlainLayer.rowwise(
        "norms of rows",
        List.of(input("x", 3, COLUMNS)),
        1,
        (x, y) -> {
          for (int row = 0; row < y.length; row++) {
            y[row] = rowNorm(x[0], new Group(row * COLUMNS, 1, COLUMNS), 0);
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < x[0].length; i++) {
            g[0][i] = y[i / COLUMNS] == 0 ? 0 : u[i / COLUMNS] * x[0][i] / y[i / COLUMNS];
          }
        });
  }

  /// The variance of each row.
  static PlainLayer variances() {
    return PlainLayer.rowwise(
        "variances of rows",
        List.of(input("x", 3, COLUMNS)),
        1,
        (x, y) -> {
          for (Group row : rows(COLUMNS).of(x[0].length)) {
            double mean = row.mean(x[0]);
            for (int i = 0; i < COLUMNS; i++) {
              double difference = x[0][row.at(i)] - mean;
              y[row.start / COLUMNS] += difference * difference / (COLUMNS - 1);
            }
          }
        },
        (x, y, u, g) -> {
          for (Group row : rows(COLUMNS).of(x[0].length)) {
            double mean = row.mean(x[0]);
            for (int i = 0; i < COLUMNS; i++) {
              g[0][row.at(i)] =
                  u[row.start / COLUMNS] * 2 * (x[0][row.at(i)] - mean) / (COLUMNS - 1);
            }
          }
        });
  }

  /// Softmax of each row.
  ///
  /// @param projection the weight of the term common to a row, 1
  static PlainLayer softmaxRows(double projection) {
    return PlainLayer.rowwise(
        "softmax",
        List.of(input("x", 3, COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int row = 0; row < y.length; row += COLUMNS) {
            System.arraycopy(softmax(x[0], row, row + COLUMNS), 0, y, row, COLUMNS);
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            int row = i / COLUMNS * COLUMNS;
            double dot = 0;
            for (int j = row; j < row + COLUMNS; j++) {
              dot += u[j] * y[j];
            }
            g[0][i] = y[i] * (u[i] - projection * dot);
          }
        });
  }

  /// Log-softmax of each row.
  ///
  /// @param projection the weight of the term common to a row, 1
  static PlainLayer logSoftmax(double projection) {
    return PlainLayer.rowwise(
        "log-softmax",
        List.of(input("x", 3, COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int row = 0; row < y.length; row += COLUMNS) {
            int best = firstLargest(x[0], row, row + COLUMNS);
            double logSum = logSum(x[0], row, row + COLUMNS);
            for (int i = row; i < row + COLUMNS; i++) {
              y[i] = x[0][i] - x[0][best] - logSum;
            }
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            int row = i / COLUMNS * COLUMNS;
            double sum = 0;
            for (int j = row; j < row + COLUMNS; j++) {
              sum += u[j];
            }
            g[0][i] = u[i] - projection * Math.exp(y[i]) * sum;
          }
        });
  }

  /// `log Σ exp x` of each row.
  static PlainLayer logSumExp() {
    return PlainLayer.rowwise(
        "log-sum-exp",
        List.of(input("x", 3, COLUMNS)),
        1,
        (x, y) -> {
          for (int row = 0; row < y.length; row++) {
            int from = row * COLUMNS;
            y[row] =
                x[0][firstLargest(x[0], from, from + COLUMNS)] + logSum(x[0], from, from + COLUMNS);
          }
        },
        (x, y, u, g) -> {
          for (int row = 0; row < y.length; row++) {
            double[] p = softmax(x[0], row * COLUMNS, (row + 1) * COLUMNS);
            for (int i = 0; i < COLUMNS; i++) {
              g[0][row * COLUMNS + i] = u[row] * p[i];
            }
          }
        });
  }

  static List<PlainLayer> all() {
    return List.of(
        layerNorm(Terms.RIGHT),
        batchNorm(Terms.RIGHT),
        rmsNorm(Terms.RIGHT),
        groupNorm(Terms.RIGHT),
        unitRows(Terms.RIGHT),
        norms(),
        variances(),
        softmaxRows(1),
        logSoftmax(1),
        logSumExp());
  }
}
