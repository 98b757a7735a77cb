package dev.lanewise.gradcheck.large;

/// How far backward and differences are apart along a direction: the sum of the wrong coordinates'
/// errors times their displacements.
///
/// @param value `Σ aᵢdᵢ − n`
/// @param width the truth lies within value ± width
record Residual(double value, double width) {
  /// Half-widths that still count as none.
  private static final double SAFETY = 1.5;

  private static final double SHARP = 20;

  /// Whether something is wrong along the direction.
  boolean significant() {
    return Math.abs(value) > SAFETY * width;
  }

  /// Whether so much is wrong that differences of residuals still mean something.
  boolean sharp() {
    return Math.abs(value) > SHARP * width;
  }

  /// Whether the residual, computed from others, is so small that nothing can be behind it.
  boolean negligible() {
    return Math.abs(value) <= width;
  }

  /// What is left without a part.
  Residual minus(Residual part) {
    return new Residual(value - part.value, width + part.width);
  }

  Residual times(double factor) {
    return new Residual(value * factor, width * Math.abs(factor));
  }
}
