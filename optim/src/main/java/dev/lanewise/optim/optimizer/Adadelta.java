package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAdadelta;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adadelta, Zeiler, *ADADELTA: an adaptive learning rate method* (2012), Algorithm 1; see
/// [ScaleByAdadelta]. The form is one, `w ← w − η·√(d + ε)/√(v + ε)·g`; the defaults differ: ρ is
/// 0.9 and ε 1e-6 in the convention torch, 0.95 and 1e-7 in keras, 0.95 and 1e-6 in the paper's,
/// which has no rate: 1.
public final class Adadelta {
  private Adadelta() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate), Convention.TORCH);
  }

  /// In a convention, with its defaults.
  ///
  /// @param rate η(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, Convention convention) {
    convention.requireOneOf("Adadelta", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    return Chain.of(
        new ScaleByAdadelta(
            new Constant(convention == Convention.TORCH ? 0.9 : 0.95),
            new Constant(convention == Convention.KERAS ? 1e-7 : 1e-6)),
        new ScaleByRate(rate));
  }
}
