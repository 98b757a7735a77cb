package dev.lanewise.optim;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.Moments;
import dev.lanewise.optim.transform.PerParameter;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.StepContext;
import dev.lanewise.optim.transform.Trace;
import java.util.List;
import java.util.Optional;

/// What a few chains of transforms do, done in one pass over memory: to the bit the same weights
/// and the same state, which it shares with the chain.
@FunctionalInterface
interface OnePassUpdate {
  /// Updates weights and state.
  ///
  /// @param gradient the gradient; only read
  /// @param weights the weights
  /// @param position the position of the weights' parameter in the state
  /// @param step which step this is
  /// @return whether all weights are finite afterwards
  boolean apply(Tensor gradient, Tensor weights, int position, StepContext step);

  /// The chains that are known; here and nowhere else.
  ///
  /// @param optimizer a running optimizer
  /// @return what does the same in one pass, or nothing
  static Optional<OnePassUpdate> of(Bound<?> optimizer) {
    if (!(optimizer.state() instanceof List<?> links) || links.size() != 2) {
      return Optional.empty();
    }
    if (!(links.get(1) instanceof Bound<?> last)
        || !(last.transform() instanceof ScaleByRate(Schedule rate))) {
      return Optional.empty();
    }
    return switch (links.get(0)) {
      case Bound<?>(ScaleByAdam adam, Moments moments) -> Optional.of(adam(adam, moments, rate));
      case Bound<?>(Trace(double momentum, boolean nesterov), PerParameter velocity)
          when !nesterov ->
          Optional.of(momentum(momentum, velocity, rate));
      case null, default -> Optional.empty();
    };
  }

  private static OnePassUpdate adam(ScaleByAdam adam, Moments moments, Schedule rate) {
    return (gradient, weights, position, step) ->
        TensorMath.adamStep(
            gradient,
            moments.first().get(position),
            moments.second().get(position),
            weights,
            adam.beta1(),
            adam.beta2(),
            adam.correction1(step),
            adam.correction2(step),
            adam.epsilon(),
            -rate.at(step.number()));
  }

  private static OnePassUpdate momentum(double momentum, PerParameter velocity, Schedule rate) {
    return (gradient, weights, position, step) ->
        TensorMath.momentumStep(
            gradient, velocity.get(position), weights, momentum, -rate.at(step.number()));
  }
}
