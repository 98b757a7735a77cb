package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import java.util.function.BiPredicate;

/// Keeps the norms of rows or columns of some matrices within a limit, Srivastava and others,
/// *Dropout: a simple way to prevent neural networks from overfitting* (2014), section 5.1: the new
/// weights `w + u` are scaled back where their norm is larger, up to a rounding. It belongs last in
/// a chain.
///
/// Weights are `[in,out]`: the weights that come into a unit are a column. The state says, in the
/// parameters' order, which are held.
///
/// @param limit the largest Euclidean norm of each step, positive
/// @param axis of what the norm is taken
/// @param held whether a parameter (path, parameter) is held; it must be a matrix
public record MaxNorm(Schedule limit, Axis axis, BiPredicate<String, Parameter> held)
    implements GradientTransform<boolean[]> {
  /// Of what the norm is taken.
  public enum Axis {
    /// Each row: what goes out of an input.
    ROWS,
    /// Each column: what comes into a unit.
    COLUMNS
  }

  /// A limit.
  ///
  /// @throws IllegalArgumentException if the limit is not positive
  public MaxNorm {
    Range.POSITIVE.require("largest norm", limit);
  }

  /// A constant limit of what comes into each unit, for all matrices.
  ///
  /// @param limit the largest Euclidean norm
  /// @throws IllegalArgumentException if the limit is not positive
  public MaxNorm(double limit) {
    this(new Constant(limit), Axis.COLUMNS, (path, parameter) -> parameter.shape().rank() == 2);
  }

  @Override
  public boolean[] init(Parameters parameters) {
    parameters
        .where(held)
        .byPath()
        .forEach(
            (path, parameter) -> {
              if (parameter.shape().rank() != 2) {
                throw new IllegalArgumentException(
                    "A largest norm is for matrices, but " + path + " is " + parameter + ".");
              }
            });
    return PerParameter.where(parameters, held);
  }

  @Override
  public String explain() {
    return "u ← (w + u)·min(1, %s/‖w + u‖) − w, of each %s of the chosen parameters"
        .formatted(Range.show(limit), axis == Axis.ROWS ? "row" : "column");
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, boolean[] state, StepContext step) {
    double most = Range.POSITIVE.at("largest norm", limit, step);
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      if (state[position]) {
        hold(most, parameter.value(), updates.get(position));
      }
      position++;
    }
  }

  private void hold(double most, Tensor weights, Tensor update) {
    int rows = weights.shape().dim(0);
    int columns = weights.shape().dim(1);
    double[] norms = new double[axis == Axis.ROWS ? rows : columns];
    for (int i = 0; i < update.size(); i++) {
      double next = weights.getFlat(i) + update.getFlat(i);
      norms[axis == Axis.ROWS ? i / columns : i % columns] += next * next;
    }
    for (int i = 0; i < update.size(); i++) {
      double norm = Math.sqrt(norms[axis == Axis.ROWS ? i / columns : i % columns]);
      if (norm > most) {
        double next = weights.getFlat(i) + update.getFlat(i);
        update.setFlat(i, next * (most / norm) - weights.getFlat(i));
      }
    }
  }
}
