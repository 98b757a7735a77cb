package dev.lanewise.optim.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Solvers by name.
class DirectSolversTest {
  @Test
  void everyNameGivesASolver() {
    for (String name : DirectSolvers.names()) {
      double l2 = name.equals("ridge") ? 0.5 : 0;
      double[][] x = {{0}, {1}, {2}, {3}};
      double[][] t = {{0}, {1}, {0}, {1}};
      DirectSolution solution = DirectSolvers.byName(name, l2).solve(Sets.numbers(x, t));
      assertEquals(0, solution.optimality(), 1e-12, name);
    }
    assertEquals(new LeastSquares(0.5), DirectSolvers.byName("ridge", 0.5));
    assertEquals(new LogisticRegression(0.5), DirectSolvers.byName("newton", 0.5));
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    String message = refused("simplex", 0);
    assertTrue(message.contains("least-squares, ridge, least-absolute, newton"), message);
  }

  @Test
  void aPenaltyIsNeitherIgnoredNorMadeUp() {
    assertTrue(refused("least-squares", 0.1).contains("has no L2 penalty"));
    assertTrue(refused("least-absolute", 0.1).contains("has no L2 penalty"));
    assertTrue(refused("ridge", 0).contains("λ must be positive"));
    assertTrue(refused("newton", -1).contains("at least 0"));
  }

  private static String refused(String name, double l2) {
    return assertThrows(IllegalArgumentException.class, () -> DirectSolvers.byName(name, l2))
        .getMessage();
  }
}
