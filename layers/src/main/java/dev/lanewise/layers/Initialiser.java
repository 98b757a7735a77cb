package dev.lanewise.layers;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;

/// What a parameter starts from: an immutable value that fills a tensor with draws. [Initialisers]
/// has the known ones.
///
/// Values are drawn as `double` and then rounded to the element type, so that models of both types
/// start from the same point.
@FunctionalInterface
public interface Initialiser {
  /// Fills a tensor. Equal keys give equal values.
  ///
  /// @param tensor what to fill
  /// @param key the address of the draws
  /// @throws dev.lanewise.core.tensor.ShapeException if the shape does not fit, for example if fans
  ///     are wanted and it is not `[in,out]`
  void fill(Tensor tensor, Key key);
}
