package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gradient accumulation: a transform sees the mean of every k updates, and there is no update in
/// the steps between. For equal batches without random draws that is a batch k times as large.
///
/// The transform's steps are counted on their own: its first is the k-th, so a schedule in it is
/// in accumulated steps.
///
/// @param every k, at least 1
/// @param inner the transform, usually a whole optimizer
/// @param <S> the type of its state
public record Accumulate<S extends @Nullable Object>(int every, GradientTransform<S> inner)
    implements GradientTransform<Accumulate.State<S>> {
  /// What is remembered.
  ///
  /// @param sums the sum of the updates since the last of every k
  /// @param count how many steps were made in all, a FLOAT64 tensor of rank 0
  /// @param inner the state of the transform
  /// @param <S> the type of that state
  public record State<S extends @Nullable Object>(PerParameter sums, Tensor count, S inner) {}

  /// Accumulation.
  ///
  /// @throws IllegalArgumentException if k is not positive
  public Accumulate {
    if (every < 1) {
      throw new IllegalArgumentException(
          "Gradients are accumulated over at least 1 step, but not " + every + ".");
    }
  }

  @Override
  public State<S> init(Parameters parameters) {
    return new State<>(
        PerParameter.zerosLike(parameters),
        Tensor.scalar(DType.FLOAT64, 0),
        inner.init(parameters));
  }

  @Override
  public String explain() {
    return "u ← mean of %d steps, at every %d-th; 0 between\n".formatted(every, every)
        + inner.explain();
  }

  @Override
  public boolean elementwise() {
    return inner.elementwise();
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State<S> state, StepContext step) {
    long count = (long) state.count.item() + 1;
    state.count.setFlat(0, (double) count);
    boolean last = count % every == 0;
    for (int i = 0; i < updates.size(); i++) {
      Tensor sum = state.sums.get(i);
      TensorMath.add(sum, updates.get(i), sum);
      if (last) {
        TensorMath.scale(1.0 / every, sum, updates.get(i));
        TensorMath.fill(0, sum);
      } else {
        TensorMath.fill(0, updates.get(i));
      }
    }
    if (last) {
      StepContext own =
          new StepContext(count / every, step.loss(), step.monitored(), step.objective());
      inner.apply(updates, parameters, state.inner, own);
    }
  }
}
