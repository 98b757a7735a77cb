package dev.lanewise.gradcheck;

import dev.lanewise.core.tensor.Shape;
import java.util.List;

/// What a check found in one input or parameter.
///
/// @param check the name of the check
/// @param path the input's name or the parameter's path
/// @param shape its shape
/// @param coordinates how many of its elements were checked: all
/// @param failures how many disagree
/// @param belowResolution how many could not be decided
/// @param worst the element with the largest relative error; one below the resolution only if there
///     is no other
public record TensorReport(
    String check,
    String path,
    Shape shape,
    int coordinates,
    int failures,
    int belowResolution,
    Coordinate worst) {
  static TensorReport of(String check, String path, Shape shape, List<Coordinate> coordinates) {
    int failures = 0;
    int belowResolution = 0;
    Coordinate worst = coordinates.getFirst();
    for (Coordinate coordinate : coordinates) {
      failures += coordinate.disagrees() ? 1 : 0;
      belowResolution += coordinate.belowResolution() ? 1 : 0;
      worst = worse(worst, coordinate);
    }
    return new TensorReport(
        check, path, shape, coordinates.size(), failures, belowResolution, worst);
  }

  static Coordinate worse(Coordinate a, Coordinate b) {
    if (a.belowResolution() != b.belowResolution()) {
      return a.belowResolution() ? b : a;
    }
    // NaN counts as the largest of all.
    return Double.compare(b.relativeError(), a.relativeError()) > 0 ? b : a;
  }

  /// One line: how many coordinates agree, disagree or are undecided, and the worst.
  ///
  /// @return the line
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(path).append(' ').append(shape).append(" in ").append(check).append(": ");
    if (failures > 0) {
      text.append(failures).append(" of ").append(coordinates).append(" coordinates disagree");
    } else {
      text.append(coordinates - belowResolution).append(" of ").append(coordinates);
      text.append(" coordinates agree");
    }
    if (belowResolution > 0) {
      text.append(", ").append(belowResolution).append(" below the resolution");
    }
    return text.append("; worst: ").append(worst).toString();
  }
}
