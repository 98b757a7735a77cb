package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A way in which elements of a tensor come to stand at wrong places.
///
/// @param cause the kind of mistake
/// @param name what was done, `reversed along axis 0 (the rows)`
/// @param from which element each place holds, -1 for zero
record Rearrangement(Cause cause, String name, int[] from) {
  /// Shifts by more are not looked for.
  private static final int FARTHEST = 8;

  /// The rearrangements of a shape, the likeliest first, each different from leaving all in place.
  static List<Rearrangement> of(Shape shape) {
    List<Rearrangement> all = new ArrayList<>();
    if (shape.size() > 1) {
      addSwaps(all, shape);
      for (int axis = 0; axis < shape.rank(); axis++) {
        addAlong(all, shape, axis);
      }
      if (shape.rank() > 1) {
        addFlat(all, shape.size());
      }
    }
    return all;
  }

  private static void addSwaps(List<Rearrangement> all, Shape shape) {
    for (int p = 0; p < shape.rank(); p++) {
      for (int q = p + 1; q < shape.rank(); q++) {
        if (shape.dim(p) > 1 && shape.dim(q) > 1) {
          String name =
              shape.rank() == 2
                  ? "transposed (axes swapped)"
                  : "with axes " + p + " and " + q + " swapped";
          int[] written = swapped(shape, p, q);
          all.add(new Rearrangement(Cause.AXES_SWAPPED, name, written));
          all.add(new Rearrangement(Cause.AXES_SWAPPED, name, inverse(written)));
        }
      }
    }
  }

  /// The elements in the order in which they lie when axes p and q are swapped.
  private static int[] swapped(Shape shape, int p, int q) {
    int[] dims = shape.dims();
    dims[p] = shape.dim(q);
    dims[q] = shape.dim(p);
    Shape other = Shape.of(dims);
    int[] from = new int[shape.size()];
    for (int k = 0; k < from.length; k++) {
      int position = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        int own = axis == p ? q : axis == q ? p : axis;
        position += Axes.index(other, axis, k) * Axes.stride(shape, own);
      }
      from[k] = position;
    }
    return from;
  }

  private static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int k = 0; k < inverse.length; k++) {
      inverse[permutation[k]] = k;
    }
    return inverse;
  }

  private static void addAlong(List<Rearrangement> all, Shape shape, int axis) {
    int d = shape.dim(axis);
    if (d < 2) {
      return;
    }
    String along = " along " + Axes.along(shape, axis);
    all.add(
        new Rearrangement(
            Cause.AXIS_REVERSED, "reversed" + along, along(shape, axis, k -> d - 1 - k)));
    for (int s = 1; s < d; s++) {
      int by = s <= d / 2 ? s : s - d;
      if (Math.abs(by) > FARTHEST) {
        continue;
      }
      int shift = s;
      all.add(shifted(by, along + ", cyclically", along(shape, axis, k -> (k - shift + d) % d)));
    }
    for (int by : new int[] {1, -1}) {
      IntUnaryOperator source = k -> k - by >= 0 && k - by < d ? k - by : -1;
      all.add(shifted(by, along, along(shape, axis, source)));
      all.add(
          shifted(
              by,
              along + ", the edge repeated",
              along(shape, axis, k -> Math.clamp(k - (long) by, 0, d - 1))));
    }
  }

  private static void addFlat(List<Rearrangement> all, int size) {
    all.add(
        new Rearrangement(
            Cause.AXIS_REVERSED, "reversed in flat order", flat(size, k -> size - 1 - k)));
    for (int by : new int[] {1, -1}) {
      all.add(shifted(by, " in flat order, cyclically", flat(size, k -> (k - by + size) % size)));
      all.add(
          shifted(
              by, " in flat order", flat(size, k -> k - by >= 0 && k - by < size ? k - by : -1)));
    }
  }

  private static Rearrangement shifted(int by, String along, int[] from) {
    return new Rearrangement(Cause.SHIFTED, "shifted by " + (by > 0 ? "+" : "") + by + along, from);
  }

  private static int[] along(Shape shape, int axis, IntUnaryOperator source) {
    int stride = Axes.stride(shape, axis);
    int[] from = new int[shape.size()];
    for (int k = 0; k < from.length; k++) {
      int index = Axes.index(shape, axis, k);
      int wanted = source.applyAsInt(index);
      from[k] = wanted < 0 ? -1 : k + (wanted - index) * stride;
    }
    return from;
  }

  private static int[] flat(int size, IntUnaryOperator source) {
    int[] from = new int[size];
    for (int k = 0; k < size; k++) {
      from[k] = source.applyAsInt(k);
    }
    return from;
  }
}
