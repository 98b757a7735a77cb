package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.Functions.sigmoid;
import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import dev.lanewise.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// Recurrent nets and their cells.
final class Recurrences {
  static final int STEPS = 4;
  static final int IN = 2;
  static final int WIDE = 3;

  private Recurrences() {}

  /// What may be wrong in the derivative through time.
  ///
  /// @param steps how many steps back a gradient goes, [#STEPS]
  /// @param recurrent the weight of the gradient from the next step, 1
  /// @param transposed whether that gradient goes through the transpose of U, as it should
  /// @param lag of which step the state is multiplied in the gradient by U: 1, the one before
  record Paths(int steps, double recurrent, boolean transposed, int lag) {
    static final Paths RIGHT = new Paths(STEPS, 1, true, 1);
  }

  /// `hₜ = tanh(xₜ·W + hₜ₋₁·U + b)` from h₀ = 0.
  static PlainLayer elman() {
    return elman(Paths.RIGHT);
  }

  /// The same with a derivative that may be wrong.
  static PlainLayer elman(Paths paths) {
    return PlainLayer.of(
        "recurrent net",
        List.of(
            input("x", STEPS, IN), input("W", IN, WIDE), input("U", WIDE, WIDE), input("b", WIDE)),
        Shape.of(STEPS, WIDE),
        (x, y) -> {
          for (int i = 0; i < y.length; i++) {
            int t = i / WIDE;
            int j = i % WIDE;
            double z = x[3][j];
            for (int k = 0; k < IN; k++) {
              z += x[0][t * IN + k] * x[1][k * WIDE + j];
            }
            for (int k = 0; k < WIDE && t > 0; k++) {
              z += y[(t - 1) * WIDE + k] * x[2][k * WIDE + j];
            }
            y[i] = Math.tanh(z);
          }
        },
        (x, y, u, g) -> {
          // Each step's upstream goes back by itself, so that truncation is one condition.
          for (int from = STEPS - 1; from >= 0; from--) {
            double[] dh = Arrays.copyOfRange(u, from * WIDE, (from + 1) * WIDE);
            for (int t = from; t >= 0 && from - t < paths.steps; t--) {
              dh = step(paths, t, dh, x, y, g);
            }
          }
        });
  }

  private static double[] step(
      Paths paths, int t, double[] dh, double[][] x, double[] y, double[][] g) {
    double[] before = new double[WIDE];
    for (int j = 0; j < WIDE; j++) {
      double h = y[t * WIDE + j];
      double dz = dh[j] * (1 - h) * (1 + h);
      g[3][j] += dz;
      for (int k = 0; k < IN; k++) {
        g[0][t * IN + k] += dz * x[1][k * WIDE + j];
        g[1][k * WIDE + j] += dz * x[0][t * IN + k];
      }
      for (int k = 0; k < WIDE && t > 0; k++) {
        g[2][k * WIDE + j] += dz * y[(t - paths.lag) * WIDE + k];
        before[k] += paths.recurrent * dz * x[2][paths.transposed ? k * WIDE + j : j * WIDE + k];
      }
    }
    return before;
  }

  /// The factors of the LSTM step's derivative, each 1 if right.
  ///
  /// @param input of the input gate
  /// @param forget of the forget gate
  /// @param output of the output gate
  /// @param cell of the candidate
  /// @param state of the state before
  /// @param squash whether the tanh of the new state has its slope
  record Gates(
      double input, double forget, double output, double cell, double state, boolean squash) {
    static final Gates RIGHT = new Gates(1, 1, 1, 1, 1, true);
  }

  /// One step of an LSTM from what the gates are given, `[i f o c̃]`, and the state before: the
  /// output, and the new state beside it.
  static PlainLayer lstm(Gates gates) {
    int d = 2;
    return PlainLayer.allRowwise(
        "lstm step",
        List.of(input("gates", 3, 4 * d), input("state", 3, d)),
        2 * d,
        (x, y) -> {
          for (int n = 0; n < x[1].length; n++) {
            Lstm cell = new Lstm(x, n, d);
            y[n / d * 2 * d + n % d] = cell.o * Math.tanh(cell.next());
            y[n / d * 2 * d + d + n % d] = cell.next();
          }
        },
        (x, y, u, g) -> {
          for (int n = 0; n < x[1].length; n++) {
            Lstm cell = new Lstm(x, n, d);
            double dh = u[n / d * 2 * d + n % d];
            double squashed = Math.tanh(cell.next());
            double slope = gates.squash ? (1 - squashed) * (1 + squashed) : 1;
            double dc = u[n / d * 2 * d + d + n % d] + dh * cell.o * slope;
            int at = n / d * 4 * d + n % d;
            g[0][at] = gates.input * dc * cell.c * cell.i * cell.notI;
            g[0][at + d] = gates.forget * dc * x[1][n] * cell.f * cell.notF;
            g[0][at + 2 * d] = gates.output * dh * squashed * cell.o * cell.notO;
            g[0][at + 3 * d] = gates.cell * dc * cell.i * (1 - cell.c) * (1 + cell.c);
            g[1][n] = gates.state * dc * cell.f;
          }
        });
  }

  /// The values of the gates of one unit, and one minus them without cancellation.
  private record Lstm(
      double i, double notI, double f, double notF, double o, double notO, double c, double old) {
    Lstm(double[][] x, int n, int d) {
      this(x[0], n / d * 4 * d + n % d, d, x[1][n]);
    }

    private Lstm(double[] z, int at, int d, double old) {
      this(
          sigmoid(z[at]),
          sigmoid(-z[at]),
          sigmoid(z[at + d]),
          sigmoid(-z[at + d]),
          sigmoid(z[at + 2 * d]),
          sigmoid(-z[at + 2 * d]),
          Math.tanh(z[at + 3 * d]),
          old);
    }

    double next() {
      return f * old + i * c;
    }
  }

  /// What may be wrong in the GRU cell's derivative.
  ///
  /// @param reset the weight of the reset gate's gradient, 1
  /// @param carried the weight of the gradient by the old state, 1
  /// @param throughReset whether the candidate's hidden part is multiplied by the reset gate
  record GruPaths(double reset, double carried, boolean throughReset) {
    static final GruPaths RIGHT = new GruPaths(1, 1, true);
  }

  /// A GRU cell from what its gates are given by the input and by the state, `[r z n]` each, and
  /// the state: `h' = (1 − z) n + z h`, `n = tanh(xₙ + r hₙ)`.
  static PlainLayer gru(GruPaths paths) {
    int d = 2;
    return PlainLayer.allRowwise(
        "gru cell",
        List.of(input("x", 3, 3 * d), input("s", 3, 3 * d), input("h", 3, d)),
        d,
        (x, y) -> {
          for (int n = 0; n < y.length; n++) {
            int at = n / d * 3 * d + n % d;
            double r = sigmoid(x[0][at] + x[1][at]);
            double z = x[0][at + d] + x[1][at + d];
            double candidate = Math.tanh(x[0][at + 2 * d] + r * x[1][at + 2 * d]);
            y[n] = sigmoid(-z) * candidate + sigmoid(z) * x[2][n];
          }
        },
        (x, y, u, g) -> {
          for (int n = 0; n < y.length; n++) {
            int at = n / d * 3 * d + n % d;
            double r = sigmoid(x[0][at] + x[1][at]);
            double notR = sigmoid(-x[0][at] - x[1][at]);
            double z = x[0][at + d] + x[1][at + d];
            double hidden = x[1][at + 2 * d];
            double candidate = Math.tanh(x[0][at + 2 * d] + r * hidden);
            double dn = u[n] * sigmoid(-z) * (1 - candidate) * (1 + candidate);
            g[0][at] = paths.reset * dn * hidden * r * notR;
            g[1][at] = g[0][at];
            g[0][at + d] = u[n] * (x[2][n] - candidate) * sigmoid(z) * sigmoid(-z);
            g[1][at + d] = g[0][at + d];
            g[0][at + 2 * d] = dn;
            g[1][at + 2 * d] = dn * (paths.throughReset ? r : 1);
            g[2][n] = paths.carried * u[n] * sigmoid(z);
          }
        });
  }

  static List<PlainLayer> all() {
    return List.of(elman(), lstm(Gates.RIGHT), gru(GruPaths.RIGHT));
  }
}
