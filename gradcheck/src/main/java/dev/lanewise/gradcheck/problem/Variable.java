package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// A tensor that a gradient is checked by: an input or a trainable parameter.
///
/// @param path the input's name or the parameter's path
/// @param shape its shape
/// @param kind what it is
public record Variable(String path, Shape shape, Kind kind) {
  /// What a variable is.
  public enum Kind {
    /// Given from outside.
    INPUT,
    /// Owned by the model.
    PARAMETER
  }

  /// How many elements there are.
  ///
  /// @return the size
  public int size() {
    return shape.size();
  }

  /// The index of an element, one number for each axis.
  ///
  /// @param position the element's position in row-major order
  /// @return the index; empty for a scalar
  public List<Integer> index(int position) {
    List<Integer> index = new ArrayList<>();
    int rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index.addFirst(rest % shape.dim(axis));
      rest /= shape.dim(axis);
    }
    return List.copyOf(index);
  }

  /// The path with the index of an element, `weight[2,3]`.
  ///
  /// @param position the element's position in row-major order
  /// @return the place
  public String place(int position) {
    return shape.rank() == 0 ? path : path + index(position).toString().replace(" ", "");
  }
}
