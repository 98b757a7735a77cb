package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of Adagrad, Duchi, Hazan and Singer, *Adaptive subgradient methods for online
/// learning and stochastic optimization* (2011), Figure 1 in its diagonal form: `v ← v + u²`,
/// `u ← u / (√v + ε)` (their δ is ε).
///
/// @param epsilon ε of each step, at least 0
/// @param place where ε stands
/// @param initial v before the first step, at least 0
public record ScaleByAdagrad(Schedule epsilon, RootEpsilon place, double initial)
    implements GradientTransform<PerParameter> {
  /// Adagrad's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdagrad {
    Range.NOT_NEGATIVE.require("epsilon", epsilon);
    Range.NOT_NEGATIVE.require("initial sum of squares", initial);
  }

  @Override
  public PerParameter init(Parameters parameters) {
    PerParameter sums = PerParameter.zerosLike(parameters);
    sums.tensors().forEach(sum -> TensorMath.fill(initial, sum));
    return sums;
  }

  @Override
  public String explain() {
    return "v ← v + u² from %s, u ← u / %s"
        .formatted(initial, place.explain("v", Range.show(epsilon)));
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, PerParameter state, StepContext step) {
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    for (int i = 0; i < updates.size(); i++) {
      Elementwise.mixSquare(1, 1, updates.get(i), state.get(i));
      Elementwise.divideByRoot(
          1, state.get(i), place.inside(eps), place.outside(eps), updates.get(i));
    }
  }
}
