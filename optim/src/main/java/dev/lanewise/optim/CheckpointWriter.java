package dev.lanewise.optim;

import dev.lanewise.optim.checkpoint.CheckpointException;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.checkpoint.Environment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes a training's checkpoints when it is time, and removes those that are not kept.
///
/// @param policy when and how many
/// @param settings what must be the same where the training is continued
/// @param memory the tensors
/// @param environment what it runs on
record CheckpointWriter(
    Checkpoints policy,
    Map<String, String> settings,
    TrainingMemory memory,
    Environment environment) {
  CheckpointWriter(Checkpoints policy, Map<String, String> settings, TrainingMemory memory) {
    this(policy, settings, memory, Environment.here());
  }

  /// Before the first step.
  ///
  /// @throws CheckpointException if another training has left checkpoints
  void start(TrainingState state) {
    List<Long> others = folder().steps();
    if (!others.isEmpty()) {
      throw new CheckpointException(
          policy.folder()
              + ": there is a checkpoint of step "
              + others.getLast()
              + " already: continue that training, or use another folder.");
    }
    write(state);
  }

  /// After a step, and after its epoch was evaluated if it was the epoch's last.
  void after(TrainingState state, boolean endsEpoch, boolean last) {
    if (last || policy.due(state.step(), endsEpoch)) {
      write(state);
      folder().keepOnly(kept(state));
    }
  }

  private void write(TrainingState state) {
    folder().write(state.step(), SavedState.of(state, environment, settings), memory.tensors());
  }

  private Set<Long> kept(TrainingState state) {
    List<Long> steps = folder().steps();
    Set<Long> kept =
        new HashSet<>(steps.subList(Math.max(0, steps.size() - policy.keepLast()), steps.size()));
    int best = state.stopping().bestEpoch();
    if (policy.keepBest() && best > 0) {
      kept.add(state.history().get(best - 1).steps());
    }
    return kept;
  }

  private CheckpointFolder folder() {
    return new CheckpointFolder(policy.folder());
  }
}
