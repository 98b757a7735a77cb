package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.BiPredicate;

/// Keeps some of the parameters from becoming negative: `u ← max(w + u, 0) − w`, a projection of
/// the new weights. It belongs last in a chain. What is negative at first is 0 after a step.
///
/// The state says, in the parameters' order, which are held.
///
/// @param held whether a parameter (path, parameter) is held
public record NonNegative(BiPredicate<String, Parameter> held)
    implements GradientTransform<boolean[]> {
  @Override
  public boolean[] init(Parameters parameters) {
    return PerParameter.where(parameters, held);
  }

  @Override
  public String explain() {
    return "u ← max(w + u, 0) − w, of the chosen parameters";
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, boolean[] state, StepContext step) {
    int position = 0;
    for (Parameter parameter : parameters.byPath().values()) {
      if (state[position]) {
        Tensor weights = parameter.value();
        Tensor update = updates.get(position);
        for (int i = 0; i < update.size(); i++) {
          if (weights.getFlat(i) + update.getFlat(i) < 0) {
            update.setFlat(i, -weights.getFlat(i));
          }
        }
      }
      position++;
    }
  }
}
