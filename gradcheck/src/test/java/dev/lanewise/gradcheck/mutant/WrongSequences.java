package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.ALL_ZERO;
import static dev.lanewise.gradcheck.diagnosis.Cause.AXIS_REVERSED;
import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.ERROR_LIKE_UPSTREAM;
import static dev.lanewise.gradcheck.diagnosis.Cause.ONE_COORDINATE;
import static dev.lanewise.gradcheck.diagnosis.Cause.PERMUTED;
import static dev.lanewise.gradcheck.diagnosis.Cause.REINDEXED;
import static dev.lanewise.gradcheck.diagnosis.Cause.ROW_OR_COLUMN_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.SHIFTED;
import static dev.lanewise.gradcheck.diagnosis.Cause.SUBSET;
import static dev.lanewise.gradcheck.mutant.Sequences.COLUMNS;
import static dev.lanewise.gradcheck.mutant.Sequences.IDS;
import static dev.lanewise.gradcheck.mutant.Sequences.MASK;
import static dev.lanewise.gradcheck.mutant.Sequences.PICKS;
import static dev.lanewise.gradcheck.mutant.WrongStructures.reversed;
import static dev.lanewise.gradcheck.mutant.WrongStructures.shifted;

import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.mutant.Sequences.Convolution;
import dev.lanewise.gradcheck.mutant.Sequences.Pool;
import dev.lanewise.gradcheck.mutant.Sequences.Transposed;
import java.util.Arrays;
import java.util.List;

/// Wrong derivatives of convolutions, pools, selections and running sums: mostly wrong indices.
final class WrongSequences {
  private WrongSequences() {}

  private static Mutant of(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("index", mistake, layer, causes);
  }

  private static Mutant pool(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("pool", mistake, layer, causes);
  }

  static List<Mutant> all() {
    PlainLayer convolution = Convolution.RIGHT.layer();
    PlainLayer transposed = Transposed.RIGHT.layer();
    PlainLayer max = Pool.RIGHT.max();
    PlainLayer mean = Pool.RIGHT.mean();
    return List.of(
        of(
            "w's gradient with the kernel reversed",
            convolution.changed((x, y, u, g) -> g[1] = reversed(g[1], 4)),
            AXIS_REVERSED),
        of(
            "x's gradient with the kernel reversed",
            convolution.changed(
                (x, y, u, g) -> {
                  double[] flipped = reversed(x[1], 4);
                  g[0] = new double[21];
                  Convolution.RIGHT.each((at, w, s) -> g[0][s] += u[at] * flipped[w]);
                }),
            REINDEXED),
        of(
            "x's gradient without the padding's shift",
            convolution.changed((x, y, u, g) -> g[0] = shifted(g[0], 7))),
        of(
            "w's gradient shifted along the kernel",
            convolution.changed((x, y, u, g) -> g[1] = shifted(g[1], 4)),
            SHIFTED),
        of(
            "w's gradient without the last step",
            convolution.changed(
                (x, y, u, g) -> {
                  g[1] = new double[24];
                  Convolution.RIGHT.each(
                      (at, w, s) -> g[1][w] += at % 3 == 2 ? 0 : u[at] * x[0][s]);
                }),
            Cause.BATCH_ROWS),
        of(
            "x's gradient from the first output channel only",
            convolution.changed(
                (x, y, u, g) -> {
                  g[0] = new double[21];
                  Convolution.RIGHT.each((at, w, s) -> g[0][s] += at < 3 ? u[at] * x[1][w] : 0);
                }),
            Cause.BATCH_ROWS),
        of(
            "b's gradient of the last step only",
            convolution.changed(
                (x, y, u, g) -> {
                  g[2][0] = u[2];
                  g[2][1] = u[5];
                }),
            Cause.BATCH_ROWS),
        of("b's gradient is a mean over steps", convolution.mapped(2, g -> g / 3), CONSTANT_RATIO),
        of(
            "last position of x forgotten",
            convolution.changed(
                (x, y, u, g) -> {
                  g[0][6] = 0;
                  g[0][13] = 0;
                  g[0][20] = 0;
                }),
            SUBSET),
        of(
            "stride 1 in w's gradient",
            convolution.changed(
                (x, y, u, g) -> {
                  g[1] = new double[24];
                  Convolution.RIGHT.each(
                      (at, w, s) -> {
                        int from = s - at % 3;
                        g[1][w] += from / 7 == s / 7 && from >= 0 ? u[at] * x[0][from] : 0;
                      });
                })),
        of(
            "w's gradient with the kernel reversed",
            transposed.changed((x, y, u, g) -> g[1] = reversed(g[1], 5)),
            AXIS_REVERSED),
        of(
            "x's gradient with the kernel reversed",
            transposed.changed(
                (x, y, u, g) -> {
                  double[] flipped = reversed(x[1], 5);
                  g[0] = new double[12];
                  Transposed.RIGHT.each((at, w, s) -> g[0][s] += u[at] * flipped[w]);
                }),
            REINDEXED),
        of(
            "overlap assigned, not added",
            transposed.changed(
                (x, y, u, g) -> Transposed.RIGHT.each((at, w, s) -> g[1][w] = u[at] * x[0][s]))),
        of(
            "x's gradient shifted by a step",
            transposed.changed((x, y, u, g) -> g[0] = shifted(g[0], 4)),
            SHIFTED),
        of(
            "rows assigned, not added",
            Sequences.embedding()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][IDS[i / 3] * 3 + i % 3] = u[i];
                      }
                    }),
            SUBSET,
            Cause.BATCH_ROWS),
        of(
            "row 0 taken for padding",
            Sequences.embedding().changed((x, y, u, g) -> Arrays.fill(g[0], 0, 3, 0)),
            SUBSET),
        of(
            "row of a repeated id is a mean",
            Sequences.embedding()
                .changed(
                    (x, y, u, g) -> {
                      for (int j = 6; j < 9; j++) {
                        g[0][j] /= 2;
                      }
                    }),
            SUBSET),
        of(
            "ids one too large",
            Sequences.embedding()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][(IDS[i / 3] + 1) % 7 * 3 + i % 3] += u[i];
                      }
                    }),
            SHIFTED),
        of(
            "upstream's rows in reverse",
            Sequences.embedding()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][IDS[IDS.length - 1 - i / 3] * 3 + i % 3] += u[i];
                      }
                    }),
            REINDEXED),
        of(
            "assigned, not added",
            Sequences.gather()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i / 2 * COLUMNS + PICKS[i]] = u[i];
                      }
                    }),
            ONE_COORDINATE),
        of(
            "places one too large",
            Sequences.gather()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i / 2 * COLUMNS + (PICKS[i] + 1) % COLUMNS] += u[i];
                      }
                    }),
            SHIFTED),
        of(
            "all from the first row's places",
            Sequences.gather()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i / 2 * COLUMNS + PICKS[i % 2]] += u[i];
                      }
                    })),
        of(
            "order for its inverse",
            Sequences.sort()
                .changed(
                    (x, y, u, g) -> {
                      for (int row = 0; row < u.length; row += COLUMNS) {
                        int[] order = Sequences.order(x[0], row);
                        for (int i = 0; i < COLUMNS; i++) {
                          g[0][row + i] = u[order[i]];
                        }
                      }
                    }),
            PERMUTED,
            REINDEXED),
        of(
            "upstream not put back",
            Sequences.sort().changed((x, y, u, g) -> g[0] = u.clone()),
            PERMUTED,
            REINDEXED),
        of(
            "upstream of the descending order",
            Sequences.sort()
                .with(
                    (x, y, u, g) ->
                        Sequences.sort().plain().backward().apply(x, y, reversed(u, COLUMNS), g)),
            REINDEXED,
            PERMUTED),
        of(
            "to all elements",
            Sequences.max()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = u[i / COLUMNS];
                      }
                    })),
        of(
            "to all that are equal",
            Sequences.max()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = x[0][i] == y[i / COLUMNS] ? u[i / COLUMNS] : 0;
                      }
                    })),
        of(
            "to the last place",
            Sequences.max()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = i % COLUMNS == COLUMNS - 1 ? u[i / COLUMNS] : 0;
                      }
                    })),
        of(
            "sums from the left",
            Sequences.cumulativeSum()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i] = u[i] + (i % COLUMNS == 0 ? 0 : g[0][i - 1]);
                      }
                    })),
        of(
            "without the own place",
            Sequences.cumulativeSum().changed((x, y, u, g) -> Matrices.add(-1, u, g[0])),
            ERROR_LIKE_UPSTREAM),
        of("own place only", Sequences.cumulativeSum().changed((x, y, u, g) -> g[0] = u.clone())),
        of(
            "divided by x, zero where x is",
            Sequences.cumulativeProduct()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i] = x[0][i] == 0 ? 0 : g[0][i];
                      }
                    }),
            SUBSET),
        of(
            "own place only",
            Sequences.cumulativeProduct()
                .with(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i] = u[i] * (i % COLUMNS == 0 ? 1 : y[i - 1]);
                      }
                    })),
        of(
            "mean over all",
            Sequences.maskedMean()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = MASK[i] ? u[i / COLUMNS] / COLUMNS : 0;
                      }
                    }),
            ROW_OR_COLUMN_RATIO),
        of(
            "mask forgotten",
            Sequences.maskedMean()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[0].length; i++) {
                        g[0][i] = u[i / COLUMNS] / Sequences.selected(i / COLUMNS);
                      }
                    })),
        of(
            "mask reversed",
            Sequences.maskedMean().changed((x, y, u, g) -> g[0] = reversed(g[0], COLUMNS)),
            AXIS_REVERSED),
        pool(
            "to all that are equal",
            max.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length; i++) {
                    for (int s = Pool.RIGHT.start(i); s < Pool.RIGHT.start(i) + 3; s++) {
                      g[0][s] += x[0][s] == y[i] ? u[i] : 0;
                    }
                  }
                })),
        pool(
            "to the window's first place",
            max.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length; i++) {
                    g[0][Pool.RIGHT.start(i)] += u[i];
                  }
                })),
        pool(
            "assigned where windows overlap",
            max.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length; i++) {
                    int start = Pool.RIGHT.start(i);
                    g[0][Functions.firstLargest(x[0], start, start + 3)] = u[i];
                  }
                })),
        pool(
            "place in the window for place in the row",
            max.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length; i++) {
                    int start = Pool.RIGHT.start(i);
                    int place = Functions.firstLargest(x[0], start, start + 3) - start;
                    g[0][i / 3 * 7 + place] += u[i];
                  }
                })),
        pool(
            "last window forgotten",
            max.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length; i++) {
                    int start = Pool.RIGHT.start(i);
                    g[0][Functions.firstLargest(x[0], start, start + 3)] += i % 3 == 2 ? 0 : u[i];
                  }
                })),
        pool("not divided by the window", mean.mapped(0, g -> 3 * g), CONSTANT_RATIO),
        pool("divided by the stride", mean.mapped(0, g -> 1.5 * g), CONSTANT_RATIO),
        pool(
            "assigned where windows overlap",
            mean.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length * 3; i++) {
                    g[0][Pool.RIGHT.start(i / 3) + i % 3] = u[i / 3] / 3;
                  }
                })),
        pool(
            "windows without overlap",
            mean.with(
                (x, y, u, g) -> {
                  for (int i = 0; i < u.length * 3; i++) {
                    int s = i / 9 * 7 + Math.min(6, i / 3 % 3 * 3 + i % 3);
                    g[0][s] += u[i / 3] / 3;
                  }
                })),
        pool("zero", mean.mapped(0, g -> 0), ALL_ZERO));
  }
}
