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
final class CheckpointWriter {
  /// How many times longer training must go on than a checkpoint took, before that of an epoch is
  /// written.
  private static final int TRAINING_PER_WRITING = 20;

  private final Checkpoints policy;
  private final CheckpointFolder folder;
  private final Map<String, String> settings;
  private final TrainingMemory memory;
  private final Environment environment = Environment.here();
  private long epochsFrom;

  /// A writer.
  ///
  /// @param policy when and how many
  /// @param settings what must be the same where the training is continued
  /// @param memory the tensors
  CheckpointWriter(Checkpoints policy, Map<String, String> settings, TrainingMemory memory) {
    this.policy = policy;
    this.folder = new CheckpointFolder(policy.folder());
    this.settings = settings;
    this.memory = memory;
    this.epochsFrom = System.nanoTime();
  }

  /// Before the first step.
  ///
  /// @throws CheckpointException if another training has left checkpoints
  void start(TrainingState state) {
    List<Long> others = folder.steps();
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
    boolean epochDue = endsEpoch && policy.everyEpoch() && System.nanoTime() - epochsFrom >= 0;
    if (last || epochDue || state.step() % policy.everySteps() == 0) {
      write(state);
      folder.keepOnly(kept(state));
    }
  }

  private void write(TrainingState state) {
    long start = System.nanoTime();
    folder.write(state.step(), SavedState.of(state, environment, settings), memory.tensors());
    long end = System.nanoTime();
    epochsFrom = end + TRAINING_PER_WRITING * (end - start);
  }

  private Set<Long> kept(TrainingState state) {
    List<Long> steps = folder.steps();
    Set<Long> kept =
        new HashSet<>(steps.subList(Math.max(0, steps.size() - policy.keepLast()), steps.size()));
    int best = state.stopping().bestEpoch();
    if (policy.keepBest() && best > 0) {
      kept.add(state.history().get(best - 1).steps());
    }
    return kept;
  }
}
