package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.ALL_ZERO;
import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.ELEMENT_FORMULA;
import static dev.lanewise.gradcheck.diagnosis.Cause.IGNORES_UPSTREAM;
import static dev.lanewise.gradcheck.diagnosis.Cause.OTHER_VARIABLE;
import static dev.lanewise.gradcheck.diagnosis.Cause.PROJECTION;
import static dev.lanewise.gradcheck.diagnosis.Cause.SUBSET;
import static dev.lanewise.gradcheck.mutant.Functions.sigmoid;
import static dev.lanewise.gradcheck.mutant.Functions.softmax;
import static dev.lanewise.gradcheck.mutant.Functions.softplus;
import static dev.lanewise.gradcheck.mutant.Losses.ABSOLUTE_ERROR;
import static dev.lanewise.gradcheck.mutant.Losses.BINARY_CROSS_ENTROPY;
import static dev.lanewise.gradcheck.mutant.Losses.CLASSES;
import static dev.lanewise.gradcheck.mutant.Losses.COLUMNS;
import static dev.lanewise.gradcheck.mutant.Losses.FOCAL;
import static dev.lanewise.gradcheck.mutant.Losses.HINGE;
import static dev.lanewise.gradcheck.mutant.Losses.HUBER;
import static dev.lanewise.gradcheck.mutant.Losses.LOG_COSH;
import static dev.lanewise.gradcheck.mutant.Losses.ROWS;
import static dev.lanewise.gradcheck.mutant.Losses.contrastive;
import static dev.lanewise.gradcheck.mutant.Losses.cosine;
import static dev.lanewise.gradcheck.mutant.Losses.crossEntropy;
import static dev.lanewise.gradcheck.mutant.Losses.squaredError;

import dev.lanewise.gradcheck.diagnosis.Cause;
import java.util.List;

/// Wrong derivatives of losses: factors of means, label terms, and upstreams that are ignored.
final class WrongLosses {
  private WrongLosses() {}

  private static Mutant of(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("loss", mistake, layer, causes);
  }

  static List<Mutant> all() {
    return List.of(
        of("2 forgotten", squaredError().mapped(g -> g / 2), CONSTANT_RATIO),
        of("mean forgotten", squaredError().mapped(g -> 15 * g), CONSTANT_RATIO),
        of("mean over rows only", squaredError().mapped(0, g -> 5 * g), CONSTANT_RATIO),
        of("sign of the prediction's", squaredError().mapped(0, g -> -g), CONSTANT_RATIO),
        of("target's sign", squaredError().mapped(1, g -> -g), CONSTANT_RATIO, OTHER_VARIABLE),
        of("target's gradient zero", squaredError().mapped(1, g -> 0), ALL_ZERO),
        of(
            "target forgotten",
            squaredError()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = u[0] * 2 * x[0][i] / g[0].length;
                      }
                    })),
        of("upstream ignored", ignoringUpstream(squaredError()), IGNORES_UPSTREAM),
        of("not clipped", HUBER.with((x, t) -> x - t), ELEMENT_FORMULA),
        of("clipped at 2", HUBER.with((x, t) -> Math.clamp(x - t, -2.0, 2.0)), ELEMENT_FORMULA),
        of("sign only", HUBER.with((x, t) -> Math.signum(x - t)), ELEMENT_FORMULA),
        of("half", HUBER.with((x, t) -> Math.clamp(x - t, -1.0, 1.0) / 2), CONSTANT_RATIO),
        of("sign forgotten", ABSOLUTE_ERROR.with((x, t) -> 1), ELEMENT_FORMULA),
        of("of the square", ABSOLUTE_ERROR.with((x, t) -> 2 * (x - t)), ELEMENT_FORMULA),
        of("sigmoid forgotten", BINARY_CROSS_ENTROPY.with((z, t) -> z - t), ELEMENT_FORMULA),
        of("label forgotten", BINARY_CROSS_ENTROPY.with((z, t) -> sigmoid(z)), ELEMENT_FORMULA),
        of(
            "slope of the sigmoid once more",
            BINARY_CROSS_ENTROPY.with((z, t) -> (sigmoid(z) - t) * sigmoid(z) * sigmoid(-z)),
            ELEMENT_FORMULA),
        of(
            "probability clipped to 0.001 … 0.999",
            BINARY_CROSS_ENTROPY.with((z, t) -> Math.clamp(sigmoid(z), 1e-3, 0.999) - t),
            SUBSET,
            ELEMENT_FORMULA),
        of(
            "probability clipped to 1e-7",
            BINARY_CROSS_ENTROPY.with((z, t) -> Math.clamp(sigmoid(z), 1e-7, 1 - 1e-7) - t),
            SUBSET,
            ELEMENT_FORMULA),
        of(
            "label smoothed",
            BINARY_CROSS_ENTROPY.with((z, t) -> sigmoid(z) - (0.9 * t + 0.05)),
            ELEMENT_FORMULA),
        of("sign", BINARY_CROSS_ENTROPY.with((z, t) -> t - sigmoid(z)), CONSTANT_RATIO),
        of("upstream ignored", ignoringUpstream(BINARY_CROSS_ENTROPY.layer()), IGNORES_UPSTREAM),
        of(
            "label not subtracted",
            crossEntropy()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = u[0] * probability(x[0], i) / ROWS;
                      }
                    }),
            SUBSET),
        of(
            "label of the next row",
            crossEntropy()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        int label = CLASSES[(i / COLUMNS + 1) % ROWS];
                        g[0][i] =
                            u[0] * (probability(x[0], i) - (i % COLUMNS == label ? 1 : 0)) / ROWS;
                      }
                    })),
        of("mean forgotten", crossEntropy().mapped(g -> ROWS * g), CONSTANT_RATIO),
        of("divided by the classes, too", crossEntropy().mapped(g -> g / COLUMNS), CONSTANT_RATIO),
        of("sign", crossEntropy().mapped(g -> -g), CONSTANT_RATIO),
        of(
            "of the squared error of probabilities",
            crossEntropy()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] *= probability(x[0], i);
                      }
                    })),
        of("upstream ignored", ignoringUpstream(crossEntropy()), IGNORES_UPSTREAM),
        of(
            "weight taken for constant",
            FOCAL.with(
                (z, t) -> {
                  double q = sigmoid(-t * z);
                  return -t * q * q * q;
                }),
            ELEMENT_FORMULA),
        of(
            "2 of the square forgotten",
            FOCAL.with(
                (z, t) -> {
                  double q = sigmoid(-t * z);
                  return -t * q * q * (sigmoid(t * z) * softplus(-t * z) + q);
                }),
            ELEMENT_FORMULA),
        of("of plain cross-entropy", FOCAL.with((z, t) -> -t * sigmoid(-t * z)), ELEMENT_FORMULA),
        of("margin forgotten", HINGE.with((z, t) -> t * z < 0 ? -t : 0), ELEMENT_FORMULA),
        of("everywhere", HINGE.with((z, t) -> -t), ELEMENT_FORMULA),
        of("sign", HINGE.with((z, t) -> 1 - t * z > 0 ? t : 0), CONSTANT_RATIO),
        of("of the square", LOG_COSH.with((x, t) -> x - t), ELEMENT_FORMULA),
        of("sign only", LOG_COSH.with((x, t) -> Math.signum(x - t)), ELEMENT_FORMULA),
        of("b's gradient zero", contrastive(0), ALL_ZERO),
        of("b's gradient half", contrastive(0.5), CONSTANT_RATIO),
        of(
            "scores transposed for b",
            contrastive(1)
                .changed(
                    (x, y, u, g) -> {
                      double[] scores = Matrices.product(x[0], Matrices.transposed(x[1], 2), 2);
                      double[] ds = new double[9];
                      for (int i = 0; i < 9; i++) {
                        ds[i] = u[0] * (softmaxOf(scores, i, 3) - (i / 3 == i % 3 ? 1 : 0)) / 3;
                      }
                      g[1] = Matrices.product(ds, x[0], 3);
                    })),
        of("term through the norm missing", cosine(0), PROJECTION),
        of("term through the norm half", cosine(0.5), PROJECTION),
        of(
            "gradients swapped",
            cosine(1)
                .changed(
                    (x, y, u, g) -> {
                      double[] first = g[0];
                      g[0] = g[1];
                      g[1] = first;
                    }),
            OTHER_VARIABLE));
  }

  private static PlainLayer ignoringUpstream(PlainLayer layer) {
    return layer.upstream(u -> 1);
  }

  private static double probability(double[] logits, int i) {
    return softmaxOf(logits, i, COLUMNS);
  }

  private static double softmaxOf(double[] x, int i, int columns) {
    int from = i / columns * columns;
    return softmax(x, from, from + columns)[i - from];
  }
}
