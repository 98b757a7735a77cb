package dev.lanewise.bench.peers;

import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.DType;
import java.util.Arrays;

/// One product that all libraries compute: a row of the table.
///
/// @param layer batch × inputs × outputs
/// @param dtype the element type
/// @param variant which of a layer's three products
record Cell(String layer, DType dtype, GemmVariant variant) {
  /// The multiply-adds of 512³, which the slowest library does in about a tenth of a second.
  private static final long SLOW_LIMIT = 1L << 27;

  /// Whether a library can be measured here within a reasonable time.
  boolean suits(Library library) {
    long multiplyAdds =
        Arrays.stream(layer.split("x")).mapToLong(Long::parseLong).reduce(1, (x, y) -> x * y);
    return library.isFast() || multiplyAdds <= SLOW_LIMIT;
  }

  @Override
  public String toString() {
    return dtype + " " + variant + " " + layer;
  }
}
