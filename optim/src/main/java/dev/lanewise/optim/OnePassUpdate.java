package dev.lanewise.optim;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
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
  /// Begins a step: once, before the weights of each parameter.
  ///
  /// @param step which step this is
  /// @return how one parameter is updated in this step
  OfParameter begin(StepContext step);

  /// The update of one parameter in one step.
  @FunctionalInterface
  interface OfParameter {
    /// Updates weights and state.
    ///
    /// @param gradient the gradient; only read
    /// @param weights the weights
    /// @param position the position of the weights' parameter in the state
    /// @return whether all weights are finite afterwards
    boolean apply(Tensor gradient, Tensor weights, int position);
  }

  /// The chains that are known; here and nowhere else.
  ///
  /// @param optimizer a running optimizer
  /// @return what does the same in one pass, or nothing
  static Optional<OnePassUpdate> of(Bound<?> optimizer) {
    if (!(optimizer.state() instanceof List<?> links) || links.size() != 2) {
      return Optional.empty();
    }
    if (!(links.get(1) instanceof Bound<?> last)
        || !(last.transform() instanceof ScaleByRate rate)) {
      return Optional.empty();
    }
    return switch (links.get(0)) {
      case Bound<?>(ScaleByAdam adam, Moments moments) -> Optional.of(adam(adam, moments, rate));
      case Bound<?>(Trace trace, PerParameter velocity) when !trace.nesterov() ->
          Optional.of(momentum(trace, velocity, rate));
      case null, default -> Optional.empty();
    };
  }

  private static OnePassUpdate adam(ScaleByAdam adam, Moments moments, ScaleByRate rate) {
    return step -> {
      ScaleByAdam.Coefficients now = adam.advance(moments, step);
      double factor = rate.factor(step);
      return (gradient, weights, position) ->
          TensorMath.adamStep(
              gradient,
              moments.first().get(position),
              moments.second().get(position),
              weights,
              now.beta1(),
              now.beta2(),
              now.correction1(),
              now.correction2(),
              now.epsilon(),
              factor);
    };
  }

  private static OnePassUpdate momentum(Trace trace, PerParameter velocity, ScaleByRate rate) {
    return step -> {
      double momentum = trace.momentum(step);
      double factor = rate.factor(step);
      return (gradient, weights, position) ->
          TensorMath.momentumStep(gradient, velocity.get(position), weights, momentum, factor);
    };
  }
}
