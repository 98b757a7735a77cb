package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.large.Localisation;
import java.util.List;
import java.util.Optional;

/// What was found at one point.
///
/// @param coordinates the coordinates that were looked at, of each variable
/// @param screens the directions
/// @param located of each variable: where wrong coordinates were searched, what came of it
record Findings(
    List<List<Coordinate>> coordinates,
    List<Screen> screens,
    List<Optional<Localisation>> located) {
  /// Whether a coordinate of some variable is wrong.
  boolean failed() {
    return coordinates.stream().anyMatch(Findings::failed);
  }

  /// Whether one of some coordinates is wrong.
  static boolean failed(List<Coordinate> coordinates) {
    return coordinates.stream().anyMatch(each -> each.verdict() == Verdict.FAIL);
  }
}
