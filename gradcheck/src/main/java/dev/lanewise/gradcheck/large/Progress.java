package dev.lanewise.gradcheck.large;

import java.time.Duration;
import java.util.Locale;

/// How far a check has come. An observer hears of it at most twice a second, and not at all of a
/// check that takes less than half a second.
///
/// @param name what is checked
/// @param run the run that made the latest step, `normal, uniform upstream`
/// @param done how many derivatives were checked, along coordinates and directions
/// @param total how many will be, wrong ones that are looked for in large tensors not counted
/// @param elapsed the time since the check began
public record Progress(String name, String run, long done, long total, Duration elapsed) {
  /// One line, `mlp: 1240 of 4096 derivatives, 12 s (normal, uniform upstream)`.
  ///
  /// @return the line
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d derivatives, %d s (%s)",
        name,
        done,
        total,
        elapsed.toSeconds(),
        run);
  }
}
