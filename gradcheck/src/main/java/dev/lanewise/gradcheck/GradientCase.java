package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.tensor.Tensor;

/// A check that can be listed before it is run: one row of the table of all ops, layers and losses.
///
/// ```java
/// GradientCase.layer("Linear", new Linear(weight, Optional.of(bias)), x);
/// GradientCase.loss("SquaredError", new SquaredError(), prediction, target);
/// ```
///
/// @param name the name of the op, layer or loss
/// @param kind what it is
/// @param check what to do with a checker
public record GradientCase(String name, Kind kind, Check check) {
  /// What a case checks.
  public enum Kind {
    /// A primitive of the graph.
    OP,
    /// A layer with an input.
    LAYER,
    /// A loss with a prediction and a target.
    LOSS
  }

  /// A check that waits for its checker.
  @FunctionalInterface
  public interface Check {
    /// Checks.
    ///
    /// @param checker the checker: seed, regimes, threads
    /// @return the report
    GradientReport by(GradientChecker checker);
  }

  /// A case that checks a layer with [GradientChecker#checkLayer].
  ///
  /// @param name the layer's name
  /// @param layer the layer, its parameters float64
  /// @param x the input, float64, at least three rows
  /// @return the case
  public static GradientCase layer(String name, Layer layer, Tensor x) {
    return new GradientCase(name, Kind.LAYER, checker -> checker.checkLayer(name, layer, x));
  }

  /// A case that checks a layer whose gradient is zero wherever it has one.
  ///
  /// @param name the layer's name
  /// @param layer the layer, its parameters float64
  /// @param x the input, float64, at least three rows
  /// @return the case
  public static GradientCase flatLayer(String name, Layer layer, Tensor x) {
    return new GradientCase(
        name, Kind.LAYER, checker -> checker.flatFunction().checkLayer(name, layer, x));
  }

  /// A case that checks a loss with [GradientChecker#checkLoss].
  ///
  /// @param name the loss's name
  /// @param loss the loss
  /// @param prediction the prediction, float64, at least three rows
  /// @param target the target, of the shape the loss demands
  /// @return the case
  public static GradientCase loss(String name, Loss loss, Tensor prediction, Tensor target) {
    return new GradientCase(
        name, Kind.LOSS, checker -> checker.checkLoss(name, loss, prediction, target));
  }

  /// Runs the check.
  ///
  /// @param checker the checker
  /// @return the report
  public GradientReport run(GradientChecker checker) {
    return check.by(checker);
  }
}
