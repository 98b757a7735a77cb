package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.Tensor;

/// Where an op's backward writes the gradients by its inputs.
///
/// Nothing is zeroed only to be added to: [#beta] says whether a buffer is to be overwritten or
/// added to, and every kernel with a `beta` does either.
public interface GradientSink {
  /// Whether backward is to give the gradient by an input. If not, the work can be skipped: nobody
  /// wants the gradient, or [Op#sumOverBatch] will give it.
  ///
  /// @param input the input's position
  /// @return whether it is wanted of backward
  boolean needs(int input);

  /// The buffer for the gradient by an input, of the input's shape.
  ///
  /// @param input the input's position
  /// @return the buffer; its content is undefined while [#beta] is 0
  /// @throws IllegalStateException if the gradient is not needed
  Tensor buffer(int input);

  /// What becomes of the old content of a buffer: 0 to overwrite it, 1 to add to it.
  ///
  /// @param input the input's position
  /// @return 0 or 1
  double beta(int input);
}
