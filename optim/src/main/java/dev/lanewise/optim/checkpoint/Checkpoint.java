package dev.lanewise.optim.checkpoint;

import dev.lanewise.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a checkpoint holds.
///
/// @param step how many steps were done
/// @param state the numbers
/// @param tensors the tensors by name
/// @param <S> the record in which the numbers stand
public record Checkpoint<S>(long step, S state, Map<String, Tensor> tensors) {
  /// A checkpoint.
  public Checkpoint {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }
}
