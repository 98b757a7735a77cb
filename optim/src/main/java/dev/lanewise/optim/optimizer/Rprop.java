package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.StepByRprop;

/// Resilient backpropagation, Riedmiller and Braun, *A direct adaptive method for faster
/// backpropagation learning: the RPROP algorithm* (1993); see [StepByRprop]. Where the sign of a
/// gradient changes, the convention torch makes no update, the paper takes the last one back.
/// Factors 0.5 and 1.2, steps from 1e-6 to 50 in both.
///
/// The rate is the first step of each weight, usually 1e-2 (0.1 in the paper), and nothing
/// afterwards: it must be a constant.
public final class Rprop {
  private Rprop() {}

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
    convention.requireOneOf("Rprop", Convention.TORCH, Convention.PAPER);
    if (!(rate instanceof Constant(double initial))) {
      throw new IllegalArgumentException(
          "Rprop makes steps of its own, and its rate is the first of them: it must be a constant,"
              + " but is "
              + rate
              + ".");
    }
    return Chain.of(
        new StepByRprop(
            initial,
            new Constant(0.5),
            new Constant(1.2),
            1e-6,
            50,
            convention == Convention.PAPER));
  }
}
