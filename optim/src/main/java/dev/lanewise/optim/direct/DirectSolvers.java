package dev.lanewise.optim.direct;

import java.util.List;

/// Direct solvers by the names that users write.
public final class DirectSolvers {
  private DirectSolvers() {}

  /// The known names.
  ///
  /// @return the names
  public static List<String> names() {
    return List.of("least-squares", "ridge", "least-absolute", "newton");
  }

  /// A solver by its name.
  ///
  /// @param name one of [#names()]
  /// @param l2 λ of the penalty `½·λ·‖W‖²`: positive for `ridge`, any from 0 on for `newton`, else
  ///     0
  /// @return the solver
  /// @throws IllegalArgumentException if there is no such name, the message lists the known ones;
  ///     or if it has no such λ
  public static DirectSolver byName(String name, double l2) {
    return switch (name) {
      case "least-squares" -> {
        requireNone(name, l2);
        yield LeastSquares.plain();
      }
      case "ridge" -> LeastSquares.ridge(l2);
      case "least-absolute" -> {
        requireNone(name, l2);
        yield new LeastAbsoluteDeviations();
      }
      case "newton" -> new LogisticRegression(l2);
      default ->
          throw new IllegalArgumentException(
              "There is no direct solver '"
                  + name
                  + "': expected one of "
                  + String.join(", ", names())
                  + ".");
    };
  }

  private static void requireNone(String name, double l2) {
    if (l2 != 0) {
      throw new IllegalArgumentException(
          "The solver '" + name + "' has no L2 penalty: its λ must be 0, but is " + l2 + ".");
    }
  }
}
