package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.ERROR_LIKE_UPSTREAM;
import static dev.lanewise.gradcheck.diagnosis.Cause.PROJECTION;
import static dev.lanewise.gradcheck.mutant.Normalisations.COLUMNS;
import static dev.lanewise.gradcheck.mutant.Normalisations.EPSILON;
import static dev.lanewise.gradcheck.mutant.Normalisations.batchNorm;
import static dev.lanewise.gradcheck.mutant.Normalisations.groupNorm;
import static dev.lanewise.gradcheck.mutant.Normalisations.layerNorm;
import static dev.lanewise.gradcheck.mutant.Normalisations.logSoftmax;
import static dev.lanewise.gradcheck.mutant.Normalisations.logSumExp;
import static dev.lanewise.gradcheck.mutant.Normalisations.norms;
import static dev.lanewise.gradcheck.mutant.Normalisations.rmsNorm;
import static dev.lanewise.gradcheck.mutant.Normalisations.softmaxRows;
import static dev.lanewise.gradcheck.mutant.Normalisations.unitRows;
import static dev.lanewise.gradcheck.mutant.Normalisations.variances;

import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.mutant.Normalisations.Terms;
import java.util.List;

/// Wrong derivatives of normalisations and softmax: mostly a term common to a row that is missing.
final class WrongNormalisations {
  private static final Terms NO_MEAN = new Terms(0, 1, EPSILON, 1);
  private static final Terms NO_PROJECTION = new Terms(1, 0, EPSILON, 1);
  private static final Terms NO_TERM = new Terms(0, 0, EPSILON, 1);

  private WrongNormalisations() {}

  private static Mutant of(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("norm", mistake, layer, causes);
  }

  private static double bessel(int n) {
    return Math.sqrt((n - 1.0) / n);
  }

  static List<Mutant> all() {
    PlainLayer layerNorm = layerNorm(Terms.RIGHT);
    PlainLayer batchNorm = batchNorm(Terms.RIGHT);
    return List.of(
        of("mean's term missing", layerNorm(NO_MEAN), PROJECTION),
        of("variance's term missing", layerNorm(NO_PROJECTION), PROJECTION),
        of("statistics taken for constants", layerNorm(NO_TERM), PROJECTION),
        of("variance's term doubled", layerNorm(new Terms(1, 2, EPSILON, 1)), PROJECTION),
        of("variance's term added", layerNorm(new Terms(1, -1, EPSILON, 1)), PROJECTION),
        of("epsilon 1e-3", layerNorm(new Terms(1, 1, 1e-3, 1))),
        of("epsilon 1e-6", layerNorm(new Terms(1, 1, 1e-6, 1))),
        of(
            "deviation of the sample",
            layerNorm(new Terms(1, 1, EPSILON, bessel(5))),
            CONSTANT_RATIO),
        of("beta's gradient is a mean over rows", layerNorm.mapped(2, g -> g / 3), CONSTANT_RATIO),
        of(
            "gamma's gradient from x, not normalised",
            layerNorm.changed(
                (x, y, u, g) -> {
                  for (int j = 0; j < COLUMNS; j++) {
                    g[1][j] = 0;
                    for (int i = j; i < u.length; i += COLUMNS) {
                      g[1][j] += u[i] * x[0][i];
                    }
                  }
                })),
        of(
            "gamma's gradient from y",
            layerNorm.changed(
                (x, y, u, g) -> {
                  for (int j = 0; j < COLUMNS; j++) {
                    g[1][j] = 0;
                    for (int i = j; i < u.length; i += COLUMNS) {
                      g[1][j] += u[i] * y[i];
                    }
                  }
                })),
        of(
            "gamma forgotten",
            layerNorm.with(
                (x, y, u, g) -> {
                  layerNorm.plain().backward().apply(x, y, u, g);
                  double[][] other = {g[0].clone(), g[1].clone(), g[2].clone()};
                  double[][] ones = {x[0], {1, 1, 1, 1, 1}, x[2]};
                  layerNorm.plain().backward().apply(ones, y, u, other);
                  g[0] = other[0];
                })),
        of("mean's term missing", batchNorm(NO_MEAN), PROJECTION),
        of("variance's term missing", batchNorm(NO_PROJECTION), PROJECTION),
        of("statistics taken for constants", batchNorm(NO_TERM), PROJECTION),
        of(
            "deviation of the sample",
            batchNorm(new Terms(1, 1, EPSILON, bessel(5))),
            CONSTANT_RATIO),
        of("variance's term by n − 1", batchNorm(new Terms(1, 1.25, EPSILON, 1)), PROJECTION),
        of("gamma's gradient is a mean over rows", batchNorm.mapped(1, g -> g / 5), CONSTANT_RATIO),
        of("beta's sign", batchNorm.mapped(2, g -> -g), CONSTANT_RATIO),
        of("epsilon forgotten", batchNorm(new Terms(1, 1, 0, 1))),
        of("projection missing", rmsNorm(NO_PROJECTION), PROJECTION),
        of("projection doubled", rmsNorm(new Terms(0, 2, EPSILON, 1)), PROJECTION),
        of("epsilon 1e-3", rmsNorm(new Terms(0, 1, 1e-3, 1))),
        of(
            "of the sum, not the mean",
            rmsNorm(new Terms(0, 1, EPSILON, 1 / Math.sqrt(COLUMNS))),
            CONSTANT_RATIO),
        of("mean's term missing", groupNorm(NO_MEAN), PROJECTION),
        of("variance's term missing", groupNorm(NO_PROJECTION), PROJECTION),
        of(
            "mean over the row, not the group",
            groupNorm(new Terms(0.5, 1, EPSILON, 1)),
            PROJECTION),
        of("projection missing", unitRows(NO_PROJECTION), PROJECTION),
        of("projection added", unitRows(new Terms(0, -1, EPSILON, 1)), PROJECTION),
        of(
            "sign forgotten",
            norms()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = Math.signum(x[0][i]) * g[0][i];
                      }
                    }),
            Cause.SUBSET),
        of(
            "of the square",
            norms()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = 2 * u[i / COLUMNS] * x[0][i];
                      }
                    }),
            Cause.ROW_OR_COLUMN_RATIO),
        of("divided by n", variances().mapped(0, g -> g * 0.8), CONSTANT_RATIO),
        of(
            "mean's term missing",
            variances()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = u[i / COLUMNS] * 2 * x[0][i] / (COLUMNS - 1);
                      }
                    }),
            PROJECTION),
        of("common term missing", softmaxRows(0), PROJECTION),
        of("common term doubled", softmaxRows(2), PROJECTION),
        of(
            "slope of the sigmoid",
            softmaxRows(1)
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < y.length; i++) {
                        g[0][i] = u[i] * y[i] * (1 - y[i]);
                      }
                    })),
        of(
            "common term not times y",
            softmaxRows(1)
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < y.length; i++) {
                        int row = i / COLUMNS * COLUMNS;
                        double dot = 0;
                        for (int j = row; j < row + COLUMNS; j++) {
                          dot += u[j] * y[j];
                        }
                        g[0][i] = y[i] * u[i] - dot;
                      }
                    }),
            PROJECTION),
        of("common term missing", logSoftmax(0), PROJECTION, ERROR_LIKE_UPSTREAM),
        of("common term added", logSoftmax(-1), PROJECTION),
        of(
            "common term by the log-probability",
            logSoftmax(1)
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < y.length; i++) {
                        int row = i / COLUMNS * COLUMNS;
                        double sum = 0;
                        for (int j = row; j < row + COLUMNS; j++) {
                          sum += u[j];
                        }
                        g[0][i] = u[i] - y[i] * sum;
                      }
                    })),
        of(
            "not normalised",
            logSumExp()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = u[i / COLUMNS] * Math.exp(x[0][i]);
                      }
                    }),
            Cause.ROW_OR_COLUMN_RATIO),
        of(
            "of the largest only",
            logSumExp()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        int from = i / COLUMNS * COLUMNS;
                        g[0][i] =
                            i == Functions.firstLargest(x[0], from, from + COLUMNS)
                                ? u[i / COLUMNS]
                                : 0;
                      }
                    })));
  }
}
