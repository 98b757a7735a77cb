package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transform together with the state it is running with.
///
/// @param transform the transform
/// @param state its state, changed by each step
/// @param <S> the type of the state
public record Bound<S extends @Nullable Object>(GradientTransform<S> transform, S state) {
  /// Starts a transform.
  ///
  /// @param transform the transform
  /// @param parameters the parameters that will be updated
  /// @param <S> the type of the state
  /// @return the transform with a new state
  public static <S extends @Nullable Object> Bound<S> start(
      GradientTransform<S> transform, Parameters parameters) {
    return new Bound<>(transform, transform.init(parameters));
  }

  /// Rewrites updates in place, see [GradientTransform#apply].
  ///
  /// @param updates one tensor for each parameter
  /// @param parameters the parameters, those that the state was made for
  /// @param step which step this is
  public void apply(List<Tensor> updates, Parameters parameters, StepContext step) {
    transform.apply(updates, parameters, state, step);
  }
}
