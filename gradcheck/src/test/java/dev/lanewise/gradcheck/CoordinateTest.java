package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinateTest {
  private static Coordinate coordinate(double analytic, double numeric, double resolution) {
    return new Coordinate("weight", List.of(2, 3), 0.5, analytic, numeric, 6e-6, resolution);
  }

  @Test
  void theRelativeErrorIsTheLecturesRule() {
    assertEquals(0, Coordinate.relativeError(0, 0));
    assertEquals(0, Coordinate.relativeError(0.0, -0.0));
    assertEquals(1, Coordinate.relativeError(0, 1e-300));
    assertEquals(1, Coordinate.relativeError(2, -2));
    assertEquals(0.5, Coordinate.relativeError(3, 1));
    assertEquals(0.5, Coordinate.relativeError(Double.MAX_VALUE, Double.MAX_VALUE / 3), 1e-15);
    assertEquals(Double.NaN, Coordinate.relativeError(Double.NaN, 1));
    assertEquals(
        Double.NaN, Coordinate.relativeError(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  @Test
  void everyCoordinateIsExactlyOneOfThree() {
    Coordinate agrees = coordinate(1, 1 + 1e-6, 0);
    assertTrue(agrees.agrees() && !agrees.belowResolution() && !agrees.disagrees());
    Coordinate disagrees = coordinate(1, 1 + 3e-6, 2e-6);
    assertTrue(!disagrees.agrees() && !disagrees.belowResolution() && disagrees.disagrees());
    Coordinate undecided = coordinate(0, 1e-12, 2e-12);
    assertTrue(!undecided.agrees() && undecided.belowResolution() && !undecided.disagrees());
    Coordinate notFinite = coordinate(Double.NaN, 0, 1);
    assertTrue(!notFinite.agrees() && !notFinite.belowResolution() && notFinite.disagrees());
    Coordinate infinite = coordinate(1, 1, Double.POSITIVE_INFINITY);
    assertFalse(infinite.belowResolution());
  }

  @Test
  void theWorstIsTheLargestErrorThatWasDecided() {
    Coordinate small = coordinate(1, 1 + 1e-9, 0);
    Coordinate large = coordinate(1, 2, 0);
    Coordinate undecided = coordinate(0, 1e-12, 2e-12);
    Coordinate notFinite = coordinate(Double.NaN, 0, 0);
    assertEquals(large, TensorReport.worse(small, large));
    assertEquals(large, TensorReport.worse(large, small));
    assertEquals(small, TensorReport.worse(small, undecided));
    assertEquals(small, TensorReport.worse(undecided, small));
    assertEquals(notFinite, TensorReport.worse(notFinite, large));
    assertEquals(notFinite, TensorReport.worse(large, notFinite));
  }

  @Test
  void theTextNamesEverything() {
    assertEquals(
        "weight[2,3] = 0.5: analytic 3.0, numeric 1.0, ratio 3.0, relative error 0.5"
            + " (limit 1.0E-6), step 6.0E-6",
        coordinate(3, 1, 0).toString());
  }
}
