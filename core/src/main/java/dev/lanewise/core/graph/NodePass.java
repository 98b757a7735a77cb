package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The [Pass] of one node and one shard; it keeps the memory that forward saved in, so that the
/// next run saves in the same.
final class NodePass implements Pass {
  private final int node;
  private final int shard;
  private final DType dtype;
  private final List<Tensor> savedBefore = new ArrayList<>();
  private boolean training;
  private @Nullable Key key; // null where nothing is drawn
  private @Nullable Arena arena;
  private @Nullable Workers workers;
  private int savedNow;
  private boolean inForward;
  private @Nullable Object prepared;

  NodePass(int node, int shard, DType dtype) {
    this.node = node;
    this.shard = shard;
    this.dtype = dtype;
  }

  void setPrepared(@Nullable Object forAllShards) {
    prepared = forAllShards;
  }

  /// @param free the threads, if they have nothing else to do
  void beginForward(@Nullable Key runKey, Arena worker, @Nullable Workers free) {
    begin(runKey, worker, free);
    savedNow = 0;
    inForward = true;
  }

  /// The key is that of forward; a fused forward may have been another node's.
  void beginBackward(@Nullable Key runKey, Arena worker, @Nullable Workers free) {
    begin(runKey, worker, free);
    inForward = false;
  }

  /// A piece of a sum over the batch, which is no node's and no shard's alone, and so has no draws.
  void beginSum(boolean trains, Arena worker) {
    begin(null, worker, null);
    training = trains;
    inForward = false;
  }

  private void begin(@Nullable Key runKey, Arena worker, @Nullable Workers free) {
    training = runKey != null;
    key = runKey;
    arena = worker;
    workers = free;
  }

  void end() {
    scratchArena().reset();
    arena = null;
    workers = null;
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public RandomGenerator random() {
    if (key == null) {
      throw new IllegalStateException(
          training
              ? "Nothing is drawn in a sum over the batch."
              : "Nothing is drawn in inference.");
    }
    return key.with("node").with(node).with(shard).generator();
  }

  @Override
  public Tensor scratch(Shape shape) {
    return scratchArena().take(dtype, shape);
  }

  @Override
  public Tensor scratch(int elements) {
    return scratchArena().take(dtype, elements);
  }

  @Override
  public Tensor saved(Shape shape) {
    if (!inForward) {
      throw new IllegalStateException("Only forward and prepare can save for backward.");
    }
    int position = savedNow++;
    if (position < savedBefore.size()) {
      Tensor before = savedBefore.get(position);
      if (before.shape().equals(shape)) {
        return before;
      }
      savedBefore.set(position, Tensor.zeros(dtype, shape));
    } else {
      savedBefore.add(Tensor.zeros(dtype, shape));
    }
    return savedBefore.get(position);
  }

  @Override
  public @Nullable Object prepared() {
    return prepared;
  }

  @Override
  public @Nullable Workers workers() {
    return workers;
  }

  private Arena scratchArena() {
    if (arena == null) {
      throw new IllegalStateException("A pass may be used only during the call it was given to.");
    }
    return arena;
  }
}
