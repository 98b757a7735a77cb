package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/// Transforms one after the other: each rewrites what the one before it left.
///
/// ```java
/// Chain.of(new AddDecayedWeights(1e-4), new Trace(0.9, false), new ScaleByRate(0.1))
/// ```
///
/// @param transforms the transforms, the first to see the gradients first
public record Chain(List<GradientTransform<?>> transforms)
    implements GradientTransform<List<Bound<?>>> {
  /// A chain.
  public Chain {
    transforms = List.copyOf(transforms);
  }

  /// A chain.
  ///
  /// @param transforms the transforms, the first to see the gradients first
  /// @return the chain
  public static Chain of(GradientTransform<?>... transforms) {
    return new Chain(List.of(transforms));
  }

  @Override
  public List<Bound<?>> init(Parameters parameters) {
    return transforms.stream()
        .<Bound<?>>map(transform -> Bound.start(transform, parameters))
        .toList();
  }

  @Override
  public boolean elementwise() {
    return transforms.stream().allMatch(GradientTransform::elementwise);
  }

  @Override
  public String explain() {
    return transforms.stream().map(GradientTransform::explain).collect(Collectors.joining("\n"));
  }

  @Override
  public void apply(
      List<Tensor> updates, Parameters parameters, List<Bound<?>> state, StepContext step) {
    for (Bound<?> link : state) {
      link.apply(updates, parameters, step);
    }
  }
}
