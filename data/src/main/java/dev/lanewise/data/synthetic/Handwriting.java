package dev.lanewise.data.synthetic;

/// How one image is written: where the points of a shape go, and what the pen is like. All of it is
/// drawn at random, once for each image.
///
/// A point is first moved by a smooth random field (the elastic deformation), then scaled, slanted,
/// turned and shifted. The field is a uniform cubic B-spline over 5×5 random displacements: it
/// bends strokes without breaking them, and needs additions and multiplications alone.
final class Handwriting {
  private static final double ELASTIC = 0.135;
  private static final double HEIGHT = 19.5;
  private static final double HEIGHT_DEVIATION = 0.09;
  private static final double WIDTH_DEVIATION = 0.14;
  private static final double SLANT_DEVIATION = 0.22;
  private static final double TURN_DEVIATION = 0.13;
  private static final double SHIFT_DEVIATION = 1.0;
  private static final double THINNEST = 0.6;
  private static final double THICKEST = 1.55;

  private static final int GRID = 5;
  private static final int CELLS = GRID - 3;

  private final double[] fieldX = new double[GRID * GRID];
  private final double[] fieldY = new double[GRID * GRID];
  private final double xx;
  private final double xy;
  private final double yx;
  private final double yy;
  private final double shiftX;
  private final double shiftY;

  /// Half the width of a line, in pixels.
  final double radius;

  /// How wide the border between ink and paper is, in pixels.
  final double softness;

  /// How dark the ink is, at most 1.
  final double ink;

  /// How much the paper's grain takes from the ink, at most.
  final double grain;

  Handwriting(Draws draws) {
    for (int i = 0; i < fieldX.length; i++) {
      fieldX[i] = draws.bell(ELASTIC);
      fieldY[i] = draws.bell(ELASTIC);
    }
    double height = HEIGHT * (1 + draws.bell(HEIGHT_DEVIATION));
    double width = height * (1 + draws.bell(WIDTH_DEVIATION));
    double slant = draws.bell(SLANT_DEVIATION);
    double turn = draws.bell(TURN_DEVIATION);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    // Scale by (width, height), slant x by y, then turn.
    xx = cos * width;
    xy = (cos * -slant - sin) * height;
    yx = sin * width;
    yy = (sin * -slant + cos) * height;
    shiftX = draws.bell(SHIFT_DEVIATION);
    shiftY = draws.bell(SHIFT_DEVIATION);
    radius = draws.between(THINNEST, THICKEST);
    softness = draws.between(0.7, 1.5);
    ink = draws.between(0.75, 1);
    grain = draws.between(0, 0.3);
  }

  /// Where the point (x, y) of a shape's box goes, in pixels from the image's centre.
  void place(double x, double y, double[] pixel) {
    double[] across = weights(x);
    double[] down = weights(y);
    int column = cell(x);
    int row = cell(y);
    double moveX = 0;
    double moveY = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double weight = down[i] * across[j];
        int at = (row + i) * GRID + column + j;
        moveX += weight * fieldX[at];
        moveY += weight * fieldY[at];
      }
    }
    double u = x - 0.5 + moveX;
    double v = y - 0.5 + moveY;
    pixel[0] = xx * u + xy * v + shiftX;
    pixel[1] = yx * u + yy * v + shiftY;
  }

  private static int cell(double position) {
    return Math.clamp((int) Math.floor(position * CELLS), 0, CELLS - 1);
  }

  /// The four weights of the uniform cubic B-spline at a position within its cell.
  private static double[] weights(double position) {
    double t = position * CELLS - cell(position);
    double s = 1 - t;
    return new double[] {
      s * s * s / 6,
      (3 * t * t * t - 6 * t * t + 4) / 6,
      (3 * s * s * s - 6 * s * s + 4) / 6,
      t * t * t / 6
    };
  }
}
