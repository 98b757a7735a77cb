package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;
import java.util.Optional;

/// Wrong at one coordinate among several.
final class OneCoordinate implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    if (clues.wrongCount() != 1 || clues.size() < 2) {
      return Optional.empty();
    }
    int at = 0;
    while (!clues.wrong(at)) {
      at++;
    }
    double a = clues.a()[at];
    double n = clues.n()[at];
    String what =
        a == 0
            ? "it is zero there"
            : "it is " + a + " there and should be " + n + ", ratio " + NamedNumbers.number(a / n);
    if (clues.x()[at] == 0 && Arrays.stream(clues.x()).filter(x -> x == 0).count() == 1) {
      return Hypothesis.found(
          Cause.SUBSET,
          "only "
              + clues.place(at)
              + " is wrong, the only coordinate where "
              + clues.path()
              + " = 0: "
              + what);
    }
    return Hypothesis.found(
        Cause.ONE_COORDINATE,
        "only "
            + clues.place(at)
            + place(clues, at)
            + " of "
            + clues.size()
            + " coordinates is wrong: "
            + what);
  }

  private static String place(Clues clues, int at) {
    if (at == 0) {
      return ", the first";
    }
    return at == clues.size() - 1 ? ", the last" : "";
  }
}
