package dev.lanewise.gradcheck.numeric;

/// What two evaluations, at `+h` and `−h`, tell.
///
/// @param h the step
/// @param slope `D = Σⱼ uⱼ (yⱼ(h) − yⱼ(−h)) / 2h`, with the places really evaluated
/// @param difference `Σⱼ uⱼ (yⱼ(h) − yⱼ(−h))`
/// @param jump `S = Σⱼ uⱼ ((yⱼ(h) − yⱼ) + (yⱼ(−h) − yⱼ)) / h`: tends to the jump of the slope
/// @param jumps the summands of S, one for each output
/// @param moved the size of the outputs that moved, `√Σ (uⱼ max|yⱼ|)²`
/// @param unmoved the same of those that did not
/// @param finite whether all outputs were finite
record Level(
    double h,
    double slope,
    double difference,
    double jump,
    double[] jumps,
    double moved,
    double unmoved,
    boolean finite) {
  static Level of(Line line, Origin origin, double h, double[] above, double[] below) {
    double width = line.at(h, above) - line.at(-h, below);
    double[] y = origin.y();
    double[] u = origin.upstream();
    double[] jumps = new double[y.length];
    double difference = 0;
    double jump = 0;
    double moved = 0;
    double unmoved = 0;
    boolean finite = true;
    for (int j = 0; j < y.length; j++) {
      double d = above[j] - below[j];
      double s = (above[j] - y[j]) + (below[j] - y[j]);
      finite &= Double.isFinite(d) && Double.isFinite(s);
      difference += u[j] * d;
      jumps[j] = u[j] * s / h;
      jump += jumps[j];
      double size = size(above[j], below[j], y[j], u[j], origin.rms());
      if (d == 0 && s == 0) {
        unmoved += size * size;
      } else {
        moved += size * size;
      }
    }
    return new Level(
        h,
        difference / width,
        difference,
        jump,
        jumps,
        Math.sqrt(moved),
        Math.sqrt(unmoved),
        finite);
  }

  private static double size(double above, double below, double y, double u, double rms) {
    double largest = Math.max(Math.max(Math.abs(above), Math.abs(below)), Math.abs(y));
    return Math.abs(u) * Math.max(largest, rms);
  }
}
