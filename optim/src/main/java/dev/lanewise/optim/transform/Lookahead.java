package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lookahead, Zhang, Lucas, Hinton and Ba, *Lookahead optimizer: k steps forward, 1 step back*
/// (2019), Algorithm 1: after every k steps of an optimizer the slow weights follow,
/// `s ← s + α·(w − s)`, and the weights go back to them, `w ← s`.
///
/// @param inner the optimizer
/// @param every k, at least 1; 5 in the paper
/// @param pull α, more than 0 and at most 1; 0.5 in the paper
/// @param <S> the type of its state
public record Lookahead<S extends @Nullable Object>(
    GradientTransform<S> inner, int every, double pull)
    implements GradientTransform<Lookahead.State<S>> {
  /// What is remembered.
  ///
  /// @param slow the slow weights s
  /// @param count how many steps were made, a FLOAT64 tensor of rank 0
  /// @param inner the state of the optimizer
  /// @param <S> the type of that state
  public record State<S extends @Nullable Object>(PerParameter slow, Tensor count, S inner) {}

  /// Lookahead.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public Lookahead {
    if (every < 1) {
      throw new IllegalArgumentException(
          "Lookahead looks at least 1 step ahead, but not " + every + ".");
    }
    if (!(pull > 0 && pull <= 1)) {
      throw new IllegalArgumentException(
          "The pull of lookahead must be more than 0 and at most 1, but is " + pull + ".");
    }
  }

  @Override
  public State<S> init(Parameters parameters) {
    return new State<>(
        PerParameter.copiesOf(parameters), Tensor.scalar(DType.FLOAT64, 0), inner.init(parameters));
  }

  @Override
  public String explain() {
    return inner.explain()
        + "\nat every %d-th step: s ← s + %s·(w + u − s), u ← s − w".formatted(every, pull);
  }

  @Override
  public boolean elementwise() {
    return inner.elementwise();
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State<S> state, StepContext step) {
    inner.apply(updates, parameters, state.inner, step);
    double count = state.count.item() + 1;
    state.count.setFlat(0, count);
    if (count % every != 0) {
      return;
    }
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      Tensor update = updates.get(position);
      Tensor slow = state.slow.get(position++);
      TensorMath.add(parameter.value(), update, update);
      Elementwise.mix(1 - pull, slow, pull, update, slow);
      Elementwise.mix(1, slow, -1, parameter.value(), update);
      TensorMath.add(parameter.value(), update, slow); // the weights' own bits
    }
  }
}
