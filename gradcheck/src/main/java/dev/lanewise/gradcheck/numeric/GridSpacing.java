package dev.lanewise.gradcheck.numeric;

/// The spacing of the grid that an output's values lie on: the lowest bit set in any value seen.
///
/// A function that subtracts nearly equal numbers inside, as `1 + erf(x)` at −7 does, gives values
/// on a grid far coarser than their own last bit. That is noise which differences at small steps do
/// not show, because nothing moves there.
final class GridSpacing {
  private static final double FINE = 0x1p-44;

  private final Origin origin;
  private final double[] spacing;

  GridSpacing(Origin origin) {
    this.origin = origin;
    this.spacing = new double[origin.y().length];
    java.util.Arrays.fill(spacing, Double.POSITIVE_INFINITY);
    see(origin.y());
  }

  void see(double[] values) {
    for (int j = 0; j < values.length; j++) {
      double value = values[j];
      if (value != 0 && Double.isFinite(value)) {
        spacing[j] = Math.min(spacing[j], lowestBit(value));
      }
    }
  }

  /// The spacing of the contracted outputs, of those outputs whose grid is coarser than rounding
  /// explains, but fine enough to come from rounding inside the function.
  double contracted() {
    double squares = 0;
    for (int j = 0; j < spacing.length; j++) {
      double own = Math.max(Math.abs(origin.y()[j]), origin.rms());
      if (spacing[j] <= FINE * origin.largestInput() && spacing[j] > 8 * Ladder.UNIT * own) {
        double part = origin.upstream()[j] * spacing[j];
        squares += part * part;
      }
    }
    return Math.sqrt(squares);
  }

  private static double lowestBit(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = bits & 0xfffffffffffffL;
    int exponent = (int) (bits >>> 52 & 0x7ff);
    if (exponent > 0) {
      mantissa |= 0x10000000000000L;
    } else {
      exponent = 1;
    }
    return Math.scalb(1.0, Long.numberOfTrailingZeros(mantissa) + exponent - 1075);
  }
}
