package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/// The direction of Adafactor, Shazeer and Stern, *Adafactor: adaptive learning rates with
/// sublinear memory cost* (2018), Algorithms 4 and 5: the mean v of squares of a matrix is kept as
/// its means by row, r, and by column, c: `v ≈ r·cᵀ/mean(r)`, `u ← u/√v`; of tensors with another
/// number of axes, v is kept itself. Its decay grows, `β(t) = 1 − t^(−power)`.
///
/// @param power how fast the decay grows to 1, positive; 0.8 in the paper
/// @param epsilon ε, at least 0
/// @param floor whether ε is a floor, as in PyTorch (`mean(r)` and `√v` are at least ε), instead of
///     being added to each square, as in the paper and Keras
public record ScaleByFactoredRms(Schedule power, double epsilon, boolean floor)
    implements GradientTransform<ScaleByFactoredRms.State> {
  /// What is remembered.
  ///
  /// @param rows r of each matrix; v of what is no matrix
  /// @param columns c of each matrix; a zero for what is no matrix
  public record State(PerParameter rows, PerParameter columns) {}

  /// Adafactor's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByFactoredRms {
    Range.POSITIVE.require("power of Adafactor's decay", power);
    Range.NOT_NEGATIVE.require("epsilon of Adafactor", epsilon);
  }

  @Override
  public State init(Parameters parameters) {
    List<Tensor> rows = new ArrayList<>();
    List<Tensor> columns = new ArrayList<>();
    for (Parameter each : parameters.list()) {
      Shape shape = each.shape();
      boolean matrix = shape.rank() == 2;
      rows.add(Tensor.zeros(each.dtype(), matrix ? Shape.of(shape.dim(0)) : shape));
      columns.add(Tensor.zeros(each.dtype(), matrix ? Shape.of(shape.dim(1)) : Shape.SCALAR));
    }
    return new State(new PerParameter(rows), new PerParameter(columns));
  }

  @Override
  public String explain() {
    String squares = floor ? "u²" : "u² + " + epsilon;
    return ("β = 1 − t^(−%s), r ← β·r + (1−β)·mean by row(%s), c ← the same by column, "
            + "v = r·cᵀ/mean(r), u ← u/√v%s")
        .formatted(Range.show(power), squares, floor ? ", mean(r) and √v at least " + epsilon : "");
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    double exponent = Range.POSITIVE.at("power of Adafactor's decay", power, step);
    double keep = 1 - StrictMath.pow((double) step.number(), -exponent);
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      if (update.shape().rank() == 2) {
        factored(keep, state.rows.get(i), state.columns.get(i), update);
      } else {
        whole(keep, state.rows.get(i), update);
      }
    }
  }

  private void whole(double keep, Tensor squares, Tensor update) {
    Elementwise.mixSquare(keep, 1 - keep, update, squares);
    if (!floor) {
      Elementwise.shift((1 - keep) * epsilon, squares);
    }
    for (int i = 0; i < update.size(); i++) {
      update.setFlat(i, update.getFlat(i) / root(squares.getFlat(i)));
    }
  }

  private void factored(double keep, Tensor rows, Tensor columns, Tensor update) {
    int height = rows.size();
    int width = columns.size();
    double added = floor ? 0 : epsilon;
    double[] byRow = new double[height];
    double[] byColumn = new double[width];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        double value = update.getFlat(i * width + j);
        byRow[i] += value * value + added;
        byColumn[j] += value * value + added;
      }
    }
    double mean = 0;
    for (int i = 0; i < height; i++) {
      rows.setFlat(i, keep * rows.getFlat(i) + (1 - keep) * (byRow[i] / width));
      mean += rows.getFlat(i) / height;
    }
    for (int j = 0; j < width; j++) {
      columns.setFlat(j, keep * columns.getFlat(j) + (1 - keep) * (byColumn[j] / height));
    }
    double divisor = floor ? Math.max(mean, epsilon) : mean;
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        int at = i * width + j;
        double square = rows.getFlat(i) / divisor * columns.getFlat(j);
        update.setFlat(at, update.getFlat(at) / root(square));
      }
    }
  }

  private double root(double square) {
    return floor ? Math.max(Math.sqrt(square), epsilon) : Math.sqrt(square);
  }
}
