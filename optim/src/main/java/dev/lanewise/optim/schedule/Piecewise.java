package dev.lanewise.optim.schedule;

import java.util.List;
import java.util.stream.Collectors;

/// Straight lines from point to point; before the first and after the last, their values.
///
/// @param points where the lines meet, each later than the one before
public record Piecewise(List<Point> points) implements Schedule {
  /// A place and its value.
  ///
  /// @param done t, how many steps are done there, from 0
  /// @param value the value there
  public record Point(long done, double value) {
    /// A point.
    ///
    /// @throws IllegalArgumentException if the place is negative or the value is not finite
    public Point {
      Require.finite("piecewise", "value", value);
      if (done < 0) {
        throw Require.wrong("piecewise", "place", "at least 0 steps", done);
      }
    }
  }

  /// Lines.
  ///
  /// @throws IllegalArgumentException if there is no point, or they do not follow each other
  public Piecewise {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("The schedule piecewise needs at least one point.");
    }
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).done() <= points.get(i - 1).done()) {
        throw Require.wrong(
            "piecewise",
            "point",
            "later than the one before at " + points.get(i - 1).done(),
            points.get(i).done());
      }
    }
  }

  @Override
  public double at(long step) {
    long done = step - 1;
    if (done <= points.getFirst().done()) {
      return points.getFirst().value();
    }
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      if (done < to.done()) {
        double share = (double) (done - from.done()) / (to.done() - from.done());
        return Ramp.between(from.value(), to.value(), share);
      }
    }
    return points.getLast().value();
  }

  @Override
  public String toString() {
    return points.stream()
        .map(point -> point.value() + " at t = " + point.done())
        .collect(Collectors.joining(", ", "lines through ", ""));
  }
}
