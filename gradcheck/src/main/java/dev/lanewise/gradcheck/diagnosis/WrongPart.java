package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Wrong exactly in a part that has a name: an index of an axis, a sign, zeros, large values.
///
/// @param ruled whether there must be a rule for the numbers in that part
record WrongPart(boolean ruled) implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    if (clues.wrongCount() < 2 || clues.wrongCount() == clues.size()) {
      return Optional.empty();
    }
    List<NamedPart> parts =
        NamedPart.of(clues).stream().filter(each -> separates(clues, each.part())).toList();
    for (NamedPart each : parts) {
      Optional<String> effect =
          ruled
              ? effect(clues, each.part())
              : Optional.of("there by no simple rule").filter(e -> allWrong(clues, each.part()));
      if (effect.isPresent()) {
        return found(clues, each, effect.get());
      }
    }
    return ruled ? Optional.empty() : onePerRow(clues);
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
            + clues.wrongCount()
            + " of "
            + clues.size()
            + " coordinates)");
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
