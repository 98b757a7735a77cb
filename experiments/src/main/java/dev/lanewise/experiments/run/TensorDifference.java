package dev.lanewise.experiments.run;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import java.util.Optional;

/// By how much two tensors of the same shape and type differ.
///
/// @param elements how many elements there are
/// @param different how many differ
/// @param ulps the largest distance of two elements in units in the last place: how many numbers of
///     the type are between them, plus one; +0 and −0 are one apart, and a NaN lies behind ∞.
///     Unsigned
/// @param position where that is
record TensorDifference(int elements, int different, long ulps, int position) {
  /// Compares.
  ///
  /// @return the difference; empty if both have the same bits
  static Optional<TensorDifference> between(Tensor a, Tensor b) {
    int different = 0;
    long largest = 0;
    int position = 0;
    for (int i = 0; i < a.size(); i++) {
      long one = order(a, i);
      long other = order(b, i);
      long distance = one > other ? one - other : other - one;
      if (distance != 0) {
        different++;
        if (Long.compareUnsigned(distance, largest) > 0) {
          largest = distance;
          position = i;
        }
      }
    }
    return different == 0
        ? Optional.empty()
        : Optional.of(new TensorDifference(a.size(), different, largest, position));
  }

  /// In words.
  String explain(Tensor a, Tensor b) {
    return "%d of %d elements differ, by at most %s ULP (element %d: %s and %s)"
        .formatted(
            different,
            elements,
            Long.toUnsignedString(ulps),
            position,
            a.getFlat(position),
            b.getFlat(position));
  }

  /// The place of an element among all numbers of its type, so that neighbours are one apart.
  private static long order(Tensor tensor, int i) {
    return switch (tensor) {
      case FloatTensor floats -> {
        int bits = Float.floatToRawIntBits(floats.array()[floats.offset() + i]);
        yield bits >= 0 ? bits : -1L - (bits & Integer.MAX_VALUE);
      }
      case DoubleTensor doubles -> {
        long bits = Double.doubleToRawLongBits(doubles.array()[doubles.offset() + i]);
        yield bits >= 0 ? bits : -1L - (bits & Long.MAX_VALUE);
      }
    };
  }
}
