package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.stopping.Direction;
import java.util.List;
import java.util.OptionalDouble;

/// `u ← s·u` with a scale s, at first 1, that is multiplied by `factor` when what early stopping
/// monitors has not become better for more than `patience` epochs, but never below `least`. After a
/// reduction `cooldown` epochs are not counted. It stands behind the learning rate in a [Chain].
///
/// The conventions are those of PyTorch's `ReduceLROnPlateau`, in its mode `min` or `max`: better
/// is what lies beyond the best by more than `threshold·|best|` if relative, else by more than
/// `threshold` (PyTorch has `best·(1 ± threshold)`, which differs below zero: there a worse number
/// would count as better). A tie is not better, and NaN and ±∞ never are.
///
/// [StepContext#monitored] holds the same number during all steps of an epoch, so the transform
/// must know how many these are. The state is the scale, the best, and how many epochs it waited
/// and still cools down.
///
/// @param direction which numbers are better
/// @param factor what a reduction multiplies by, between 0 and 1
/// @param patience how many epochs without a better number are borne, at least 0
/// @param threshold by how much a number must be better, at least 0
/// @param relative whether the threshold is a share of the best
/// @param cooldown how many epochs after a reduction are not counted, at least 0
/// @param least the smallest scale, from 0 to 1
/// @param stepsPerEpoch how many steps an epoch has
public record ReduceOnPlateau(
    Direction direction,
    double factor,
    int patience,
    double threshold,
    boolean relative,
    int cooldown,
    double least,
    long stepsPerEpoch)
    implements GradientTransform<ReduceOnPlateau.State> {
  /// What is remembered: FLOAT64 tensors of rank 0.
  ///
  /// @param scale s
  /// @param best the best number so far; ±∞ before there is one
  /// @param waited how many epochs in a row were not better
  /// @param cooling how many epochs are still not counted
  public record State(Tensor scale, Tensor best, Tensor waited, Tensor cooling) {}

  /// A reduction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ReduceOnPlateau {
    require(factor > 0 && factor < 1, "factor", "between 0 and 1", factor);
    require(patience >= 0, "patience", "at least 0", patience);
    require(threshold >= 0 && Double.isFinite(threshold), "threshold", "at least 0", threshold);
    require(cooldown >= 0, "cooldown", "at least 0", cooldown);
    require(least >= 0 && least <= 1, "smallest scale", "from 0 to 1", least);
    require(stepsPerEpoch >= 1, "number of steps per epoch", "at least 1", stepsPerEpoch);
  }

  /// With PyTorch's usual numbers: threshold 1e-4, relative; no cooldown and no smallest scale.
  ///
  /// @param direction which numbers are better
  /// @param factor what a reduction multiplies by, 0.1 in PyTorch
  /// @param patience how many epochs without a better number are borne, 10 in PyTorch
  /// @param stepsPerEpoch how many steps an epoch has
  /// @return the transform
  /// @throws IllegalArgumentException if a number is out of range
  public static ReduceOnPlateau of(
      Direction direction, double factor, int patience, long stepsPerEpoch) {
    return new ReduceOnPlateau(direction, factor, patience, 1e-4, true, 0, 0, stepsPerEpoch);
  }

  @Override
  public State init(Parameters parameters) {
    double worst = direction == Direction.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return new State(number(1), number(worst), number(0), number(0));
  }

  @Override
  public String explain() {
    return "u ← s·u, s ← max(%s·s, %s) after more than %d epochs without a %s by %s%s"
        .formatted(
            factor,
            least,
            patience,
            direction == Direction.MIN ? "fall" : "rise",
            threshold,
            relative ? " of the best" : "");
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    OptionalDouble monitored = step.monitored();
    boolean firstOfEpoch = (step.number() - 1) % stepsPerEpoch == 0;
    if (firstOfEpoch && monitored.isPresent()) {
      see(monitored.getAsDouble(), state);
    }
    for (Tensor update : updates) {
      TensorMath.scale(state.scale().item(), update, update);
    }
  }

  private void see(double value, State state) {
    double waited = state.waited().item() + 1;
    if (isBetter(value, state.best().item())) {
      state.best().setFlat(0, value);
      waited = 0;
    }
    double cooling = state.cooling().item();
    if (cooling > 0) {
      state.cooling().setFlat(0, cooling - 1);
      waited = 0;
    }
    if (waited > patience) {
      state.scale().setFlat(0, Math.max(factor * state.scale().item(), least));
      state.cooling().setFlat(0, cooldown);
      waited = 0;
    }
    state.waited().setFlat(0, waited);
  }

  private boolean isBetter(double value, double best) {
    if (!Double.isFinite(value) || !Double.isFinite(best)) {
      return Double.isFinite(value);
    }
    double margin = relative ? threshold * Math.abs(best) : threshold;
    return direction.isBetter(value, direction == Direction.MIN ? best - margin : best + margin);
  }

  private static Tensor number(double value) {
    return Tensor.scalar(DType.FLOAT64, value);
  }

  private static void require(boolean holds, String what, String expected, Number found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Reduce on plateau: the %s must be %s, but is %s.".formatted(what, expected, found));
    }
  }
}
