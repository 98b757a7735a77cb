package dev.lanewise.gradcheck.diagnosis;

import java.util.Optional;
import java.util.function.IntPredicate;

/// NaN or infinite.
final class NotFinite implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    int count = 0;
    int at = 0;
    for (int i = 0; i < clues.size(); i++) {
      if (!Double.isFinite(clues.a()[i])) {
        count++;
        at = i;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    String what = Double.isNaN(clues.a()[at]) ? "NaN" : "infinite";
    if (count == clues.size() && what.equals("NaN")) {
      return Hypothesis.found(
          Cause.NOT_FINITE,
          "the whole gradient of "
              + clues.path()
              + " is NaN: does backward add to a buffer that it should overwrite (beta = 0), or not"
              + " write it?");
    }
    return Hypothesis.found(
        Cause.NOT_FINITE,
        "the gradient of "
            + clues.path()
            + " is "
            + what
            + " at "
            + count
            + " of "
            + clues.size()
            + " coordinates"
            + where(clues, count, at));
  }

  private static String where(Clues clues, int count, int at) {
    double[] x = clues.x();
    if (count == 1) {
      return ", " + clues.place(at);
    }
    if (exactly(clues, i -> x[i] == 0)) {
      return ", exactly where it is 0";
    }
    if (exactly(clues, i -> x[i] < 0)) {
      return ", exactly where it is < 0";
    }
    return ", for example " + clues.place(at);
  }

  private static boolean exactly(Clues clues, IntPredicate place) {
    for (int i = 0; i < clues.size(); i++) {
      if (place.test(i) == Double.isFinite(clues.a()[i])) {
        return false;
      }
    }
    return true;
  }
}
