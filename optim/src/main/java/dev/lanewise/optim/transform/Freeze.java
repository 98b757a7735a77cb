package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.function.BiPredicate;

/// `u ← 0` for some of the parameters: they keep their values. It belongs last in a chain, because
/// a decay or momentum before it still moves what a later transform does not stop.
///
/// The state says, in the parameters' order, which are frozen.
///
/// @param frozen whether a parameter (path, parameter) is frozen
public record Freeze(BiPredicate<String, Parameter> frozen)
    implements GradientTransform<boolean[]> {
  @Override
  public boolean[] init(Parameters parameters) {
    return PerParameter.where(parameters, frozen);
  }

  @Override
  public String explain() {
    return "u ← 0, of the frozen parameters";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, boolean[] state, StepContext step) {
    for (int i = 0; i < updates.size(); i++) {
      if (state[i]) {
        TensorMath.fill(0, updates.get(i));
      }
    }
  }
}
