package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.Functions.normalCdf;
import static dev.lanewise.gradcheck.mutant.Functions.normalDensity;
import static dev.lanewise.gradcheck.mutant.Functions.sigmoid;
import static dev.lanewise.gradcheck.mutant.Functions.silu;
import static dev.lanewise.gradcheck.mutant.Functions.siluSlope;
import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Functions of each element.
final class Activations {
  /// How many columns the input has.
  static final int COLUMNS = 5;

  static final double LEAK = 0.1;
  static final double CAP = 3;
  static final double GELU_CUBIC = 0.044715;
  static final double GELU_SCALE = Math.sqrt(2 / Math.PI);

  /// A function of one number.
  ///
  /// @param name what it is called
  /// @param f the function
  /// @param slope its derivative from x and y
  record Activation(String name, DoubleUnaryOperator f, DoubleBinaryOperator slope) {
    PlainLayer layer() {
      return PlainLayer.rowwise(
          name,
          List.of(input("x", 3, COLUMNS)),
          COLUMNS,
          (x, y) -> {
            for (int i = 0; i < y.length; i++) {
              y[i] = f.applyAsDouble(x[0][i]);
            }
          },
          (x, y, u, g) -> {
            for (int i = 0; i < y.length; i++) {
              g[0][i] = u[i] * slope.applyAsDouble(x[0][i], y[i]);
            }
          });
    }

    /// The same function with another derivative.
    PlainLayer with(DoubleBinaryOperator wrong) {
      return new Activation(name, f, wrong).layer();
    }
  }

  static final Activation IDENTITY = new Activation("identity", x -> x, (x, y) -> 1);
  static final Activation RELU =
      new Activation("relu", x -> Math.max(x, 0), (x, y) -> x > 0 ? 1 : 0);
  static final Activation LEAKY_RELU =
      new Activation("leaky relu", x -> x > 0 ? x : LEAK * x, (x, y) -> x > 0 ? 1 : LEAK);
  static final Activation ELU =
      new Activation("elu", x -> x > 0 ? x : Math.expm1(x), (x, y) -> x > 0 ? 1 : Math.exp(x));
  static final Activation GELU =
      new Activation("gelu", x -> x * normalCdf(x), (x, y) -> normalCdf(x) + x * normalDensity(x));
  static final Activation GELU_TANH =
      new Activation(
          "gelu by tanh",
          x -> x * sigmoid(2 * geluInner(x)),
          (x, y) -> {
            double s = sigmoid(2 * geluInner(x));
            return s + x * s * sigmoid(-2 * geluInner(x)) * 2 * geluInnerSlope(x);
          });
  static final Activation SILU = new Activation("silu", Functions::silu, (x, y) -> siluSlope(x));
  static final Activation SOFTPLUS =
      new Activation("softplus", Functions::softplus, (x, y) -> sigmoid(x));
  static final Activation TANH = new Activation("tanh", Math::tanh, (x, y) -> (1 - y) * (1 + y));
  static final Activation SIGMOID =
      new Activation("sigmoid", Functions::sigmoid, (x, y) -> y * sigmoid(-x));
  static final Activation HARD_TANH =
      new Activation("hard tanh", x -> Math.clamp(x, -1.0, 1.0), (x, y) -> x > -1 && x < 1 ? 1 : 0);
  static final Activation SOFT_CAP =
      new Activation(
          "soft cap", x -> CAP * Math.tanh(x / CAP), (x, y) -> (1 - y / CAP) * (1 + y / CAP));
  static final Activation SOFTSIGN =
      new Activation(
          "softsign",
          x -> x / (1 + Math.abs(x)),
          (x, y) -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))));
  static final Activation ABSOLUTE =
      new Activation("absolute value", Math::abs, (x, y) -> Math.signum(x));
  static final Activation SQUARE = new Activation("square", x -> x * x, (x, y) -> 2 * x);

  private Activations() {}

  static double geluInner(double x) {
    return GELU_SCALE * (x + GELU_CUBIC * x * x * x);
  }

  static double geluInnerSlope(double x) {
    return GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
  }

  /// `y = x` where positive, else `slope·x`, with a slope for each column.
  static PlainLayer prelu() {
    return PlainLayer.rowwise(
        "prelu",
        List.of(input("x", 3, COLUMNS), input("slope", COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][i] > 0 ? x[0][i] : x[1][i % COLUMNS] * x[0][i];
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            g[0][i] = u[i] * (x[0][i] > 0 ? 1 : x[1][i % COLUMNS]);
            g[1][i % COLUMNS] += x[0][i] > 0 ? 0 : u[i] * x[0][i];
          }
        });
  }

  /// A gated linear unit: the left half of each row, times a gate of the right half.
  static PlainLayer gated(String name, DoubleUnaryOperator gate, DoubleUnaryOperator gateSlope) {
    return PlainLayer.rowwise(
        name,
        List.of(input("x", 3, 2 * COLUMNS)),
        COLUMNS,
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][left(i)] * gate.applyAsDouble(x[0][right(i)]);
          }
        },
        (x, y, u, g) -> {
          for (int i = 0; i < y.length; i++) {
            g[0][left(i)] = u[i] * gate.applyAsDouble(x[0][right(i)]);
            g[0][right(i)] = u[i] * x[0][left(i)] * gateSlope.applyAsDouble(x[0][right(i)]);
          }
        });
  }

  static PlainLayer glu() {
    return gated("glu", Functions::sigmoid, b -> sigmoid(b) * sigmoid(-b));
  }

  /// `silu(x·W) ∘ x·V`.
  static PlainLayer swiglu() {
    int in = 2;
    int out = 5;
    return PlainLayer.rowwise(
        "swiglu",
        List.of(input("x", 3, in), input("W", in, out), input("V", in, out)),
        out,
        (x, y) -> {
          double[] a = Matrices.product(x[0], x[1], in);
          double[] b = Matrices.product(x[0], x[2], in);
          for (int i = 0; i < y.length; i++) {
            y[i] = silu(a[i]) * b[i];
          }
        },
        (x, y, u, g) -> {
          double[] a = Matrices.product(x[0], x[1], in);
          double[] b = Matrices.product(x[0], x[2], in);
          double[] da = new double[u.length];
          double[] db = new double[u.length];
          for (int i = 0; i < u.length; i++) {
            da[i] = u[i] * b[i] * siluSlope(a[i]);
            db[i] = u[i] * silu(a[i]);
          }
          int rows = x[0].length / in;
          g[0] = Matrices.product(da, Matrices.transposed(x[1], out), out);
          Matrices.add(1, Matrices.product(db, Matrices.transposed(x[2], out), out), g[0]);
          g[1] = Matrices.product(Matrices.transposed(x[0], in), da, rows);
          g[2] = Matrices.product(Matrices.transposed(x[0], in), db, rows);
        });
  }

  private static int left(int i) {
    return i / COLUMNS * 2 * COLUMNS + i % COLUMNS;
  }

  private static int right(int i) {
    return left(i) + COLUMNS;
  }

  static List<PlainLayer> all() {
    return List.of(
        IDENTITY.layer(),
        RELU.layer(),
        LEAKY_RELU.layer(),
        ELU.layer(),
        GELU.layer(),
        GELU_TANH.layer(),
        SILU.layer(),
        SOFTPLUS.layer(),
        TANH.layer(),
        SIGMOID.layer(),
        HARD_TANH.layer(),
        SOFT_CAP.layer(),
        SOFTSIGN.layer(),
        ABSOLUTE.layer(),
        SQUARE.layer(),
        prelu(),
        glu(),
        swiglu());
  }
}
