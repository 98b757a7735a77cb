package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.ALL_ZERO;
import static dev.lanewise.gradcheck.diagnosis.Cause.AXES_SWAPPED;
import static dev.lanewise.gradcheck.diagnosis.Cause.AXIS_REVERSED;
import static dev.lanewise.gradcheck.diagnosis.Cause.BATCH_ROWS;
import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.ERROR_LIKE_UPSTREAM;
import static dev.lanewise.gradcheck.diagnosis.Cause.OTHER_VARIABLE;
import static dev.lanewise.gradcheck.diagnosis.Cause.REINDEXED;
import static dev.lanewise.gradcheck.diagnosis.Cause.ROW_OR_COLUMN_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.SHIFTED;
import static dev.lanewise.gradcheck.diagnosis.Cause.SUBSET;
import static dev.lanewise.gradcheck.mutant.Matrices.add;
import static dev.lanewise.gradcheck.mutant.Matrices.product;
import static dev.lanewise.gradcheck.mutant.Matrices.transposed;
import static dev.lanewise.gradcheck.mutant.Structures.attention;
import static dev.lanewise.gradcheck.mutant.Structures.bilinear;
import static dev.lanewise.gradcheck.mutant.Structures.hadamard;
import static dev.lanewise.gradcheck.mutant.Structures.linear;
import static dev.lanewise.gradcheck.mutant.Structures.matrixChain;
import static dev.lanewise.gradcheck.mutant.Structures.net;
import static dev.lanewise.gradcheck.mutant.Structures.outerProduct;
import static dev.lanewise.gradcheck.mutant.Structures.quotient;
import static dev.lanewise.gradcheck.mutant.Structures.residual;
import static dev.lanewise.gradcheck.mutant.Structures.rotary;

import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.mutant.Structures.Paths;
import java.util.Arrays;
import java.util.List;

/// Wrong derivatives of matrix products, of functions of several inputs, and of small nets.
final class WrongStructures {
  private WrongStructures() {}

  private static Mutant of(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("structure", mistake, layer, causes);
  }

  private static Mutant composite(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("composite", mistake, layer, causes);
  }

  static List<Mutant> all() {
    return List.of(
        of(
            "W's gradient transposed",
            linear(4, 4).changed((x, y, u, g) -> g[1] = transposed(g[1], 4)),
            AXES_SWAPPED),
        of(
            "x's gradient by W, not its transpose",
            linear(4, 4).changed((x, y, u, g) -> g[0] = product(u, x[1], 4)),
            REINDEXED),
        of(
            "W's gradient is the mean over the rows",
            linear().changed((x, y, u, g) -> scale(g[1], 1.0 / rows(u, 2))),
            CONSTANT_RATIO),
        of(
            "W's gradient of the last row only",
            linear()
                .changed(
                    (x, y, u, g) -> {
                      double[] last = new double[u.length];
                      System.arraycopy(u, u.length - 2, last, u.length - 2, 2);
                      g[1] = product(transposed(x[0], 5), last, rows(u, 2));
                    }),
            BATCH_ROWS),
        of(
            "b's gradient is the mean over the rows",
            linear().changed((x, y, u, g) -> scale(g[2], 1.0 / rows(u, 2))),
            CONSTANT_RATIO),
        of(
            "b's gradient of the last row only",
            linear().changed((x, y, u, g) -> System.arraycopy(u, u.length - 2, g[2], 0, 2)),
            BATCH_ROWS),
        of(
            "b's gradient without the first row",
            linear()
                .changed(
                    (x, y, u, g) -> {
                      g[2][0] -= u[0];
                      g[2][1] -= u[1];
                    }),
            BATCH_ROWS),
        of("b's gradient zero", linear().mapped(2, g -> 0), ALL_ZERO),
        of(
            "b's gradient summed over the columns",
            linear().changed((x, y, u, g) -> Arrays.fill(g[2], Arrays.stream(u).sum()))),
        of("W's sign", linear().mapped(1, g -> -g), CONSTANT_RATIO),
        of(
            "x's gradient shifted by a column",
            linear().changed((x, y, u, g) -> g[0] = shifted(g[0], 5)),
            SHIFTED),
        of(
            "x's gradient with columns reversed",
            linear().changed((x, y, u, g) -> g[0] = reversed(g[0], 5)),
            AXIS_REVERSED),
        of(
            "W's gradient shifted in memory",
            linear().changed((x, y, u, g) -> g[1] = shifted(g[1], g[1].length)),
            SHIFTED),
        of(
            "W's gradient without its last row",
            linear().changed((x, y, u, g) -> Arrays.fill(g[1], 8, 10, 0)),
            SUBSET),
        of(
            "upstream read transposed for W",
            linear()
                .changed(
                    (x, y, u, g) ->
                        g[1] = product(transposed(x[0], 5), transposed(u, 2), rows(u, 2))),
            REINDEXED),
        of("gradients swapped", hadamard().changed((x, y, u, g) -> swap(g)), OTHER_VARIABLE),
        of(
            "b's gradient by itself",
            hadamard()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[1][i] = u[i] * x[1][i];
                      }
                    }),
            OTHER_VARIABLE,
            Cause.ELEMENT_FORMULA),
        of(
            "a's gradient without b",
            hadamard().changed((x, y, u, g) -> g[0] = u.clone()),
            Cause.ELEMENT_FORMULA),
        of("b's gradient zero", hadamard().mapped(1, g -> 0), ALL_ZERO),
        of(
            "square forgotten",
            quotient()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[1][i] = -u[i] * x[0][i] * 2 * x[1][i] / (1 + x[1][i] * x[1][i]);
                      }
                    }),
            Cause.ELEMENT_FORMULA),
        of("sign of b's gradient", quotient().mapped(1, g -> -g), CONSTANT_RATIO),
        of(
            "a's gradient not divided",
            quotient().changed((x, y, u, g) -> g[0] = u.clone()),
            Cause.ELEMENT_FORMULA),
        of(
            "a's gradient by aᵀ in the place of b",
            bilinear()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] *= x[0][i];
                      }
                    })),
        of(
            "W's gradient of the first row only",
            bilinear()
                .changed(
                    (x, y, u, g) -> {
                      for (int j = 0; j < 15; j++) {
                        g[1][j] = u[0] * x[0][j / 5] * x[2][j % 5];
                      }
                    }),
            BATCH_ROWS),
        of("b's gradient doubled", bilinear().mapped(2, g -> 2 * g), CONSTANT_RATIO),
        of(
            "C's gradient without A",
            matrixChain()
                .changed(
                    (x, y, u, g) -> {
                      double[] sums = Matrices.columnSums(x[1], 5);
                      for (int i = 0; i < g[2].length; i++) {
                        g[2][i] = sums[i / 4] * (u[i % 4] + u[4 + i % 4] + u[8 + i % 4]);
                      }
                    })),
        of(
            "B's gradient without its first column",
            matrixChain()
                .changed(
                    (x, y, u, g) -> {
                      g[1][0] = 0;
                      g[1][5] = 0;
                    }),
            SUBSET),
        of(
            "b's gradient assigned, not added up",
            outerProduct()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[1][i / 10 * 5 + i % 5] = u[i] * x[0][i / 5];
                      }
                    }),
            BATCH_ROWS),
        of("a's gradient is a mean", outerProduct().mapped(0, g -> g / 5), CONSTANT_RATIO),
        of("softmax's common term missing", attention(0, 1)),
        of("softmax's common term doubled", attention(2, 1)),
        of("1/√d forgotten", attention(1, Math.sqrt(2)), CONSTANT_RATIO),
        of("1/d for 1/√d", attention(1, 1 / Math.sqrt(2)), CONSTANT_RATIO),
        of("k's gradient zero", attention().mapped(1, g -> 0), ALL_ZERO),
        of(
            "v's gradient by the scores' order reversed",
            attention()
                .changed((x, y, u, g) -> g[2] = transposed(reversed(transposed(g[2], 7), 5), 5)),
            AXIS_REVERSED),
        of(
            "first query forgotten for v",
            attention()
                .changed(
                    (x, y, u, g) -> {
                      double[] rest = u.clone();
                      Arrays.fill(rest, 0, 7, 0);
                      g[2] = product(transposed(Structures.weights(x, 2, 5), 5), rest, rows(u, 7));
                    }),
            BATCH_ROWS),
        composite("skip path missing", residual(0, 1), ERROR_LIKE_UPSTREAM),
        composite("skip path doubled", residual(2, 1), ERROR_LIKE_UPSTREAM),
        composite("block's path missing", residual(1, 0)),
        composite("block's path half", residual(1, 0.5)),
        composite(
            "mask of the sum instead of the block's",
            residual()
                .changed(
                    (x, y, u, g) -> {
                      double[] z = product(x[0], x[1], 4);
                      double[] error = new double[z.length];
                      for (int i = 0; i < z.length; i++) {
                        error[i] = (y[i] > 0 ? u[i] : 0) - (z[i] > 0 ? u[i] : 0);
                      }
                      add(1, product(error, transposed(x[1], 4), 4), g[0]);
                    })),
        composite("slope of tanh forgotten", net(Activations.TANH, new Paths(0, true, 1))),
        composite("slope of tanh twice", net(Activations.TANH, new Paths(2, true, 1))),
        composite(
            "hidden gradient by W2, not its transpose",
            net(Activations.TANH, new Paths(1, false, 1)),
            REINDEXED),
        composite(
            "mean over rows and again",
            net(Activations.TANH, new Paths(1, true, 3)),
            CONSTANT_RATIO),
        composite(
            "2 of the square forgotten",
            net(Activations.RELU, new Paths(1, true, 2)),
            CONSTANT_RATIO),
        composite("mask forgotten", net(Activations.RELU, new Paths(0, true, 1))),
        composite(
            "hidden gradient by W2, not its transpose",
            net(Activations.RELU, new Paths(1, false, 1)),
            REINDEXED),
        composite("b1's gradient zero", net(Activations.TANH).mapped(2, g -> 0), ALL_ZERO),
        composite(
            "W1's gradient without its last column",
            net(Activations.TANH)
                .changed(
                    (x, y, u, g) -> {
                      g[1][4] = 0;
                      g[1][9] = 0;
                    }),
            SUBSET,
            ROW_OR_COLUMN_RATIO),
        composite("turned forward", rotary(-1)),
        composite("not turned back", rotary(0)),
        composite("turned by twice the angle", rotary(2)));
  }

  private static int rows(double[] x, int columns) {
    return x.length / columns;
  }

  static void scale(double[] g, double factor) {
    for (int i = 0; i < g.length; i++) {
      g[i] *= factor;
    }
  }

  private static void swap(double[][] g) {
    double[] first = g[0];
    g[0] = g[1];
    g[1] = first;
  }

  /// Each row shifted by one place, round about.
  static double[] shifted(double[] g, int columns) {
    double[] result = new double[g.length];
    for (int i = 0; i < g.length; i++) {
      result[i / columns * columns + (i % columns + 1) % columns] = g[i];
    }
    return result;
  }

  /// Each row reversed.
  static double[] reversed(double[] g, int columns) {
    double[] result = new double[g.length];
    for (int i = 0; i < g.length; i++) {
      result[i / columns * columns + columns - 1 - i % columns] = g[i];
    }
    return result;
  }
}
