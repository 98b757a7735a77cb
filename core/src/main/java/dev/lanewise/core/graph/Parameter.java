package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A value that training changes, with an identity of its own and no name: a name is a path in a
/// model, see [Parameters].
///
/// The tensor stays the same for life; its elements change. A parameter used in two places (a tied
/// weight) is one parameter, and its gradient is the sum over both.
public final class Parameter {
  private final Tensor value;
  private final boolean frozen;
  private final @Nullable Parameter whole;

  private Parameter(Tensor value, boolean frozen, @Nullable Parameter whole) {
    this.value = value;
    this.frozen = frozen;
    this.whole = whole;
  }

  /// A parameter that is trained.
  ///
  /// @param initial the initial value, which becomes the parameter's own
  /// @return a new parameter
  public static Parameter of(Tensor initial) {
    return new Parameter(initial, false, null);
  }

  /// A parameter without a gradient: saved and loaded with the model, but not trained.
  ///
  /// @param value the value, which becomes the parameter's own
  /// @return a new parameter
  public static Parameter frozen(Tensor value) {
    return new Parameter(value, true, null);
  }

  /// Some rows as a parameter of their own, for work that is done in pieces. The elements are
  /// shared.
  ///
  /// @param from the first row
  /// @param to the row after the last
  /// @return a new parameter, whose [#whole] is this one's
  /// @throws IndexOutOfBoundsException if there are no such rows
  public Parameter rows(int from, int to) {
    return new Parameter(value.rows(from, to), frozen, whole());
  }

  /// The parameter that this one is a piece of: what predicates are asked about.
  ///
  /// @return the parameter of the model; this one if it is no piece
  public Parameter whole() {
    return whole == null ? this : whole;
  }

  /// The current value, shared: writing to it changes the parameter.
  ///
  /// @return the tensor, the same one at each call
  public Tensor value() {
    return value;
  }

  /// Whether the parameter is left out of training.
  ///
  /// @return true if it has no gradient
  public boolean isFrozen() {
    return frozen;
  }

  /// The value's shape.
  ///
  /// @return the shape
  public Shape shape() {
    return value.shape();
  }

  /// The value's element type.
  ///
  /// @return the type
  public DType dtype() {
    return value.dtype();
  }

  @Override
  public String toString() {
    return (frozen ? "frozen parameter " : "parameter ") + dtype().label() + shape();
  }
}
