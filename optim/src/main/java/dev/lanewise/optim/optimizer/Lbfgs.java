package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ScaleByLbfgs;
import dev.lanewise.optim.transform.StrongWolfe;

/// L-BFGS with a line search, Liu and Nocedal, *On the limited memory BFGS method for large scale
/// optimization* (1989); see [ScaleByLbfgs] and [StrongWolfe]. One training step is one iteration;
/// it needs the objective at other weights, see [dev.lanewise.optim.transform.StepContext]. Its
/// batch should be all the data.
///
/// Only the convention torch: the last 100 pairs, the strong Wolfe conditions with c₁ = 1e-4 and
/// c₂ = 0.9, the first step tried `η·min(1, 1/‖g‖₁)`, afterwards η; no step once no gradient is
/// larger than 1e-7 or the slope is above −1e-9. Scikit-learn hands over to SciPy's L-BFGS-B, whose
/// line search is another.
public final class Lbfgs {
  private Lbfgs() {}

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
    convention.requireOneOf("L-BFGS", Convention.TORCH);
    return of(rate, 100);
  }

  /// With another length of memory.
  ///
  /// @param rate η(t), the first length that is tried
  /// @param history how many pairs are kept; each takes twice the parameters' memory
  /// @return the chain
  /// @throws IllegalArgumentException if a number is not positive
  public static Chain of(Schedule rate, int history) {
    return Chain.of(
        new ScaleByLbfgs(history),
        new StrongWolfe(rate, 1e-4, 0.9, 25, 1e-7, 1e-9, StrongWolfe.Start.RATE));
  }
}
