package dev.lanewise.gradcheck.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class GaussLegendreTest {
  @Test
  void isExactUpToTwiceTheNodes() {
    for (int n : new int[] {1, 2, 5, 10, 16}) {
      int degree = 2 * n - 1;
      double integral = GaussLegendre.of(n).integrate(t -> Math.pow(t, degree));
      assertEquals(1.0 / (degree + 1), integral, 1e-15, n + " nodes");
      double beyond = GaussLegendre.of(n).integrate(t -> Math.pow(2 * t - 1, 2 * n));
      assertNotEquals(1.0 / (2 * n + 1), beyond, 1e-12, n + " nodes");
    }
  }

  @Test
  void integratesWhatIsNoPolynomial() {
    assertEquals(Math.E - 1, GaussLegendre.of(10).integrate(Math::exp), 1e-15);
  }
}
