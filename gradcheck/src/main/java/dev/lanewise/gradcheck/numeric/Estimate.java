package dev.lanewise.gradcheck.numeric;

/// A numeric derivative with its error: the truth lies within `value ± width`, and at a kink every
/// slope between the one-sided ones does.
///
/// @param value n
/// @param width w, the half-width: round-off + truncation + 0.525·|jump|
/// @param narrow the half-width without the jump
/// @param jump |right slope − left slope| as far as it is significant, else 0
/// @param step the step of the level that was kept
/// @param noise the measured noise σ of one evaluation of the contracted function
/// @param level the level's number on the ladder, 0 the largest step
public record Estimate(
    double value, double width, double narrow, double jump, double step, double noise, int level) {
  /// Whether a jump of the slope, not round-off or truncation, is most of the width.
  ///
  /// @return whether the point is at a kink
  public boolean atKink() {
    return jump > 0 && width > 4 * narrow;
  }
}
