package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ConjugateDirection;
import dev.lanewise.optim.transform.StrongWolfe;

/// Nonlinear conjugate gradients with a line search: Polak and Ribière (1969) in the form PR+ of
/// Gilbert and Nocedal (1992); see [ConjugateDirection] and [StrongWolfe]. One training step is one
/// iteration; it needs the objective at other weights, see
/// [dev.lanewise.optim.transform.StepContext]. Its batch should be all the data.
///
/// Only the paper's convention, with what Nocedal and Wright, *Numerical optimization* (2006),
/// chapters 3 and 5, advise: the strong Wolfe conditions with c₁ = 1e-4 and c₂ = 0.1, the first
/// step tried `η·min(1, 1/‖g‖₁)`, afterwards the last one times the ratio of slopes.
public final class ConjugateGradient {
  private ConjugateGradient() {}

  /// With a constant rate, in the paper's convention.
  ///
  /// @param rate η, usually 1
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate), Convention.PAPER);
  }

  /// In a convention, with its defaults.
  ///
  /// @param rate η(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, Convention convention) {
    convention.requireOneOf("Conjugate gradients", Convention.PAPER);
    return Chain.of(
        new ConjugateDirection(),
        new StrongWolfe(rate, 1e-4, 0.1, 25, 1e-7, 1e-9, StrongWolfe.Start.SLOPES));
  }
}
