package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.JavaCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A demand on something that is drawn for given shapes: a failure is told with the smallest
/// shapes.
final class ByShapes {
  private ByShapes() {}

  /// Demands that a check passes.
  ///
  /// @param property the property's name: a call of it with the smallest shapes repeats the failure
  /// @param shapes the shapes
  /// @param seed of all draws
  /// @param check throws [AssertionError] if it fails
  /// @throws AssertionError if the check fails
  static void require(String property, List<Shape> shapes, int seed, Consumer<List<Shape>> check) {
    Optional<AssertionError> first = failure(shapes, check);
    if (first.isEmpty()) {
      return;
    }
    Shrinker.Shrunk<List<Shape>> shrunk =
        Shrinker.shrink(
            shapes,
            each -> Simpler.resizes(each).map(resize -> each.stream().map(resize::apply).toList()),
            each -> failure(each, check).isPresent());
    List<Shape> smallest = shrunk.value();
    AssertionError error = failure(smallest, check).orElse(first.get());
    String arguments = smallest.stream().map(JavaCode::of).collect(Collectors.joining(", "));
    String given = smallest.size() == 1 ? arguments : "List.of(" + arguments + ")";
    throw new AssertionError(
        error.getMessage()
            + "\n\nThis is the smallest case found in "
            + shrunk.steps()
            + " steps, "
            + shrunk.attempts()
            + " tries, from "
            + shapes
            + ". Paste this into the test class to have it again:\n\n"
            + "  @Test\n  void hasItAgain() {\n    "
            + property
            + "("
            + given
            + ", "
            + seed
            + ");\n  }\n",
        error);
  }

  /// The same with one shape.
  static void requireOne(String property, Shape shape, int seed, Consumer<Shape> check) {
    require(property, List.of(shape), seed, shapes -> check.accept(shapes.getFirst()));
  }

  /// How a check fails. What cannot be made for the shapes is no failure, but for the first.
  private static Optional<AssertionError> failure(List<Shape> shapes, Consumer<List<Shape>> check) {
    try {
      check.accept(shapes);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    }
  }
}
