package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What an op may ask of the run that executes it.
///
/// All tensors it hands out have the element type of the node, and an undefined content.
public interface Pass {
  /// Whether the run trains; layers have no flags of their own. All calls of a run are told the
  /// same.
  ///
  /// @return true for training, false for inference
  boolean training();

  /// A generator for this op's draws, a function of (seed, step, node, shard): the same on every
  /// call.
  ///
  /// @return a new generator at the start of its stream
  /// @throws IllegalStateException in inference, and in [Op#sumOverBatch], where nothing is drawn
  RandomGenerator random();

  /// Memory until the call of forward or backward returns.
  ///
  /// @param shape the shape wanted
  /// @return a tensor of undefined content
  Tensor scratch(Shape shape);

  /// Memory until the call of forward or backward returns.
  ///
  /// @param elements how many elements
  /// @return a vector of undefined content
  default Tensor scratch(int elements) {
    return scratch(Shape.of(elements));
  }

  /// Memory until the run closes: for what forward saves for backward, and for what [Op#prepare]
  /// returns. Only these two may ask.
  ///
  /// @param shape the shape wanted
  /// @return a tensor of undefined content
  /// @throws IllegalStateException if backward asks
  Tensor saved(Shape shape);

  /// What [Op#prepare] returned for all shards of the batch.
  ///
  /// @return that, or null
  default @Nullable Object prepared() {
    return null;
  }

  /// Who may share the work of this call. A shard of a batch is computed by one of the threads
  /// alone; a call for a whole has them all.
  ///
  /// @return the threads, or null if they have other work
  default @Nullable Workers workers() {
    return null;
  }
}
