package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.tensor.Tensor;
import java.util.function.Supplier;

/// A check that can be listed before it is run: one row of the table of all ops, layers and losses.
///
/// ```java
/// GradientCase.layer("Linear", new Linear(weight, Optional.of(bias)), x);
/// GradientCase.loss("SquaredError", new SquaredError(), prediction, target);
/// ```
///
/// @param name the name of the op, layer or loss
/// @param kind what it is
/// @param check runs the check
public record GradientCase(String name, Kind kind, Supplier<GradientReport> check) {
  private static final long SEED = 1;

  /// What a case checks.
  public enum Kind {
    /// A primitive of the graph.
    OP,
    /// A layer with an input.
    LAYER,
    /// A loss with a prediction and a target.
    LOSS
  }

  /// A case that checks a layer with [GradientChecker#checkLayer], seed 1.
  ///
  /// @param name the layer's name
  /// @param layer the layer, its parameters float64
  /// @param x the input, float64, at least three rows
  /// @return the case
  public static GradientCase layer(String name, Layer layer, Tensor x) {
    return new GradientCase(
        name, Kind.LAYER, () -> GradientChecker.seeded(SEED).checkLayer(name, layer, x));
  }

  /// A case that checks a layer whose gradient is zero wherever it has one, seed 1.
  ///
  /// @param name the layer's name
  /// @param layer the layer, its parameters float64
  /// @param x the input, float64, at least three rows
  /// @return the case
  public static GradientCase flatLayer(String name, Layer layer, Tensor x) {
    return new GradientCase(
        name,
        Kind.LAYER,
        () -> GradientChecker.seeded(SEED).flatFunction().checkLayer(name, layer, x));
  }

  /// A case that checks a loss with [GradientChecker#checkLoss], seed 1.
  ///
  /// @param name the loss's name
  /// @param loss the loss
  /// @param prediction the prediction, float64, at least three rows
  /// @param target the target, of the shape the loss demands
  /// @return the case
  public static GradientCase loss(String name, Loss loss, Tensor prediction, Tensor target) {
    return new GradientCase(
        name,
        Kind.LOSS,
        () -> GradientChecker.seeded(SEED).checkLoss(name, loss, prediction, target));
  }

  /// Runs the check.
  ///
  /// @return the report
  public GradientReport run() {
    return check.get();
  }
}
