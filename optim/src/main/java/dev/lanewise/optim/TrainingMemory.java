package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// All tensors that a training remembers, by name:
///
/// ```text
/// model.layers.0.weight                the weights; frozen parameters too
/// average.layers.0.weight              their average, if there is one
/// optimizer.0.first.layers.0.weight    what the optimizer remembers
/// best.model.…, best.optimizer.…       the same in the best epoch; at first, as at the start
/// ```
final class TrainingMemory {
  private final Map<String, Tensor> model = new LinkedHashMap<>();
  private final Map<String, Tensor> average = new LinkedHashMap<>();
  private final Map<String, Tensor> bestModel = new LinkedHashMap<>();
  private final Updater updater;
  private final Map<String, Tensor> bestOptimizer;

  /// The memory before the first step, whose weights are the best so far.
  TrainingMemory(
      Parameters all, Parameters trained, Updater updater, Optional<WeightAverage> averages) {
    all.byPath().forEach((path, parameter) -> model.put(path, parameter.value()));
    List<String> paths = List.copyOf(trained.byPath().keySet());
    averages.ifPresent(
        each -> {
          for (int i = 0; i < paths.size(); i++) {
            average.put(paths.get(i), each.averages().get(i));
          }
        });
    model.forEach((path, weights) -> bestModel.put(path, weights.copy()));
    this.updater = updater;
    this.bestOptimizer = updater.state();
  }

  /// Says that the present weights, and what the optimizer remembers, are the best so far.
  void rememberBest() {
    copyAll(model, bestModel);
    updater.copyStateTo(bestOptimizer);
  }

  /// Brings the best weights back, and what the optimizer remembered then.
  void restoreBest() {
    copyAll(bestModel, model);
    updater.restore(bestOptimizer);
  }

  /// Everything, to be written at once: some of it will change with the next step.
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.forEach((path, each) -> tensors.put("model." + path, each));
    average.forEach((path, each) -> tensors.put("average." + path, each));
    updater.state().forEach((name, each) -> tensors.put("optimizer." + name, each));
    bestModel.forEach((path, each) -> tensors.put("best.model." + path, each));
    bestOptimizer.forEach((name, each) -> tensors.put("best.optimizer." + name, each));
    return tensors;
  }

  /// Remembers what [#tensors] gave.
  ///
  /// @throws CheckpointException if names, shapes or types are others; nothing is changed then
  void restore(Map<String, Tensor> tensors) {
    requireSameKind(tensors);
    copyAll(startingWith("model.", tensors), model);
    copyAll(startingWith("average.", tensors), average);
    updater.restore(startingWith("optimizer.", tensors));
    copyAll(startingWith("best.model.", tensors), bestModel);
    copyAll(startingWith("best.optimizer.", tensors), bestOptimizer);
  }

  private void requireSameKind(Map<String, Tensor> given) {
    List<String> problems = new ArrayList<>();
    Map<String, Tensor> own = tensors();
    own.forEach(
        (name, tensor) -> {
          Tensor other = given.get(name);
          if (other == null) {
            problems.add("'" + name + "' is missing");
          } else if (!kind(other).equals(kind(tensor))) {
            problems.add("'" + name + "' is " + kind(other) + " but must be " + kind(tensor));
          }
        });
    for (String name : given.keySet()) {
      if (!own.containsKey(name)) {
        problems.add("'" + name + "' is unexpected");
      }
    }
    if (!problems.isEmpty()) {
      throw new CheckpointException(
          "The checkpoint belongs to another model or optimizer: "
              + String.join("; ", problems)
              + ".");
    }
  }

  private static String kind(Tensor tensor) {
    return tensor.dtype().label() + tensor.shape();
  }

  private static Map<String, Tensor> startingWith(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }

  private static void copyAll(Map<String, Tensor> from, Map<String, Tensor> to) {
    to.forEach((name, tensor) -> TensorMath.copy(Objects.requireNonNull(from.get(name)), tensor));
  }
}
