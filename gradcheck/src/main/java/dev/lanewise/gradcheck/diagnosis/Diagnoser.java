package dev.lanewise.gradcheck.diagnosis;

/// Says what is probably wrong.
public final class Diagnoser {
  private Diagnoser() {}

  /// Tries the hypotheses in order.
  ///
  /// @param evidence what is known
  /// @return the first that explains every coordinate
  public static Diagnosis diagnose(Evidence evidence) {
    return new Diagnosis(
        Cause.UNEXPLAINED, "the error of " + evidence.variable().path() + " has no simple form");
  }
}
