package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step on the way from gradients to updates: `(u, w, state) → u'`. Several make an optimizer,
/// see [Chain]; the last of them has the sign of a descent, so that the caller adds: `w ← w + u`.
/// The design is that of the library optax.
///
/// A transform is a value and keeps nothing; what it must remember between steps is its state,
/// which [#init] makes and its caller owns; it is made of tensors, in records and lists, so that it
/// can be saved, see [StateTensors].
///
/// @param <S> the state; `Void`, with null, if there is nothing to remember
public interface GradientTransform<S extends @Nullable Object> {
  /// The state before the first step.
  ///
  /// @param parameters the parameters that will be updated
  /// @return a new state
  S init(Parameters parameters);

  /// Rewrites updates in place, and updates the state.
  ///
  /// @param updates one tensor for each parameter, in the order of the parameters that the state
  ///     was made for: the gradients, or what the transforms before made of them
  /// @param parameters the parameters themselves, in the same order; only read
  /// @param state the state, made by [#init] for the same parameters
  /// @param step which step this is
  void apply(List<Tensor> updates, Parameters parameters, S state, StepContext step);

  /// Whether each element of an update depends on the same element of what was there before alone:
  /// of the update, of its parameter, of the state. A trainer may then cut the parameters along
  /// their rows into pieces, under the same paths and with as many axes, and give each piece a
  /// state of its own; a norm over a whole tensor would not be what it was. Which parameters are
  /// chosen is asked of [dev.lanewise.core.graph.Parameter#whole], not of the piece.
  ///
  /// @return whether it is so; false unless overridden
  default boolean elementwise() {
    return false;
  }

  /// The rule in use with its numbers, one line for each transform, as in `u ← u + 1e-4·w`.
  ///
  /// @return the lines
  String explain();
}
