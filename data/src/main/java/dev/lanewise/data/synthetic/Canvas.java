package dev.lanewise.data.synthetic;

/// A square of paper that lines are drawn on: ink from 0 to 1 for each pixel.
final class Canvas {
  private final int side;
  private final double[] inkAt;

  Canvas(int side) {
    this.side = side;
    this.inkAt = new double[side * side];
  }

  /// Draws a straight line with round ends whose half-width goes from one radius to another.
  ///
  /// A pixel's ink falls from full to none over the width `softness` around the line's border, by
  /// the pixel's distance to the segment; where lines meet, the darker one counts. Coordinates are
  /// in pixels from the centre of the square.
  void line(
      double fromX,
      double fromY,
      double fromRadius,
      double toX,
      double toY,
      double toRadius,
      double softness,
      double ink) {
    double middle = (side - 1) / 2.0;
    double x0 = fromX + middle;
    double y0 = fromY + middle;
    double dx = toX - fromX;
    double dy = toY - fromY;
    double squaredLength = dx * dx + dy * dy;
    double reach = Math.max(fromRadius, toRadius) + softness / 2;
    int left = Math.max(0, (int) Math.ceil(Math.min(x0, x0 + dx) - reach));
    int right = Math.min(side - 1, (int) Math.floor(Math.max(x0, x0 + dx) + reach));
    int top = Math.max(0, (int) Math.ceil(Math.min(y0, y0 + dy) - reach));
    int bottom = Math.min(side - 1, (int) Math.floor(Math.max(y0, y0 + dy) + reach));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column - x0;
        double py = row - y0;
        double along =
            squaredLength == 0 ? 0 : Math.clamp((px * dx + py * dy) / squaredLength, 0.0, 1.0);
        double awayX = px - along * dx;
        double awayY = py - along * dy;
        double distance = Math.sqrt(awayX * awayX + awayY * awayY);
        double radius = fromRadius + along * (toRadius - fromRadius);
        double covered = Math.min(1, (radius - distance) / softness + 0.5);
        int at = row * side + column;
        inkAt[at] = Math.max(inkAt[at], ink * covered);
      }
    }
  }

  /// Writes the pixels as unsigned bytes, 255 for full ink, and clears the canvas. The grain takes
  /// a random share of each pixel's ink, up to `grain`.
  void develop(Draws draws, double grain, byte[] pixels, int offset) {
    long bits = 0;
    for (int i = 0; i < inkAt.length; i++) {
      if (i % 8 == 0) {
        bits = draws.bits();
      }
      double share = (bits & 0xff) / 256.0;
      bits >>>= 8;
      pixels[offset + i] = (byte) (int) (inkAt[i] * (1 - grain * share) * 255 + 0.5);
      inkAt[i] = 0;
    }
  }
}
