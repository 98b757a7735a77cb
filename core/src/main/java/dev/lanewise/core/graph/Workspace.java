package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.random.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What outlives a graph: the threads, and the memory and plans that later graphs of equal
/// structure use again, so that a steady training step allocates no tensors.
///
/// ```java
/// try (Workspace workspace = Workspace.of(4);
///     Graph graph = workspace.training(Key.of(seed).with(step))) {
///   Node loss = criterion.of(model.apply(graph.batch(features)), graph.batch(targets));
///   Gradients gradients = graph.backward(loss);
/// }
/// ```
///
/// **The same bits on any number of threads.** A batch of n rows is cut into ⌈n/R⌉ shards of R
/// rows, also when there is one thread; the gradients of the shards are added in the shards' order,
/// unless the op sums them over the batch at once (those of weights in products, and of biases; see
/// [Op#sumOverBatch]). R is fixed for a workspace, and results depend on it; the number of threads
/// decides only who computes which shard.
///
/// **Fusion.** Where nobody else uses what lies between, a product adds the bias and applies the
/// activation itself, and in backward multiplies with the activation's derivative. Nodes, values,
/// gradients and their bits are the same as [#unfused]; what was left out is computed when somebody
/// asks for it, from what its inputs hold then.
///
/// A workspace belongs to one thread at a time. Several graphs may be open at once; each has
/// memory of its own. The plans of the last [#PLANS_KEPT] structures are kept. Once the workspace
/// is closed, whatever would compute, and to read values and gradients, throws
/// [IllegalStateException]; what it was made with can still be asked, and its graphs can be closed.
///
/// Threads pay where calls follow each other within two milliseconds: later their workers sleep,
/// and to wake them takes longer than a small product. One example now and then wants one thread.
public final class Workspace implements AutoCloseable {
  /// How many rows a shard has unless told otherwise.
  public static final int DEFAULT_ROWS_PER_SHARD = 32;

  /// How many plans a workspace keeps; the one used least recently goes first.
  public static final int PLANS_KEPT = 8;

  private final Workers workers;
  private final int rowsPerShard;
  private final boolean fused;
  private final List<Arena> arenas = new ArrayList<>();

  /// The most recently used plan is the last.
  private final List<Plan> plans = new ArrayList<>();

  private boolean closed;

  private Workspace(int threads, int rowsPerShard, boolean fused) {
    if (rowsPerShard < 1) {
      throw new IllegalArgumentException(
          "A shard must have at least 1 row, not " + rowsPerShard + ".");
    }
    this.workers = Workers.of(threads);
    this.rowsPerShard = rowsPerShard;
    this.fused = fused;
    for (int i = 0; i < threads; i++) {
      arenas.add(new Arena());
    }
  }

  /// A workspace with [#DEFAULT_ROWS_PER_SHARD].
  ///
  /// @param threads how many threads compute, the caller included
  /// @return a new workspace
  /// @throws IllegalArgumentException if the number is not positive
  public static Workspace of(int threads) {
    return new Workspace(threads, DEFAULT_ROWS_PER_SHARD, true);
  }

  /// A workspace that shares out a batch in shards of the given size.
  ///
  /// @param threads how many threads compute, the caller included
  /// @param rowsPerShard how many rows of a batch make a shard
  /// @return a new workspace
  /// @throws IllegalArgumentException if a number is not positive
  public static Workspace of(int threads, int rowsPerShard) {
    return new Workspace(threads, rowsPerShard, true);
  }

  /// A workspace that computes node by node, as the graph was recorded, and never several in one
  /// go: with the same bits, to look for a mistake or to measure.
  ///
  /// @param threads how many threads compute, the caller included
  /// @param rowsPerShard how many rows of a batch make a shard
  /// @return a new workspace
  /// @throws IllegalArgumentException if a number is not positive
  public static Workspace unfused(int threads, int rowsPerShard) {
    return new Workspace(threads, rowsPerShard, false);
  }

  /// An empty graph for training.
  ///
  /// @param key the address of the run's draws: seed and step
  /// @return a new graph, to be closed
  /// @throws IllegalStateException if the workspace is closed
  public Graph training(Key key) {
    requireOpen();
    return new Graph(this, key);
  }

  /// An empty graph for inference, in which nothing is drawn.
  ///
  /// @return a new graph, to be closed
  /// @throws IllegalStateException if the workspace is closed
  public Graph inference() {
    requireOpen();
    return new Graph(this, null);
  }

  /// How many threads compute, the caller included.
  ///
  /// @return the number
  public int threads() {
    return workers.count();
  }

  /// How many rows of a batch make a shard.
  ///
  /// @return R
  public int rowsPerShard() {
    return rowsPerShard;
  }

  /// Lets the workspace's threads share out work of the caller's, between or during runs.
  ///
  /// @param tasks how many tasks
  /// @param task what to do, see [Workers#run]
  /// @throws RuntimeException what the failed task with the lowest number threw
  /// @throws IllegalStateException if the workspace is closed
  public void share(int tasks, Workers.Task task) {
    requireOpen();
    workers.run(tasks, task);
  }

  /// Ends the threads and lets go of the memory, but for what graphs that are still open hold until
  /// they are closed too. Closing twice does nothing.
  @Override
  public void close() {
    closed = true;
    workers.close();
    plans.clear();
    arenas.clear();
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "The workspace is closed: close it after its graphs, and copy what must live on.");
    }
  }

  Workers workers() {
    return workers;
  }

  Arena arena(int worker) {
    return arenas.get(worker);
  }

  /// A plan that nobody uses for a structure that begins with these nodes; the caller has it until
  /// it gives it back.
  Plan borrow(List<Node> nodes) {
    @Nullable Plan found = null;
    for (int i = plans.size() - 1; i >= 0; i--) {
      Plan plan = plans.get(i);
      if (plan.startsWith(nodes) && (found == null || plan.size() == nodes.size())) {
        found = plan;
        if (plan.size() == nodes.size()) {
          break;
        }
      }
    }
    if (found == null) {
      return new Plan(rowsPerShard, fused);
    }
    plans.remove(found);
    return found;
  }

  void giveBack(Plan plan) {
    if (closed) {
      return; // nobody will borrow it
    }
    plans.add(plan);
    if (plans.size() > PLANS_KEPT) {
      plans.removeFirst();
    }
  }
}
