package dev.lanewise.core.graph;

/// What a model is trained to make small: a scalar that is a sum over the rows (the examples)
/// divided by a divisor, so that a batch in shards gives what the whole batch gives.
///
/// Each loss says in its documentation over what it sums and by what it divides. Shapes are strict:
/// `[n]` against `[n,1]` is an error.
@FunctionalInterface
public interface Loss {
  /// Records the loss in the prediction's graph.
  ///
  /// @param prediction the model's output
  /// @param target what it should have been
  /// @return a scalar
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes do not fit
  Node of(Node prediction, Node target);
}
