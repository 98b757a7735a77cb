package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Shapes that are almost right, and the demand that they are either fine or refused by name.
final class NearShapes {
  private NearShapes() {}

  /// Code that gets a shape.
  @FunctionalInterface
  interface Use {
    void accept(Shape shape);
  }

  /// Shapes that differ from one by an axis more, an axis less, or one element more along an axis.
  static List<Shape> near(Shape shape) {
    List<Shape> near = new ArrayList<>();
    int[] dims = shape.dims();
    int[] longer = Arrays.copyOf(dims, dims.length + 1);
    longer[dims.length] = 1;
    near.add(Shape.of(longer));
    if (dims.length > 0) {
      near.add(Shape.of(Arrays.copyOf(dims, dims.length - 1)));
    }
    for (int axis = 0; axis < dims.length; axis++) {
      int[] changed = dims.clone();
      changed[axis]++;
      near.add(Shape.of(changed));
    }
    return near;
  }

  /// Demands that a shape is accepted, or refused with a [ShapeException] whose message names the
  /// shape and a word.
  ///
  /// @return whether it was refused
  /// @throws AssertionError if it is refused otherwise
  static boolean refused(String label, String word, Shape shape, Use use) {
    try {
      use.accept(shape);
      return false;
    } catch (ShapeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.contains(word) || !message.contains(shape.toString())) {
        throw new AssertionError(
            label
                + ": the message about the shape "
                + shape
                + " must name "
                + word
                + " and the shape, but is: "
                + message,
            e);
      }
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError(
          label + ": the shape " + shape + " must be refused with a ShapeException, not " + e, e);
    }
  }
}
