package dev.lanewise.data;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// The rows of a dataset as the bytes they are kept in, of which there are only 256 kinds: what is
/// to be known of all pixels follows from how often each byte occurs, and what is to be done with
/// each pixel needs doing once for each byte.
///
/// @param images where the bytes are
/// @param rows which of the images are the dataset's rows, in order
record PixelRows(ImageDataset images, int[] rows) {
  /// The number of different bytes.
  static final int KINDS = 256;

  /// The bytes behind a dataset: a set of images, or rows selected from one.
  static Optional<PixelRows> of(Dataset dataset) {
    return switch (dataset) {
      case ImageDataset images ->
          Optional.of(new PixelRows(images, IntStream.range(0, images.size()).toArray()));
      case SelectedRows selected ->
          of(selected.source())
              .map(all -> new PixelRows(all.images, pick(all.rows, selected.rows())));
      default -> Optional.empty();
    };
  }

  /// The number a byte stands for.
  static double number(int kind) {
    return kind / 255.0;
  }

  /// How often each byte occurs. Neighbours, which are often equal, are counted apart: one counter
  /// would have to wait for itself.
  long[] counts() {
    byte[] pixels = images.pixels();
    int size = images.featureShape().size();
    long[] apart = new long[4 * KINDS];
    for (int row : rows) {
      for (int i = row * size; i < (row + 1) * size; i++) {
        apart[(i & 3) * KINDS + (pixels[i] & 0xff)]++;
      }
    }
    long[] counts = new long[KINDS];
    for (int i = 0; i < apart.length; i++) {
      counts[i % KINDS] += apart[i];
    }
    return counts;
  }

  /// Copies rows of images with a number for each byte, rounded to the element type.
  static void copy(byte[] pixels, int size, int[] rows, Numbers numbers, Tensor features) {
    for (int i = 0; i < rows.length; i++) {
      int from = rows[i] * size;
      int to = features.offset() + i * size;
      switch (features) {
        case FloatTensor floats -> look(pixels, from, size, numbers.floats, floats.array(), to);
        case DoubleTensor doubles -> look(pixels, from, size, numbers.doubles, doubles.array(), to);
      }
    }
  }

  /// As [#copy(byte[], int, int[], Numbers, Tensor)], with the dataset's row numbers.
  void copy(int[] wanted, Numbers numbers, Tensor features) {
    copy(images.pixels(), images.featureShape().size(), pick(rows, wanted), numbers, features);
  }

  private static int[] pick(int[] rows, int[] wanted) {
    int[] picked = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      RowBlocks.requireRow(rows.length, wanted[i]);
      picked[i] = rows[wanted[i]];
    }
    return picked;
  }

  private static void look(
      byte[] pixels, int from, int count, float[] numbers, float[] output, int to) {
    for (int i = 0; i < count; i++) {
      output[to + i] = numbers[pixels[from + i] & 0xff];
    }
  }

  private static void look(
      byte[] pixels, int from, int count, double[] numbers, double[] output, int to) {
    for (int i = 0; i < count; i++) {
      output[to + i] = numbers[pixels[from + i] & 0xff];
    }
  }

  /// A number for each byte, in both element types.
  static final class Numbers {
    private final double[] doubles = new double[KINDS];
    private final float[] floats = new float[KINDS];

    /// The numbers `f(byte / 255)`.
    Numbers(DoubleUnaryOperator f) {
      for (int kind = 0; kind < KINDS; kind++) {
        doubles[kind] = f.applyAsDouble(number(kind));
        floats[kind] = (float) doubles[kind];
      }
    }
  }
}
