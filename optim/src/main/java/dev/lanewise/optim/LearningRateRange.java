package dev.lanewise.optim;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.schedule.Exponential;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.GradientTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The learning-rate range test of Smith, *Cyclical learning rates for training neural networks*
/// (2017), section 3.3: trains for some steps with a rate that grows from step to step by the same
/// factor, and looks where the loss falls and where it begins to rise. The model has the weights it
/// had before when the test is done.
///
/// @param lowest the rate of the first step
/// @param highest the rate of the last step
/// @param steps how many steps there are, at least 2
/// @param batchSize how many rows make a batch
/// @param seed what the order of the rows derives from
public record LearningRateRange(
    double lowest, double highest, int steps, int batchSize, long seed) {
  /// How much of the mean the losses before have.
  private static final double SMOOTHING = 0.9;

  /// How many times the least loss ends the test.
  private static final double TOO_HIGH = 4;

  /// A step of the test.
  ///
  /// @param rate its learning rate
  /// @param loss the mean of the losses up to it, of which each counts 0.9 times as much as the one
  ///     after it
  public record Point(double rate, double loss) {}

  /// What the test found.
  ///
  /// @param points the steps, until the loss was four times its least value or not finite
  public record Result(List<Point> points) {
    /// A result.
    public Result {
      points = List.copyOf(points);
    }

    /// A tenth of the rate at which the loss was least: below the edge by as much as is usual. It
    /// is a place to begin, and no more.
    ///
    /// @return the rate; empty if no step had a finite loss
    public Optional<Double> suggestion() {
      return points.stream()
          .min(Comparator.comparingDouble(Point::loss))
          .map(point -> point.rate() / 10);
    }
  }

  /// A range.
  ///
  /// @throws IllegalArgumentException if the rates do not ascend from above 0, or there are less
  ///     than two steps
  public LearningRateRange {
    if (!(lowest > 0 && lowest < highest && highest < Double.POSITIVE_INFINITY) || steps < 2) {
      throw new IllegalArgumentException(
          "A range of learning rates needs 0 < lowest < highest and at least 2 steps, but has %s,"
                  .formatted(lowest)
              + " %s and %d steps.".formatted(highest, steps));
    }
  }

  /// Runs the test.
  ///
  /// @param model the model; its weights are changed and brought back
  /// @param loss what to make small: a mean over the rows of a batch
  /// @param optimizer what makes an optimizer of a learning rate, as in `Adam::of`
  /// @param training the rows to learn from
  /// @return what it found
  /// @throws IllegalArgumentException if there are no rows, or the model has nothing to train
  public Result run(
      Layer model,
      Loss loss,
      Function<Schedule, ? extends GradientTransform<?>> optimizer,
      Dataset training) {
    Schedule rates = new Exponential(lowest, highest / lowest, steps - 1);
    Smoothed smoothed = new Smoothed(rates);
    List<Parameter> parameters = Parameters.of(model).list();
    List<Tensor> before = parameters.stream().map(each -> each.value().copy()).toList();
    try {
      Trainer.of(model, loss, optimizer.apply(rates))
          .batchSize(batchSize)
          .epochs(steps)
          .seed(seed)
          .observer(smoothed)
          .stopWhen(() -> smoothed.isDone(steps))
          .fit(training);
    } finally {
      for (int i = 0; i < before.size(); i++) {
        TensorMath.copy(before.get(i), parameters.get(i).value());
      }
    }
    return new Result(smoothed.points);
  }

  /// Takes down the losses as they come.
  private static final class Smoothed implements TrainingObserver {
    private final Schedule rates;
    private final List<Point> points = new ArrayList<>();
    private double sum;
    private double weights;
    private double least = Double.POSITIVE_INFINITY;

    Smoothed(Schedule rates) {
      this.rates = rates;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.StepDone step) {
        sum = SMOOTHING * sum + step.loss();
        weights = SMOOTHING * weights + 1;
        points.add(new Point(rates.at(step.step()), sum / weights));
        least = Math.min(least, sum / weights);
      }
    }

    boolean isDone(int steps) {
      return points.size() >= steps || points.getLast().loss() > TOO_HIGH * least;
    }
  }
}
