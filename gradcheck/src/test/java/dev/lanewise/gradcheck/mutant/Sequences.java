package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.Functions.firstLargest;
import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import dev.lanewise.core.tensor.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Convolutions, pools, selections and running sums.
final class Sequences {
  static final int COLUMNS = 5;
  static final int[] IDS = {2, 5, 2, 0, 6};
  static final int[] PICKS = {4, 0, 3, 3, 2, 4};

  /// Which elements count: three of the first row, all of the second, one of the third.
  static final boolean[] MASK = {
    true, false, true, true, false, true, true, true, true, true, false, false, true, false, false
  };

  private Sequences() {}

  /// A convolution of `[channels, length]`, stride 2, one zero of padding on each side.
  record Convolution(int channels, int length, int outputs, int kernel, int stride, int pad) {
    static final Convolution RIGHT = new Convolution(3, 7, 2, 4, 2, 1);

    int steps() {
      return (length + 2 * pad - kernel) / stride + 1;
    }

    /// What is done with each product `y[o, t] += w[o, c, k]·x[c, s]`.
    interface Visitor {
      void visit(int y, int w, int x);
    }

    void each(Visitor visitor) {
      for (int o = 0; o < outputs; o++) {
        for (int t = 0; t < steps(); t++) {
          for (int c = 0; c < channels; c++) {
            for (int k = 0; k < kernel; k++) {
              int s = t * stride + k - pad;
              if (s >= 0 && s < length) {
                visitor.visit(o * steps() + t, (o * channels + c) * kernel + k, c * length + s);
              }
            }
          }
        }
      }
    }

    PlainLayer layer() {
      return PlainLayer.of(
          "convolution",
          List.of(
              input("x", channels, length),
              input("w", outputs, channels, kernel),
              input("b", outputs)),
          Shape.of(outputs, steps()),
          (x, y) -> {
            each((at, w, s) -> y[at] += x[1][w] * x[0][s]);
            for (int i = 0; i < y.length; i++) {
              y[i] += x[2][i / steps()];
            }
          },
          (x, y, u, g) -> {
            each((at, w, s) -> g[0][s] += u[at] * x[1][w]);
            each((at, w, s) -> g[1][w] += u[at] * x[0][s]);
            for (int i = 0; i < u.length; i++) {
              g[2][i / steps()] += u[i];
            }
          });
    }
  }

  /// A transposed convolution of `[channels, length]`.
  record Transposed(int channels, int length, int outputs, int kernel, int stride) {
    static final Transposed RIGHT = new Transposed(3, 4, 2, 5, 2);

    int steps() {
      return (length - 1) * stride + kernel;
    }

    void each(Convolution.Visitor visitor) {
      for (int c = 0; c < channels; c++) {
        for (int s = 0; s < length; s++) {
          for (int o = 0; o < outputs; o++) {
            for (int k = 0; k < kernel; k++) {
              visitor.visit(
                  o * steps() + s * stride + k, (c * outputs + o) * kernel + k, c * length + s);
            }
          }
        }
      }
    }

    PlainLayer layer() {
      return PlainLayer.of(
          "transposed convolution",
          List.of(input("x", channels, length), input("w", channels, outputs, kernel)),
          Shape.of(outputs, steps()),
          (x, y) -> each((at, w, s) -> y[at] += x[1][w] * x[0][s]),
          (x, y, u, g) -> {
            each((at, w, s) -> g[0][s] += u[at] * x[1][w]);
            each((at, w, s) -> g[1][w] += u[at] * x[0][s]);
          });
    }
  }

  /// A pool of each row, with windows that overlap.
  record Pool(int columns, int window, int stride) {
    static final Pool RIGHT = new Pool(7, 3, 2);

    int steps() {
      return (columns - window) / stride + 1;
    }

    /// Where the window of an output starts.
    int start(int output) {
      return output / steps() * columns + output % steps() * stride;
    }

    PlainLayer max() {
      return PlainLayer.rowwise(
          "max-pool",
          List.of(input("x", 3, columns)),
          steps(),
          (x, y) -> {
            for (int i = 0; i < y.length; i++) {
              y[i] = x[0][firstLargest(x[0], start(i), start(i) + window)];
            }
          },
          (x, y, u, g) -> {
            for (int i = 0; i < y.length; i++) {
              g[0][firstLargest(x[0], start(i), start(i) + window)] += u[i];
            }
          });
    }

    PlainLayer mean() {
      return PlainLayer.rowwise(
          "mean-pool",
          List.of(input("x", 3, columns)),
          steps(),
          (x, y) -> {
            for (int i = 0; i < y.length * window; i++) {
              y[i / window] += x[0][start(i / window) + i % window] / window;
            }
          },
          (x, y, u, g) -> {
            for (int i = 0; i < y.length * window; i++) {
              g[0][start(i / window) + i % window] += u[i / window] / window;
            }
          });
    }
  }

  /// The rows of a table at [#IDS], one of which comes twice.
  static PlainLayer embedding() {
    int d = 3;
    return PlainLayer.of(
        "embedding",
        List.of(input("table", 7, d)),
        Shape.of(IDS.length, d),
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][IDS[i / d] * d + i % d];
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            g[0][IDS[i / d] * d + i % d] += u[i];
          }
        });
  }

  /// Of each row the elements at two places, [#PICKS], which once are the same.
  static PlainLayer gather() {
    return PlainLayer.of(
        "gather",
        List.of(input("x", 3, COLUMNS)),
        Shape.of(3, 2),
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i / 2 * COLUMNS + PICKS[i]];
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            g[0][i / 2 * COLUMNS + PICKS[i]] += u[i];
          }
        });
  }

  /// Each row in ascending order.
  static PlainLayer sort() {
    return PlainLayer.rowwise(
        "sort",
        List.of(input("x", 3, COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int row = 0; row < y.length; row += COLUMNS) {
            int[] order = order(x[0], row);
            for (int i = 0; i < COLUMNS; i++) {
              y[row + i] = x[0][order[i]];
            }
          }
        },
        (x, y, u, g) -> {
          for (int row = 0; row < y.length; row += COLUMNS) {
            int[] order = order(x[0], row);
            for (int i = 0; i < COLUMNS; i++) {
              g[0][order[i]] = u[row + i];
            }
          }
        });
  }

  /// The positions of a row's elements in ascending order.
  static int[] order(double[] x, int row) {
    return IntStream.range(row, row + COLUMNS)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> x[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// The largest element of each row.
  static PlainLayer max() {
    return PlainLayer.rowwise(
        "max",
        List.of(input("x", 3, COLUMNS)),
        1,
        (x, y) -> {
          for (int row = 0; row < y.length; row++) {
            y[row] = x[0][firstLargest(x[0], row * COLUMNS, (row + 1) * COLUMNS)];
          }
        },
        (x, y, u, g) -> {
          for (int row = 0; row < y.length; row++) {
            g[0][firstLargest(x[0], row * COLUMNS, (row + 1) * COLUMNS)] = u[row];
          }
        });
  }

  static PlainLayer cumulativeSum() {
    return PlainLayer.rowwise(
        "cumulative sum",
        List.of(input("x", 3, COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i] + (i % COLUMNS == 0 ? 0 : y[i - 1]);
          }
        },
        (x, y, u, g) -> {
          for (int i = y.length - 1; i >= 0; i--) {
            g[0][i] = u[i] + (i % COLUMNS == COLUMNS - 1 ? 0 : g[0][i + 1]);
          }
        });
  }

  /// Running products; the derivative does not divide, so zeros do no harm.
  static PlainLayer cumulativeProduct() {
    return PlainLayer.rowwise(
        "cumulative product",
        List.of(input("x", 3, COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i] * (i % COLUMNS == 0 ? 1 : y[i - 1]);
          }
        },
        (x, y, u, g) -> {
          for (int i = y.length - 1; i >= 0; i--) {
            double product = i % COLUMNS == 0 ? 1 : y[i - 1];
            for (int j = i; j < i / COLUMNS * COLUMNS + COLUMNS; j++) {
              product *= j == i ? 1 : x[0][j];
              g[0][i] += u[j] * product;
            }
          }
        });
  }

  /// The mean of the elements of each row that [#MASK] selects.
  static PlainLayer maskedMean() {
    return PlainLayer.of(
        "masked mean",
        List.of(input("x", 3, COLUMNS)),
        Shape.of(3),
        (x, y) -> {
          for (int i = 0; i < x[0].length; i++) {
            y[i / COLUMNS] += MASK[i] ? x[0][i] / selected(i / COLUMNS) : 0;
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < x[0].length; i++) {
            g[0][i] = MASK[i] ? u[i / COLUMNS] / selected(i / COLUMNS) : 0;
          }
        });
  }

  static int selected(int row) {
    int count = 0;
    for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
      count += MASK[i] ? 1 : 0;
    }
    return count;
  }

  static List<PlainLayer> all() {
    return List.of(
        Convolution.RIGHT.layer(),
        Transposed.RIGHT.layer(),
        Pool.RIGHT.max(),
        Pool.RIGHT.mean(),
        embedding(),
        gather(),
        sort(),
        max(),
        cumulativeSum(),
        cumulativeProduct(),
        maskedMean());
  }
}
