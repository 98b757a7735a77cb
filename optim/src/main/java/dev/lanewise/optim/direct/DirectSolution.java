package dev.lanewise.optim.direct;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.layers.Linear;
import java.util.Optional;
import java.util.OptionalDouble;

/// A model that was solved for, with the evidence that it is the best one.
///
/// @param model the model, of float64; [dev.lanewise.core.graph.Parameters#convert] makes another
/// @param objective what was minimised, at the model's weights: the mean loss of a row plus the
///     penalty
/// @param optimality how far the weights may be from the best ones: the largest element of the
///     objective's gradient if it has one, else the gap between the objective and a lower bound of
///     it; 0 up to rounding
/// @param condition an estimate of the condition number of the equations solved; empty where there
///     is none
/// @param iterations the number of Newton's steps; 0 for a model solved in one
/// @param explanation in one sentence, how it was solved
public record DirectSolution(
    Linear model,
    double objective,
    double optimality,
    OptionalDouble condition,
    int iterations,
    String explanation) {

  /// The layer with these weights.
  ///
  /// @param weight row-major `[in,out]`; shared
  /// @param bias of `out` elements; shared
  static Linear linear(double[] weight, double[] bias) {
    Shape shape = Shape.of(weight.length / bias.length, bias.length);
    return new Linear(
        Parameter.of(new DoubleTensor(shape, weight, 0)),
        Optional.of(Parameter.of(new DoubleTensor(Shape.of(bias.length), bias, 0))));
  }
}
