package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// Wrong exactly in a part that has a name: an index of an axis, a sign, zeros, large values.
///
/// @param stage what is asked of the part
record WrongPart(Stage stage) implements Hypothesis {
  /// So many ways to choose as many wrong coordinates make a part without a rule no coincidence.
  private static final double CHANCES = 300;

  /// When the hypothesis is tried.
  enum Stage {
    /// There is a rule for the numbers in that part.
    RULED,
    /// There is none, but the part is one that formulas distinguish.
    CASE,
    /// There is none, but what is right is the majority.
    MINORITY,
    /// There is none.
    ANY
  }

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    if (clues.wrongCount() < 2 || clues.wrongCount() == clues.size()) {
      return Optional.empty();
    }
    NamedPart best = null;
    String rule = "";
    for (NamedPart each : NamedPart.of(clues)) {
      if (separates(clues, each.part())
          && (best == null || cost(clues, each) < cost(clues, best))) {
        Optional<String> found = rule(clues, each);
        if (found.isPresent()) {
          best = each;
          rule = found.get();
        }
      }
    }
    if (best != null) {
      return found(clues, best, rule);
    }
    return stage == Stage.CASE ? onePerRow(clues) : Optional.empty();
  }

  private Optional<String> rule(Clues clues, NamedPart where) {
    if (stage == Stage.RULED) {
      return effect(clues, where.part());
    }
    boolean tried =
        switch (stage) {
          case RULED, CASE ->
              where.kind() == NamedPart.Kind.CASE || where.kind() == NamedPart.Kind.TIE;
          case MINORITY -> 2 * clues.wrongCount() <= informative(clues);
          case ANY -> true;
        };
    return tried && allWrong(clues, where.part()) && believable(clues, where)
        ? Optional.of("there by no simple rule")
        : Optional.empty();
  }

  /// The tightest part that is not fitted is the best.
  private static int cost(Clues clues, NamedPart where) {
    int size = 0;
    for (int i = 0; i < clues.size(); i++) {
      size += where.part().holds(i) ? 1 : 0;
    }
    return size
        + switch (where.kind()) {
          case TIE, CASE, INDEX -> 0;
          case STRETCH -> clues.size();
          case THRESHOLD -> 2 * clues.size();
        };
  }

  private static boolean believable(Clues clues, NamedPart where) {
    int all = informative(clues);
    int wrong = clues.wrongCount();
    double chances = 1;
    for (int k = 1; k <= Math.min(wrong, all - wrong); k++) {
      chances *= (double) (all - k + 1) / k;
    }
    return switch (where.kind()) {
      case INDEX, TIE -> true;
      case CASE -> chances >= CHANCES / 10;
      case THRESHOLD -> chances >= CHANCES;
      case STRETCH -> false;
    };
  }

  private static int informative(Clues clues) {
    int count = 0;
    for (int i = 0; i < clues.size(); i++) {
      count += clues.informative(i) || clues.wrong(i) ? 1 : 0;
    }
    return count;
  }

  private static Optional<Diagnosis> found(Clues clues, NamedPart where, String effect) {
    return Hypothesis.found(
        Cause.SUBSET,
        "the gradient of "
            + clues.path()
            + " is wrong exactly "
            + where.name()
            + ": "
            + effect
            + " ("
            + clues.extent()
            + ")");
  }

  /// Whether all outside is right, and something outside tells so.
  private static boolean separates(Clues clues, Part part) {
    boolean tells = false;
    for (int i = 0; i < clues.size(); i++) {
      if (!part.holds(i)) {
        if (clues.wrong(i)) {
          return false;
        }
        tells |= clues.informative(i);
      }
    }
    return tells;
  }

  private static Optional<String> effect(Clues clues, Part part) {
    if (clues.explainedBy(Approximate.exact(new double[clues.size()]), part)) {
      return Optional.of("it is zero there");
    }
    OptionalDouble ratio = clues.ratio(part);
    if (ratio.isPresent()) {
      return Optional.of("all " + clues.numbers().describe(ratio.getAsDouble()));
    }
    double[] ones = new double[clues.size()];
    Arrays.fill(ones, 1);
    OptionalDouble constant = clues.multiple(clues.truth(), Approximate.exact(ones), part);
    if (constant.isPresent()) {
      return Optional.of(NamedNumbers.number(constant.getAsDouble()) + " is added there");
    }
    if (clues.u().length == clues.size() && clues.explainedBy(Approximate.exact(clues.u()), part)) {
      return Optional.of("it is the upstream itself there");
    }
    return Optional.empty();
  }

  private static boolean allWrong(Clues clues, Part part) {
    for (int i = 0; i < clues.size(); i++) {
      if (part.holds(i) && !clues.wrong(i) && (clues.informative(i) || clues.a()[i] != 0)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Diagnosis> onePerRow(Clues clues) {
    Shape shape = clues.shape();
    if (shape.rank() < 2) {
      return Optional.empty();
    }
    int row = shape.dim(shape.rank() - 1);
    int[] wrong = new int[clues.size() / row];
    for (int i = 0; i < clues.size(); i++) {
      wrong[i / row] += clues.wrong(i) ? 1 : 0;
    }
    if (row < 3 || !Arrays.stream(wrong).allMatch(count -> count == 1)) {
      return Optional.empty();
    }
    Optional<String> effect = effect(clues, clues::wrong);
    return Hypothesis.found(
        Cause.SUBSET,
        "the gradient of "
            + clues.path()
            + " is wrong at exactly one element of each row"
            + effect.map(rule -> " (" + rule + ")").orElse("")
            + ": the term of the label?");
  }
}
