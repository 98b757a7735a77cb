package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.RootEpsilon;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.ScaleByRms;
import dev.lanewise.optim.transform.Trace;
import dev.lanewise.optim.transform.Velocity;

/// RMSprop, Tieleman and Hinton, *Lecture 6.5: RMSprop* (2012), and centred, Graves, *Generating
/// sequences with recurrent neural networks* (2013), equations 38 to 41; see [ScaleByRms].
///
/// | convention | direction d | momentum μ | ρ | ε |
/// |---|---|---|---|---|
/// | torch | `g/(√v + ε)` | `b ← μb + d`, `w ← w − ηb` | 0.99 | 1e-8 |
/// | keras | `g/√(v + ε)` | `b ← μb + ηd`, `w ← w − b` | 0.9 | 1e-7 |
/// | paper | `g/√(v − m² + ε)` | as keras, μ = 0.9 | 0.95 | 1e-4 |
///
/// The paper is that of Graves. Unless told, there is no momentum and nothing is centred in torch
/// and keras.
public final class Rmsprop {
  private Rmsprop() {}

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
    convention.requireOneOf("RMSprop", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    boolean paper = convention == Convention.PAPER;
    return of(rate, new Constant(paper ? 0.9 : 0), paper, convention);
  }

  /// In a convention, with its other defaults.
  ///
  /// @param rate η(t)
  /// @param momentum μ(t), 0 for none
  /// @param centred whether the squared mean of the gradients is taken off
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range, or there is no such convention
  public static Chain of(Schedule rate, Schedule momentum, boolean centred, Convention convention) {
    convention.requireOneOf("RMSprop", Convention.TORCH, Convention.KERAS, Convention.PAPER);
    ScaleByRms direction =
        switch (convention) {
          case TORCH, SKLEARN ->
              new ScaleByRms(new Constant(0.99), new Constant(1e-8), RootEpsilon.OUTSIDE, centred);
          case KERAS ->
              new ScaleByRms(new Constant(0.9), new Constant(1e-7), RootEpsilon.INSIDE, centred);
          case PAPER ->
              new ScaleByRms(new Constant(0.95), new Constant(1e-4), RootEpsilon.INSIDE, centred);
        };
    if (momentum instanceof Constant(double none) && none == 0) {
      return Chain.of(direction, new ScaleByRate(rate));
    }
    return convention == Convention.TORCH
        ? Chain.of(direction, new Trace(momentum, false), new ScaleByRate(rate))
        : Chain.of(direction, new Velocity(rate, momentum, false));
  }
}
