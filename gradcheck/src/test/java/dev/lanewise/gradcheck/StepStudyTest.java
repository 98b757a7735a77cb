package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class StepStudyTest {
  private static List<StepStudy.Point> exp(List<Double> steps) {
    return StepStudy.of(Math::exp, 1, Math.E, steps);
  }

  @Test
  void theTruncationFallsWithTheStepAndItsSquare() {
    // The lecture's rule halves a small relative error: h/2·f″ and h²/6·f‴, over 2|f′|.
    StepStudy.Point point = exp(List.of(1e-3)).getFirst();
    assertEquals(1e-3 / 4, point.oneSidedError(), 1e-6);
    assertEquals(1e-6 / 12, point.twoSidedError(), 1e-12);
  }

  @Test
  void bothCurvesAreVsWithTheirBestStepsWhereTheTheorySays() {
    List<StepStudy.Point> points = exp(StepStudy.steps(0, -14, 4));
    StepStudy.Point one = best(points, StepStudy.Point::oneSidedError);
    StepStudy.Point two = best(points, StepStudy.Point::twoSidedError);
    assertTrue(one.step() > 1e-10 && one.step() < 1e-6, () -> "one-sided: " + one);
    assertTrue(two.step() > 1e-7 && two.step() < 1e-4, () -> "two-sided: " + two);
    assertTrue(two.twoSidedError() < one.oneSidedError(), () -> one + " " + two);
    assertTrue(points.getFirst().twoSidedError() > 1e-2);
    assertTrue(points.getLast().twoSidedError() > 1e-5);
  }

  private static StepStudy.Point best(
      List<StepStudy.Point> points, ToDoubleFunction<StepStudy.Point> error) {
    return points.stream().min(Comparator.comparingDouble(error)).orElseThrow();
  }

  @Test
  void stepsAreEquallyFarApartOnTheLogarithmicScale() {
    List<Double> steps = StepStudy.steps(-1, -3, 2);
    double[] expected = {1e-1, 1e-1 / Math.sqrt(10), 1e-2, 1e-2 / Math.sqrt(10), 1e-3};
    assertEquals(expected.length, steps.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], steps.get(i), 1e-15);
    }
  }

  @Test
  void aStepThatDoesNotChangeThePointIsAnError() {
    for (double step : new double[] {0, -1, 1e-17, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> exp(List.of(step)), "step " + step);
    }
    assertThrows(IllegalArgumentException.class, () -> StepStudy.steps(-3, -1, 2));
    assertThrows(IllegalArgumentException.class, () -> StepStudy.steps(-1, -3, 0));
  }
}
