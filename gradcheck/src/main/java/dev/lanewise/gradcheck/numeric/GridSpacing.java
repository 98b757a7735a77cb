package dev.lanewise.gradcheck.numeric;

/// The spacing of the grid that an output's values lie on.
///
/// A function that subtracts nearly equal numbers inside, as `1 + erf(x)` at −7 does, gives values
/// on a grid far coarser than their own last bit. That is noise which differences at small steps do
/// not show, because nothing moves there. Two signs give such a grid away:
///
/// - the lowest bit set in any value seen is far above the last bit of the output;
/// - at some step the output does not move at all, and the smallest move at another one is far
///   above its last bit: a staircase. (A division at the end hides the first sign, but not this
///   one.)
///
/// In both cases the spacing must be fine enough to come from rounding inside the function, so a
/// ReLU that wakes up at some step is no staircase.
final class GridSpacing {
  private static final double FINE = 0x1p-44;

  private final Origin origin;
  private final double[] lowestBit;
  private final double[] smallestMove;
  private final boolean[] rests;

  GridSpacing(Origin origin) {
    this.origin = origin;
    int outputs = origin.y().length;
    this.lowestBit = new double[outputs];
    this.smallestMove = new double[outputs];
    this.rests = new boolean[outputs];
    for (int j = 0; j < outputs; j++) {
      lowestBit[j] = Double.POSITIVE_INFINITY;
      smallestMove[j] = Double.POSITIVE_INFINITY;
      seeBits(j, origin.y()[j]);
    }
  }

  /// Takes note of the outputs at one step.
  void see(double[] above, double[] below) {
    for (int j = 0; j < above.length; j++) {
      seeBits(j, above[j]);
      seeBits(j, below[j]);
      double up = Math.abs(above[j] - origin.y()[j]);
      double down = Math.abs(below[j] - origin.y()[j]);
      rests[j] |= up == 0 && down == 0;
      seeMove(j, up);
      seeMove(j, down);
    }
  }

  /// The spacing of the contracted outputs, of those outputs whose grid is coarser than rounding
  /// explains, but fine enough to come from rounding inside the function.
  double contracted() {
    double squares = 0;
    for (int j = 0; j < lowestBit.length; j++) {
      double spacing = Math.max(fromInside(j, lowestBit[j]), stairs(j));
      double part = origin.upstream()[j] * spacing;
      squares += part * part;
    }
    return Math.sqrt(squares);
  }

  private double stairs(int output) {
    return rests[output] ? fromInside(output, smallestMove[output]) : 0;
  }

  private double fromInside(int output, double spacing) {
    double own = Math.max(Math.abs(origin.y()[output]), origin.rms());
    boolean coarse = spacing > 8 * Ladder.UNIT * own;
    return coarse && spacing <= FINE * origin.largestInput() ? spacing : 0;
  }

  private void seeBits(int output, double value) {
    if (value != 0 && Double.isFinite(value)) {
      lowestBit[output] = Math.min(lowestBit[output], lowestBit(value));
    }
  }

  private void seeMove(int output, double move) {
    if (move > 0) {
      smallestMove[output] = Math.min(smallestMove[output], move);
    }
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
