package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.Matrices.add;
import static dev.lanewise.gradcheck.mutant.Matrices.columnSums;
import static dev.lanewise.gradcheck.mutant.Matrices.product;
import static dev.lanewise.gradcheck.mutant.Matrices.transposed;
import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import dev.lanewise.core.tensor.Shape;
import java.util.List;

/// Layers of matrix products, and whole small nets.
final class Structures {
  private Structures() {}

  /// `x·W + b`.
  static PlainLayer linear() {
    return linear(5, 2);
  }

  /// `x·W + b` for three rows.
  static PlainLayer linear(int in, int out) {
    return PlainLayer.rowwise(
        in == out ? "square linear" : "linear",
        List.of(input("x", 3, in), input("W", in, out), input("b", out)),
        out,
        (x, y) -> {
          add(1, product(x[0], x[1], in), y);
          for (int i = 0; i < y.length; i++) {
            y[i] += x[2][i % out];
          }
        },
        (x, y, u, g) -> {
          g[0] = product(u, transposed(x[1], out), out);
          g[1] = product(transposed(x[0], in), u, x[0].length / in);
          g[2] = columnSums(u, out);
        });
  }

  /// `a ∘ b`.
  static PlainLayer hadamard() {
    return PlainLayer.allRowwise(
        "elementwise product",
        List.of(input("a", 3, 5), input("b", 3, 5)),
        5,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i] * x[1][i];
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            g[0][i] = u[i] * x[1][i];
            g[1][i] = u[i] * x[0][i];
          }
        });
  }

  /// `a / (1 + b²)`.
  static PlainLayer quotient() {
    return PlainLayer.allRowwise(
        "quotient",
        List.of(input("a", 3, 5), input("b", 3, 5)),
        5,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i] / (1 + x[1][i] * x[1][i]);
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            double divisor = 1 + x[1][i] * x[1][i];
            g[0][i] = u[i] / divisor;
            g[1][i] = -u[i] * y[i] * 2 * x[1][i] / divisor;
          }
        });
  }

  /// `yₙ = Σᵢⱼ aₙᵢ Wᵢⱼ bₙⱼ`.
  static PlainLayer bilinear() {
    int n = 2;
    int p = 3;
    int q = 5;
    return PlainLayer.of(
        "bilinear",
        List.of(input("a", n, p), input("W", p, q), input("b", n, q)),
        Shape.of(n),
        (x, y) -> {
          double[] aw = product(x[0], x[1], p);
          for (int i = 0; i < n * q; i++) {
            y[i / q] += aw[i] * x[2][i];
          }
        },
        (x, y, u, g) -> {
          double[] aw = product(x[0], x[1], p);
          double[] wb = product(x[2], transposed(x[1], q), q);
          for (int i = 0; i < n * q; i++) {
            g[2][i] = u[i / q] * aw[i];
          }
          for (int i = 0; i < n * p; i++) {
            g[0][i] = u[i / p] * wb[i];
          }
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < p * q; j++) {
              g[1][j] += u[i] * x[0][i * p + j / q] * x[2][i * q + j % q];
            }
          }
        });
  }

  /// `A·B·C`.
  static PlainLayer matrixChain() {
    int m = 3;
    int k = 2;
    int l = 5;
    int n = 4;
    return PlainLayer.of(
        "matrix chain",
        List.of(input("A", m, k), input("B", k, l), input("C", l, n)),
        Shape.of(m, n),
        (x, y) -> add(1, product(product(x[0], x[1], k), x[2], l), y),
        (x, y, u, g) -> {
          double[] uc = product(u, transposed(x[2], n), n);
          g[0] = product(uc, transposed(x[1], l), l);
          g[1] = product(transposed(x[0], k), uc, m);
          g[2] = product(transposed(product(x[0], x[1], k), l), u, m);
        });
  }

  /// Of each row, the products of all pairs of elements of two vectors.
  static PlainLayer outerProduct() {
    int p = 2;
    int q = 5;
    return PlainLayer.allRowwise(
        "outer product",
        List.of(input("a", 3, p), input("b", 3, q)),
        p * q,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i / q] * x[1][i / (p * q) * q + i % q];
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            g[0][i / q] += u[i] * x[1][i / (p * q) * q + i % q];
            g[1][i / (p * q) * q + i % q] += u[i] * x[0][i / q];
          }
        });
  }

  /// `x + relu(x·W)`: x is used twice.
  static PlainLayer residual() {
    return residual(1, 1);
  }

  /// The same, whose derivative has paths that may be missing or doubled.
  ///
  /// @param skip the weight of the path past the block, 1
  /// @param block the weight of the path through the block, 1
  static PlainLayer residual(double skip, double block) {
    int d = 4;
    return PlainLayer.rowwise(
        "residual",
        List.of(input("x", 3, d), input("W", d, d)),
        d,
        (x, y) -> {
          double[] z = product(x[0], x[1], d);
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i] + Math.max(z[i], 0);
          }
        },
        (x, y, u, g) -> {
          double[] z = product(x[0], x[1], d);
          double[] dz = new double[z.length];
          for (int i = 0; i < z.length; i++) {
            dz[i] = z[i] > 0 ? u[i] : 0;
          }
          add(skip, u, g[0]);
          add(block, product(dz, transposed(x[1], d), d), g[0]);
          g[1] = product(transposed(x[0], d), dz, z.length / d);
        });
  }

  /// The mean squared error of a net with one hidden layer, against zeros.
  ///
  /// @param hidden the activation of the hidden layer
  static PlainLayer net(Activations.Activation hidden) {
    return net(hidden, Paths.RIGHT);
  }

  /// What may be wrong in the derivative of [#net].
  ///
  /// @param slope how often the activation's slope is applied, 1
  /// @param outer the weights by which the hidden gradient is computed: W2, if not transposed twice
  /// @param mean what the mean divides by, relative to the right number
  record Paths(int slope, boolean outer, double mean) {
    static final Paths RIGHT = new Paths(1, true, 1);
  }

  /// The same with a derivative that may be wrong.
  static PlainLayer net(Activations.Activation hidden, Paths paths) {
    int n = 3;
    int in = 2;
    int wide = 5;
    int out = wide;
    return PlainLayer.of(
        hidden.name() + " net with squared error",
        List.of(
            input("x", n, in), input("W1", in, wide), input("b1", wide), input("W2", wide, out)),
        Shape.SCALAR,
        (x, y) -> {
          double[] h = hiddenOutputs(hidden, x, in, wide);
          double[] z = product(h, x[3], wide);
          y[0] = Functions.dot(z, z) / z.length;
        },
        (x, y, u, g) -> {
          double[] s = hiddenSums(x, in, wide);
          double[] h = hiddenOutputs(hidden, x, in, wide);
          double[] z = product(h, x[3], wide);
          double[] dz = new double[z.length];
          add(2 * u[0] / z.length / paths.mean, z, dz);
          double[] w2 = paths.outer ? transposed(x[3], out) : x[3];
          double[] ds = product(dz, w2, out);
          for (int i = 0; i < ds.length; i++) {
            ds[i] *= Math.pow(hidden.slope().applyAsDouble(s[i], h[i]), paths.slope);
          }
          g[0] = product(ds, transposed(x[1], wide), wide);
          g[1] = product(transposed(x[0], in), ds, n);
          g[2] = columnSums(ds, wide);
          g[3] = product(transposed(h, wide), dz, n);
        });
  }

  private static double[] hiddenSums(double[][] x, int in, int wide) {
    double[] s = product(x[0], x[1], in);
    for (int i = 0; i < s.length; i++) {
      s[i] += x[2][i % wide];
    }
    return s;
  }

  private static double[] hiddenOutputs(
      Activations.Activation hidden, double[][] x, int in, int wide) {
    double[] h = hiddenSums(x, in, wide);
    for (int i = 0; i < h.length; i++) {
      h[i] = hidden.f().applyAsDouble(h[i]);
    }
    return h;
  }

  /// Scaled dot products, softmax over the keys, and the weighted sum of the values.
  static PlainLayer attention() {
    return attention(1, 1);
  }

  /// The same, whose derivative may be wrong.
  ///
  /// @param projection the weight of the term of softmax's derivative that is common to a row, 1
  /// @param scale the factor of the score's derivative relative to the right one, `1/√d`
  static PlainLayer attention(double projection, double scale) {
    int queries = 3;
    int keys = 5;
    int d = 2;
    int out = 7;
    return PlainLayer.rowwise(
        "attention head",
        List.of(input("q", queries, d), input("k", keys, d), input("v", keys, out)),
        out,
        (x, y) -> add(1, product(weights(x, d, keys), x[2], keys), y),
        (x, y, u, g) -> {
          double[] p = weights(x, d, keys);
          double[] dp = product(u, transposed(x[2], out), out);
          double[] ds = new double[p.length];
          for (int i = 0; i < p.length; i++) {
            double dot = 0;
            for (int j = i / keys * keys; j < i / keys * keys + keys; j++) {
              dot += p[j] * dp[j];
            }
            ds[i] = scale * p[i] * (dp[i] - projection * dot) / Math.sqrt(d);
          }
          g[0] = product(ds, x[1], keys);
          g[1] = product(transposed(ds, keys), x[0], x[0].length / d);
          g[2] = product(transposed(p, keys), u, x[0].length / d);
        });
  }

  static double[] weights(double[][] x, int d, int keys) {
    double[] scores = product(x[0], transposed(x[1], d), d);
    double[] p = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= Math.sqrt(d);
    }
    for (int row = 0; row < p.length; row += keys) {
      System.arraycopy(Functions.softmax(scores, row, row + keys), 0, p, row, keys);
    }
    return p;
  }

  /// Each pair of neighbouring columns, turned by the row's angle.
  static PlainLayer rotary() {
    return rotary(1);
  }

  /// The same, whose derivative may turn the wrong way.
  ///
  /// @param direction 1
  static PlainLayer rotary(double direction) {
    int rows = 3;
    int d = 4;
    return PlainLayer.of(
        "rotary embedding",
        List.of(input("x", rows, d)),
        Shape.of(rows, d),
        (x, y) -> turn(x[0], 1, d, y),
        (x, y, u, g) -> turn(u, -direction, d, g[0]));
  }

  private static void turn(double[] x, double direction, int d, double[] y) {
    for (int i = 0; i < x.length; i += 2) {
      double angle = direction * (1 + i / d) / (1 + i % d);
      y[i] = Math.cos(angle) * x[i] - Math.sin(angle) * x[i + 1];
      y[i + 1] = Math.sin(angle) * x[i] + Math.cos(angle) * x[i + 1];
    }
  }

  static List<PlainLayer> all() {
    return List.of(
        linear(),
        linear(4, 4),
        hadamard(),
        quotient(),
        bilinear(),
        matrixChain(),
        outerProduct(),
        residual(),
        net(Activations.TANH),
        net(Activations.RELU),
        attention(),
        rotary());
  }
}
