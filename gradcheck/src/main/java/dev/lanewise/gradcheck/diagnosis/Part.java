package dev.lanewise.gradcheck.diagnosis;

/// A part of a tensor.
@FunctionalInterface
interface Part {
  /// All of it.
  Part ALL = position -> true;

  /// Whether the element at a position, in row-major order, belongs to it.
  boolean holds(int position);
}
