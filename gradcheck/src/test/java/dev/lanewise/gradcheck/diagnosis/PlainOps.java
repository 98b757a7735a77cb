package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Right ops to spoil, by plain loops.
final class PlainOps {
  private PlainOps() {}

  /// `yᵢ = f(xᵢ)`, the derivative from x and y.
  static PlainOp elementwise(Shape shape, DoubleUnaryOperator f, DoubleBinaryOperator df) {
    return new PlainOp(
        "elementwise",
        shape,
        x -> each(x[0].length, i -> f.applyAsDouble(x[0][i])),
        (x, y, u) -> new double[][] {each(u.length, i -> u[i] * df.applyAsDouble(x[0][i], y[i]))});
  }

  static PlainOp tanh(Shape shape) {
    return elementwise(shape, Math::tanh, (x, y) -> 1 - y * y);
  }

  static PlainOp logistic(Shape shape) {
    return elementwise(shape, x -> 1 / (1 + Math.exp(-x)), (x, y) -> y * (1 - y));
  }

  static PlainOp leakyRelu(Shape shape) {
    return elementwise(shape, x -> x > 0 ? x : 0.1 * x, (x, y) -> x > 0 ? 1 : 0.1);
  }

  /// `Y = X·W + b`, X `[m,k]`, W `[k,n]`, b `[n]`.
  static PlainOp linear(int m, int k, int n) {
    return new PlainOp(
        "linear",
        Shape.of(m, n),
        x -> each(m * n, p -> dot(x[0], p / n * k, 1, x[1], p % n, n, k) + x[2][p % n]),
        (x, y, u) ->
            new double[][] {
              each(m * k, p -> dot(u, p / k * n, 1, x[1], p % k * n, 1, n)),
              each(k * n, p -> dot(x[0], p / n, k, u, p % n, n, m)),
              each(n, j -> sum(u, j, n, m))
            });
  }

  /// Softmax of each row of `[m,n]`.
  static PlainOp softmax(int m, int n) {
    return new PlainOp(
        "softmax",
        Shape.of(m, n),
        x -> {
          double[] e = each(m * n, p -> Math.exp(x[0][p]));
          return each(m * n, p -> e[p] / sum(e, p / n * n, 1, n));
        },
        (x, y, u) ->
            new double[][] {
              each(m * n, p -> y[p] * (u[p] - dot(u, p / n * n, 1, y, p / n * n, 1, n)))
            });
  }

  /// Layer norm of each row of `[m,n]`, times gain `[n]`.
  static PlainOp layerNorm(int m, int n, Normaliser backward) {
    return new PlainOp(
        "layerNorm",
        Shape.of(m, n),
        x -> {
          double[] z = standardised(x[0], m, n);
          return each(m * n, p -> z[p] * x[1][p % n]);
        },
        (x, y, u) -> {
          double[] z = standardised(x[0], m, n);
          double[] d = deviations(x[0], m, n);
          double[] dz = each(m * n, p -> u[p] * x[1][p % n]);
          return new double[][] {
            each(
                m * n,
                p -> {
                  int row = p / n * n;
                  double mean = sum(dz, row, 1, n) / n;
                  double projection = dot(dz, row, 1, z, row, 1, n) / n;
                  return backward.of(dz[p], mean, projection, z[p], d[p / n]);
                }),
            each(
                n,
                j -> {
                  double total = 0;
                  for (int r = 0; r < m; r++) {
                    total += u[r * n + j] * z[r * n + j];
                  }
                  return total;
                })
          };
        });
  }

  /// One element of the gradient of layer norm.
  interface Normaliser {
    double of(double dz, double mean, double projection, double z, double deviation);
  }

  static double[] deviations(double[] x, int m, int n) {
    return each(
        m,
        r -> {
          double mean = sum(x, r * n, 1, n) / n;
          double squares = 0;
          for (int j = 0; j < n; j++) {
            squares += (x[r * n + j] - mean) * (x[r * n + j] - mean);
          }
          return Math.sqrt(squares / n + 1e-5);
        });
  }

  private static double[] standardised(double[] x, int m, int n) {
    double[] d = deviations(x, m, n);
    return each(m * n, p -> (x[p] - sum(x, p / n * n, 1, n) / n) / d[p / n]);
  }

  /// `L = Σᵢ f(xᵢ, tᵢ)/divisor` with a fixed target.
  static PlainOp loss(
      double[] target, double divisor, DoubleBinaryOperator f, DoubleBinaryOperator df) {
    return new PlainOp(
        "loss",
        Shape.SCALAR,
        x -> {
          double total = 0;
          for (int i = 0; i < target.length; i++) {
            total += f.applyAsDouble(x[0][i], target[i]) / divisor;
          }
          return new double[] {total};
        },
        (x, y, u) ->
            new double[][] {
              each(target.length, i -> u[0] * df.applyAsDouble(x[0][i], target[i]) / divisor)
            });
  }

  /// `Y = X ∘ Z`.
  static PlainOp multiply(Shape shape) {
    return new PlainOp(
        "multiply",
        shape,
        x -> each(x[0].length, i -> x[0][i] * x[1][i]),
        (x, y, u) ->
            new double[][] {
              each(u.length, i -> u[i] * x[1][i]), each(u.length, i -> u[i] * x[0][i])
            });
  }

  /// `y = x + tanh x`.
  static PlainOp residual(Shape shape, double skip) {
    return elementwise(
        shape, x -> x + Math.tanh(x), (x, y) -> skip + 1 - Math.tanh(x) * Math.tanh(x));
  }

  /// Valid correlation of `[n]` with a kernel `[k]`.
  static PlainOp conv(int n, int k) {
    int outputs = n - k + 1;
    return new PlainOp(
        "conv",
        Shape.of(outputs),
        x -> each(outputs, j -> dot(x[0], j, 1, x[1], 0, 1, k)),
        (x, y, u) ->
            new double[][] {
              each(
                  n,
                  i -> {
                    double total = 0;
                    for (int s = 0; s < k; s++) {
                      if (i - s >= 0 && i - s < outputs) {
                        total += u[i - s] * x[1][s];
                      }
                    }
                    return total;
                  }),
              each(k, s -> dot(u, 0, 1, x[0], s, 1, outputs))
            });
  }

  /// An element of an array.
  interface Element {
    double at(int i);
  }

  static double[] each(int size, Element element) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = element.at(i);
    }
    return values;
  }

  static double dot(double[] a, int from, int step, double[] b, int start, int stride, int count) {
    double total = 0;
    for (int k = 0; k < count; k++) {
      total += a[from + k * step] * b[start + k * stride];
    }
    return total;
  }

  static double sum(double[] a, int from, int step, int count) {
    double total = 0;
    for (int k = 0; k < count; k++) {
      total += a[from + k * step];
    }
    return total;
  }
}
