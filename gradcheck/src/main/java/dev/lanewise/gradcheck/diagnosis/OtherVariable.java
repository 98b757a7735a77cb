package dev.lanewise.gradcheck.diagnosis;

import java.util.Optional;
import java.util.OptionalDouble;

/// It is the gradient by another variable of the same size, or has it added.
final class OtherVariable implements Hypothesis {
  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    Evidence evidence = clues.evidence();
    for (int v = 0; v < evidence.variables().size(); v++) {
      if (v == evidence.accused() || evidence.numeric().value()[v].length != clues.size()) {
        continue;
      }
      Approximate other =
          new Approximate(evidence.numeric().value()[v], evidence.numeric().width()[v]);
      String name = evidence.variables().get(v).path();
      if (clues.explainedBy(other)) {
        return found(clues, " is that of " + name + ": the two are swapped, or one is given twice");
      }
      if (clues.explainedBy(other.times(-1))) {
        return found(clues, " is the negative of that of " + name);
      }
      OptionalDouble added = clues.multiple(clues.truth(), other, Part.ALL);
      if (added.isPresent() && clues.size() > 2) {
        double c = added.getAsDouble();
        String times = Math.abs(c - 1) < 1e-9 ? "" : NamedNumbers.number(c) + " times ";
        return found(clues, " has " + times + "that of " + name + " added");
      }
      for (Rearrangement each : Rearrangement.of(evidence.variables().get(v).shape())) {
        if (clues.explainedBy(other.rearranged(each.from()))) {
          return found(clues, " is that of " + name + ", " + each.name());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Diagnosis> found(Clues clues, String what) {
    return Hypothesis.found(Cause.OTHER_VARIABLE, "the gradient of " + clues.path() + what);
  }
}
