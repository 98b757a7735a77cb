package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import java.util.List;

/// What all losses demand.
final class Checks {
  /// The positions of a loss's inputs.
  static final int PREDICTION = 0;

  static final int TARGET = 1;

  private Checks() {}

  static void requireTwo(String op, List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new ShapeException(
          op + " takes a prediction and a target, but was given " + inputs.size() + " inputs.");
    }
  }

  /// Demands one row per example, and equal shapes.
  static void requireSameRows(String loss, Shape prediction, Shape target) {
    if (prediction.rank() == 0) {
      throw new ShapeException(
          loss + ": the prediction must have one row per example, but is a single number.");
    }
    ShapeException.requireEqual(loss, "the prediction", prediction, "the target", target);
  }

  /// Demands something to take a mean over.
  static void requireNotEmpty(String loss, Shape prediction) {
    if (prediction.size() == 0) {
      throw new ShapeException(
          loss + ": there is no mean over a prediction of shape " + prediction + ".");
    }
  }

  static void refuseTargetGradient(String op, GradientSink sink) {
    if (sink.needs(TARGET)) {
      throw new IllegalArgumentException(
          op
              + ": the target is data and has no gradient, but it depends on a variable or on a"
              + " parameter that is not frozen.");
    }
  }
}
