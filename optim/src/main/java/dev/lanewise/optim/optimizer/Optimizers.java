package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import java.util.List;
import java.util.OptionalDouble;

/// Optimizers by the names that users write, with their usual settings.
public final class Optimizers {
  private static final double USUAL_MOMENTUM = 0.9;

  private Optimizers() {}

  /// The known names.
  ///
  /// @return the names
  public static List<String> names() {
    return List.of("sgd", "momentum", "nesterov", "adam", "adamw");
  }

  /// An optimizer with its usual settings and a constant rate, in PyTorch's convention where there
  /// is one, else the paper's.
  ///
  /// @param name one of [#names()]
  /// @param rate η
  /// @return the optimizer
  /// @throws IllegalArgumentException if the rate is not a positive number, or there is no such
  ///     name; the message lists the known ones
  public static Chain byName(String name, double rate) {
    return byName(name, Schedule.constant(rate), OptionalDouble.empty());
  }

  /// An optimizer with its usual settings, in PyTorch's convention where there is one, else the
  /// paper's.
  ///
  /// @param name one of [#names()]
  /// @param rate η(t)
  /// @param momentum another momentum than the usual one, 0.9
  /// @return the optimizer
  /// @throws IllegalArgumentException if a number is out of range, a momentum is given to an
  ///     optimizer that has none, or there is no such name; the message lists the known ones
  public static Chain byName(String name, Schedule rate, OptionalDouble momentum) {
    return switch (name) {
      case "momentum" -> Momentum.of(rate, momentum.orElse(USUAL_MOMENTUM));
      case "nesterov" -> Momentum.nesterov(rate, momentum.orElse(USUAL_MOMENTUM));
      case "sgd" -> withoutMomentum(name, Sgd.of(rate), momentum);
      case "adam" -> withoutMomentum(name, Adam.of(rate, Convention.TORCH), momentum);
      case "adamw" -> withoutMomentum(name, AdamW.of(rate, Convention.TORCH), momentum);
      default ->
          throw new IllegalArgumentException(
              "There is no optimizer '"
                  + name
                  + "': expected one of "
                  + String.join(", ", names())
                  + ".");
    };
  }

  private static Chain withoutMomentum(String name, Chain optimizer, OptionalDouble momentum) {
    if (momentum.isPresent()) {
      throw new IllegalArgumentException(
          "The optimizer '"
              + name
              + "' has no momentum, but "
              + momentum.getAsDouble()
              + " is given.");
    }
    return optimizer;
  }
}
