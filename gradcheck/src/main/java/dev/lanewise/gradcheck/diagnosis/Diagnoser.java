package dev.lanewise.gradcheck.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says what is probably wrong.
///
/// Mechanical: hypotheses are tried in a fixed order, and one is accepted only if every coordinate
/// fits within six half-widths of what it predicts. So it is never contradicted by the numbers, but
/// may be true in other words than the author of the mistake would choose.
public final class Diagnoser {
  private static final List<Hypothesis> HYPOTHESES =
      List.of(
          new UpstreamLaws(),
          new NotFinite(),
          new AllZero(),
          new LowPrecision(),
          new RoundedInside(),
          new ConstantRatio(),
          new OneCoordinate(),
          new Misplaced(),
          new OtherVariable(),
          new ErrorLike(),
          new WrongPart(WrongPart.Stage.RULED),
          new OutputParts(true),
          new InputRows(),
          new WrongPart(WrongPart.Stage.CASE),
          new ElementFormula(),
          new AxisFactor(),
          new Projection(false),
          new Reindexed(),
          new Paths(true),
          new WrongPart(WrongPart.Stage.MINORITY),
          new OutputParts(false),
          new Projection(true),
          new Paths(false),
          new WrongPart(WrongPart.Stage.ANY),
          new Permuted(),
          new SmallNoise());

  /// Errors smaller than this do not show in a ratio of four digits.
  private static final double NEAR_ONE = 0.01;

  private Diagnoser() {}

  /// Tries the hypotheses in order. Evaluates the function and its backward for other upstreams and
  /// at other points; the evaluator is back at its point afterwards.
  ///
  /// @param evidence what is known
  /// @return the first that explains every coordinate
  public static Diagnosis diagnose(Evidence evidence) {
    Clues clues = new Clues(evidence);
    if (clues.wrongCount() == 0) {
      return new Diagnosis(
          Cause.UNEXPLAINED,
          "the error of "
              + clues.path()
              + " is hardly above the resolution of the differences: no simple form can be told");
    }
    for (Hypothesis hypothesis : HYPOTHESES) {
      Optional<Diagnosis> diagnosis = hypothesis.explain(clues);
      if (diagnosis.isPresent()) {
        return diagnosis.get();
      }
    }
    return new Diagnosis(Cause.UNEXPLAINED, unexplained(clues));
  }

  private static String unexplained(Clues clues) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < clues.size(); i++) {
      if (clues.wrong(i) && clues.informative(i)) {
        least = Math.min(least, clues.a()[i] / clues.n()[i]);
        most = Math.max(most, clues.a()[i] / clues.n()[i]);
      }
    }
    return clues.path()
        + " is wrong at "
        + clues.extent()
        + ", by no simple rule"
        + (least <= most ? " (" + ratios(least, most) + ")" : "")
        + elsewhere(clues);
  }

  /// The range of the ratios; of those near 1 how far they are from it.
  private static String ratios(double least, double most) {
    double away = Math.max(Math.abs(least - 1), Math.abs(most - 1));
    return away < NEAR_ONE
        ? String.format(Locale.ROOT, "off by at most %.1e of the derivative", away)
        : String.format(Locale.ROOT, "ratios %.4g to %.4g", least, most);
  }

  /// Which other variables are right or wrong: the mistake lies where only the wrong ones meet.
  private static String elsewhere(Clues clues) {
    Evidence evidence = clues.evidence();
    List<String> right = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int v = 0; v < evidence.variables().size(); v++) {
      if (v != evidence.accused()) {
        boolean correct = new Clues(evidence.accusing(v)).wrongCount() == 0;
        (correct ? right : wrong).add(evidence.variables().get(v).path());
      }
    }
    return (wrong.isEmpty() ? "" : "; also wrong: " + String.join(", ", wrong))
        + (right.isEmpty() ? "" : "; right: " + String.join(", ", right));
  }
}
