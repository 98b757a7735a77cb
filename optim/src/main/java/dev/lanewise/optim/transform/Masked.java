package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A transform for some of the parameters alone; the updates of the others stay as they are, and
/// nothing is remembered for them. Two of them with opposite predicates are an optimizer for each
/// group of parameters.
///
/// @param inner the transform
/// @param chosen whether it is for a parameter (path, parameter)
/// @param whom how the chosen parameters are called when the rule is explained
/// @param <S> the type of its state
public record Masked<S extends @Nullable Object>(
    GradientTransform<S> inner, BiPredicate<String, Parameter> chosen, String whom)
    implements GradientTransform<Masked.State<S>> {
  /// A transform for some of the parameters, called the chosen ones.
  ///
  /// @param inner the transform
  /// @param chosen whether it is for a parameter (path, parameter)
  public Masked(GradientTransform<S> inner, BiPredicate<String, Parameter> chosen) {
    this(inner, chosen, "the chosen parameters");
  }

  /// What is remembered.
  ///
  /// @param flags which parameters are chosen, in the parameters' order
  /// @param parameters the chosen parameters
  /// @param inner the state of the transform, for these alone
  /// @param <S> the type of that state
  public record State<S extends @Nullable Object>(
      boolean[] flags, Parameters parameters, S inner) {}

  @Override
  public State<S> init(Parameters parameters) {
    Parameters those = parameters.where(chosen);
    return new State<>(PerParameter.where(parameters, chosen), those, inner.init(those));
  }

  @Override
  public String explain() {
    return inner
        .explain()
        .lines()
        .map(line -> line + ", of " + whom)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public boolean elementwise() {
    return inner.elementwise();
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State<S> state, StepContext step) {
    List<Tensor> those = new ArrayList<>(updates.size());
    for (int i = 0; i < updates.size(); i++) {
      if (state.flags[i]) {
        those.add(updates.get(i));
      }
    }
    inner.apply(those, state.parameters, state.inner, step);
  }
}
