package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ClipByRms;
import dev.lanewise.optim.transform.ScaleByFactoredRms;
import dev.lanewise.optim.transform.ScaleByParameterRms;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adafactor, Shazeer and Stern, *Adafactor: adaptive learning rates with sublinear memory cost*
/// (2018), Algorithms 4 and 5, without a first moment: the direction of [ScaleByFactoredRms],
/// clipped at root mean square 1, in steps relative to the weights (at least 1e-3), with the rate
/// `min(η, 1/√t)`.
///
/// ε₁ is 1e-30 and added to the squares in the conventions paper and keras; in torch it is a floor,
/// 2.2e-16 (PyTorch takes the element type's machine epsilon; here it is that of FLOAT64).
public final class Adafactor {
  private Adafactor() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-2
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
    convention.requireOneOf("Adafactor", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    boolean torch = convention == Convention.TORCH;
    return Chain.of(
        new ScaleByFactoredRms(new Constant(0.8), torch ? Math.ulp(1.0) : 1e-30, torch),
        new ClipByRms(1),
        new ScaleByParameterRms(new Constant(1e-3)),
        new ScaleByRate(new InverseRootLimit(rate)));
  }
}
