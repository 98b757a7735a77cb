package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByAmsgrad;
import dev.lanewise.optim.transform.ScaleByRate;

/// Adam whose second moment never shrinks, Reddi, Kale and Kumar, *On the convergence of Adam and
/// beyond* (2018), Algorithm 2; see [ScaleByAmsgrad].
///
/// | convention | step | ε |
/// |---|---|---|
/// | torch | `w ← w − η·m̂/(√(v⁺/(1−β₂ᵗ)) + ε)` | 1e-8 |
/// | keras | `w ← w − η·√(1−β₂ᵗ)·m̂/(√v⁺ + ε)` | 1e-7 |
/// | paper | `w ← w − η·m/(√v⁺ + ε)`, no correction; it has no ε | 1e-8 |
///
/// β₁ is 0.9 and β₂ 0.999 in each.
public final class Amsgrad {
  private Amsgrad() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-3
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
    convention.requireOneOf("AMSGrad", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    ScaleByAmsgrad.Form form =
        switch (convention) {
          case TORCH, SKLEARN -> ScaleByAmsgrad.Form.CORRECTED;
          case KERAS -> ScaleByAmsgrad.Form.UNCORRECTED_EPSILON;
          case PAPER -> ScaleByAmsgrad.Form.UNCORRECTED;
        };
    double epsilon = convention == Convention.KERAS ? 1e-7 : Adam.EPSILON;
    return Chain.of(
        new ScaleByAmsgrad(
            new Constant(Adam.BETA1), new Constant(Adam.BETA2), new Constant(epsilon), form),
        new ScaleByRate(rate));
  }
}
