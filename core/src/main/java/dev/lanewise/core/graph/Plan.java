package dev.lanewise.core.graph;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a structure of nodes is executed, and the memory for it. One graph uses a plan at a time;
/// later graphs of equal structure use it again.
///
/// A run has three stages, see [Node.Stage]: what does not depend on the batch; the rows, cut into
/// shards that workers share out; what needs all rows. Backward goes through them in reverse, and
/// adds the shards' gradients in the shards' order in between, unless the op sums them over the
/// batch at once (those of weights in products, and of biases). The plan is a function of the
/// shapes and of the rows in a shard, never of the number of threads.
final class Plan {
  /// Stands for a lane where a node is computed in one piece.
  static final int WHOLE = -1;

  private static final Logger LOG = LoggerFactory.getLogger(Plan.class);

  private final int rowsPerShard;
  private final boolean fused;
  private final List<Slot> slots = new ArrayList<>();
  private final List<BackwardRun> backwardRuns = new ArrayList<>();
  private int backwardRunsUsed;
  private int covered;
  private int shards = 1;

  Plan(int rowsPerShard, boolean fused) {
    this.rowsPerShard = rowsPerShard;
    this.fused = fused;
  }

  int size() {
    return slots.size();
  }

  boolean startsWith(List<Node> nodes) {
    if (slots.size() < nodes.size()) {
      return false;
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (!slots.get(i).fits(nodes.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Makes the plan cover the nodes recorded so far; what it held in their place before goes.
  void cover(List<Node> nodes, int batchRows) {
    if (covered == nodes.size()) {
      return;
    }
    int shardsNow = batchRows <= 0 ? 1 : (batchRows - 1) / rowsPerShard + 1;
    if (shardsNow != shards) {
      shards = shardsNow;
      dropBackwardRuns();
    }
    boolean changed = false;
    for (; covered < nodes.size(); covered++) {
      Node node = nodes.get(covered);
      if (covered < slots.size() && !slots.get(covered).fits(node)) {
        slots.subList(covered, slots.size()).clear();
        dropBackwardRuns();
      }
      if (covered == slots.size()) {
        slots.add(new Slot(node, slots, shards, rowsPerShard));
        changed = true;
        warnIfUnsharded(node);
      }
      Tensor given = node.given();
      if (given != null) {
        slots.get(covered).bind(given);
      }
    }
    if (changed && fused) {
      Fusion.apply(slots);
      dropBackwardRuns();
    }
  }

  void forward(Node root, Workspace workspace, @Nullable Key key) {
    forward(root.index(), workspace, key);
  }

  private void forward(int root, Workspace workspace, @Nullable Key key) {
    if (slots.get(root).isComputed()) {
      return;
    }
    boolean[] needed = new boolean[root + 1];
    needed[root] = true;
    boolean rows = false;
    for (int i = root; i >= 0; i--) {
      Slot slot = slots.get(i);
      needed[i] = needed[i] && !slot.isComputed();
      if (needed[i]) {
        rows |= slot.stage() == Node.Stage.ROWS;
        for (int input : slot.begin(key != null)) {
          needed[input] = true;
        }
      }
    }
    forward(needed, Node.Stage.EARLY, 0, key, workspace, 0);
    if (rows) {
      for (int i = 0; i < needed.length; i++) {
        Slot slot = slots.get(i);
        if (needed[i] && slot.isApplied() && slot.stage() == Node.Stage.ROWS) {
          slot.prepare(key, workspace);
        }
      }
      workspace
          .workers()
          .run(
              shards,
              (shard, worker) -> forward(needed, Node.Stage.ROWS, shard, key, workspace, worker));
    }
    forward(needed, Node.Stage.LATE, 0, key, workspace, 0);
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        slots.get(i).setComputed(true);
      }
    }
  }

  BackwardRun backward(Node root, Tensor outputGradient, Workspace workspace, @Nullable Key key) {
    computeWhatBackwardReads(root, workspace, key);
    if (backwardRunsUsed == backwardRuns.size()) {
      backwardRuns.add(new BackwardRun(slots));
    }
    BackwardRun run = backwardRuns.get(backwardRunsUsed++);
    run.execute(root.index(), outputGradient, shards, key, workspace);
    return run;
  }

  /// Fusion may have left out a value that a derivative is computed from: in inference.
  private void computeWhatBackwardReads(Node root, Workspace workspace, @Nullable Key key) {
    for (int i = 0; i <= root.index(); i++) {
      Slot slot = slots.get(i);
      if (slot.isApplied() && slot.isComputed() && slot.wantsGradient() && slot.readsInputs()) {
        for (int input : slot.inputs()) {
          forward(input, workspace, key);
        }
      }
    }
  }

  Tensor value(Node node) {
    return slots.get(node.index()).value(WHOLE);
  }

  /// Forgets the values that depend on a leaf.
  void forget(int leaf) {
    if (leaf >= covered) {
      return; // recorded since, so nothing here depends on it
    }
    boolean[] depends = new boolean[covered];
    depends[leaf] = true;
    for (int i = leaf + 1; i < covered; i++) {
      Slot slot = slots.get(i);
      for (int input : slot.inputs()) {
        depends[i] |= depends[input];
      }
      if (depends[i]) {
        slot.setComputed(false);
      }
    }
  }

  /// Forgets the run that used the plan, but not its memory.
  void reset() {
    covered = 0;
    backwardRunsUsed = 0;
    for (Slot slot : slots) {
      slot.setComputed(false);
    }
  }

  private void dropBackwardRuns() {
    backwardRuns.clear();
    backwardRunsUsed = 0;
  }

  private void forward(
      boolean[] needed,
      Node.Stage stage,
      int lane,
      @Nullable Key key,
      Workspace workspace,
      int worker) {
    for (int i = 0; i < needed.length; i++) {
      Slot slot = slots.get(i);
      if (needed[i] && slot.stage() == stage) {
        slot.forward(lane, key, workspace, worker);
      }
    }
  }

  /// A reduction to a number at the end is as it should be; anything larger costs threads.
  private void warnIfUnsharded(Node node) {
    Op<?> op = node.op();
    if (op != null
        && shards > 1
        && node.stage() == Node.Stage.LATE
        && node.shape().size() > 1
        && node.inputs().stream().anyMatch(input -> input.stage() == Node.Stage.ROWS)) {
      LOG.warn(
          "{} mixes rows: it and what depends on it are not cut into shards; only large products"
              + " among them use several threads.",
          op.name());
    }
  }
}
