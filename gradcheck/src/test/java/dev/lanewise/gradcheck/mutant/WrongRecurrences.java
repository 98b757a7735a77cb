package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.ALL_ZERO;
import static dev.lanewise.gradcheck.diagnosis.Cause.BATCH_ROWS;
import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.OTHER_VARIABLE;
import static dev.lanewise.gradcheck.diagnosis.Cause.ROW_OR_COLUMN_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.SUBSET;
import static dev.lanewise.gradcheck.mutant.Recurrences.STEPS;
import static dev.lanewise.gradcheck.mutant.Recurrences.elman;
import static dev.lanewise.gradcheck.mutant.Recurrences.gru;
import static dev.lanewise.gradcheck.mutant.Recurrences.lstm;

import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.mutant.Recurrences.Gates;
import dev.lanewise.gradcheck.mutant.Recurrences.GruPaths;
import dev.lanewise.gradcheck.mutant.Recurrences.Paths;
import java.util.List;

/// Wrong derivatives of recurrent nets: paths through time and gates.
final class WrongRecurrences {
  private WrongRecurrences() {}

  private static Mutant of(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("recurrent", mistake, layer, causes);
  }

  static List<Mutant> all() {
    return List.of(
        of("truncated to one step", elman(new Paths(1, 1, true, 1))),
        of("truncated to two steps", elman(new Paths(2, 1, true, 1))),
        of("back through U, not its transpose", elman(new Paths(STEPS, 1, false, 1))),
        of("half of the gradient from the next step", elman(new Paths(STEPS, 0.5, true, 1))),
        of("U's gradient by the same step's state", elman(new Paths(STEPS, 1, true, 0))),
        of(
            "b's gradient of the last step's upstream",
            elman()
                .changed(
                    (x, y, u, g) -> {
                      double[] last = new double[u.length];
                      System.arraycopy(u, u.length - 3, last, u.length - 3, 3);
                      double[][] other = {
                        new double[8], new double[6], new double[9], new double[3]
                      };
                      elman().plain().backward().apply(x, y, last, other);
                      g[3] = other[3];
                    }),
            BATCH_ROWS),
        of("U's gradient zero", elman().mapped(2, g -> 0), ALL_ZERO),
        of(
            "x's gradient without the first step",
            elman()
                .changed(
                    (x, y, u, g) -> {
                      g[0][0] = 0;
                      g[0][1] = 0;
                    }),
            SUBSET),
        of(
            "input gate's gradient missing",
            lstm(new Gates(0, 1, 1, 1, 1, true)),
            SUBSET,
            ROW_OR_COLUMN_RATIO),
        of(
            "forget gate's sign",
            lstm(new Gates(1, -1, 1, 1, 1, true)),
            SUBSET,
            ROW_OR_COLUMN_RATIO),
        of(
            "output gate doubled",
            lstm(new Gates(1, 1, 2, 1, 1, true)),
            SUBSET,
            ROW_OR_COLUMN_RATIO),
        of(
            "candidate's gradient missing",
            lstm(new Gates(1, 1, 1, 0, 1, true)),
            SUBSET,
            ROW_OR_COLUMN_RATIO),
        of("state's gradient missing", lstm(new Gates(1, 1, 1, 1, 0, true)), ALL_ZERO),
        of("state's sign", lstm(new Gates(1, 1, 1, 1, -1, true)), CONSTANT_RATIO),
        of("slope of the state's tanh forgotten", lstm(new Gates(1, 1, 1, 1, 1, false))),
        of(
            "reset gate's gradient missing",
            gru(new GruPaths(0, 1, true)),
            SUBSET,
            ROW_OR_COLUMN_RATIO),
        of("reset gate doubled", gru(new GruPaths(2, 1, true)), SUBSET, ROW_OR_COLUMN_RATIO),
        of("state's gradient missing", gru(new GruPaths(1, 0, true)), ALL_ZERO),
        of(
            "reset gate not applied to the candidate",
            gru(new GruPaths(1, 1, false)),
            SUBSET,
            OTHER_VARIABLE),
        of(
            "state's gradient by 1 − z",
            gru(GruPaths.RIGHT)
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < g[2].length; i++) {
                        g[2][i] = u[i] - g[2][i];
                      }
                    })));
  }
}
