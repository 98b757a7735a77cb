package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.transform.Chain;
import java.util.List;

/// Optimizers by the names that users write, with their usual settings.
public final class Optimizers {
  private static final double USUAL_MOMENTUM = 0.9;
  private static final double USUAL_DECAY = 1e-2;

  private Optimizers() {}

  /// The known names.
  ///
  /// @return the names
  public static List<String> names() {
    return List.of("sgd", "momentum", "nesterov", "adam", "adamw");
  }

  /// An optimizer with its usual settings: momentum 0.9; Adam's β₁ 0.9, β₂ 0.999, ε 1e-8; decay
  /// 1e-2 for AdamW.
  ///
  /// @param name one of [#names()]
  /// @param rate η
  /// @return the optimizer
  /// @throws IllegalArgumentException if the rate is not a positive number, or there is no such
  ///     name; the message lists the known ones
  public static Chain byName(String name, double rate) {
    return switch (name) {
      case "sgd" -> Sgd.of(rate);
      case "momentum" -> Momentum.of(rate, USUAL_MOMENTUM);
      case "nesterov" -> Momentum.nesterov(rate, USUAL_MOMENTUM);
      case "adam" -> Adam.of(rate);
      case "adamw" -> AdamW.of(rate, USUAL_DECAY);
      default ->
          throw new IllegalArgumentException(
              "There is no optimizer '"
                  + name
                  + "': expected one of "
                  + String.join(", ", names())
                  + ".");
    };
  }
}
