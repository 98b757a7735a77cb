package dev.lanewise.gradcheck.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One ReLU unit at a distance from its kink, in a smooth function: the right derivative is never
/// contradicted, and the one with the unit's mask flipped always, at every distance down to 1e-8.
class KinkTest {
  private static final int DRAWS = 200;

  /// `φ(x) = tanh(a x) + b relu(c (x − k))`, three outputs of it with other numbers.
  private record Unit(double[] a, double[] b, double[] c, double kink) implements Line {
    static final int OUTPUTS = 3;

    static Unit draw(RandomGenerator draws, double kink) {
      double[][] numbers = new double[3][OUTPUTS];
      for (double[] each : numbers) {
        for (int j = 0; j < OUTPUTS; j++) {
          each[j] = (draws.nextBoolean() ? 1 : -1) * (0.3 + draws.nextDouble());
        }
      }
      return new Unit(numbers[0], numbers[1], numbers[2], kink);
    }

    @Override
    public double at(double t, double[] y) {
      for (int j = 0; j < OUTPUTS; j++) {
        y[j] = 0.4 + Math.tanh(a[j] * (0.2 + t)) + b[j] * Math.max(0, c[j] * (t - kink));
      }
      return t;
    }

    @Override
    public double placeNoise(double slope) {
      return 4 * Math.abs(slope) * 0x1p-53 * 0.2;
    }

    double derivative(double[] u, boolean flipped) {
      double sum = 0;
      for (int j = 0; j < OUTPUTS; j++) {
        double t = Math.tanh(a[j] * 0.2);
        boolean active = c[j] * (0 - kink) > 0;
        sum += u[j] * (a[j] * (1 - t * t) + (active != flipped ? b[j] * c[j] : 0));
      }
      return sum;
    }
  }

  private static boolean accepted(double a, Estimate n) {
    return Math.abs(a - n.value()) <= 1.5 * (n.width() + 0x1p-41 * Math.abs(a));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8})
  void theRightMaskIsAcceptedAndTheFlippedOneIsNot(double distance) {
    RandomGenerator draws = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    int alarms = 0;
    int caught = 0;
    for (int k = 0; k < DRAWS; k++) {
      double kink = (draws.nextBoolean() ? 1 : -1) * distance * (0.5 + draws.nextDouble());
      Unit unit = Unit.draw(draws, kink);
      double[] u = {1.3, -0.7, 0.9};
      double[] y = new double[Unit.OUTPUTS];
      unit.at(0, y);
      Estimate n = Differentiator.thorough(unit, Origin.of(y, u, 0.2), 1);
      alarms += accepted(unit.derivative(u, false), n) ? 0 : 1;
      caught += accepted(unit.derivative(u, true), n) ? 0 : 1;
    }
    assertEquals(0, alarms, "right derivatives contradicted at " + distance);
    assertEquals(DRAWS, caught, "flipped masks caught at " + distance);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-300, 1e-15, 1e-12, 1e-10, 1e-9})
  void closerThanAnyStepBothSlopesAreLegal(double distance) {
    RandomGenerator draws = RandomGeneratorFactory.of("L64X128MixRandom").create(12);
    for (int k = 0; k < DRAWS; k++) {
      Unit unit = Unit.draw(draws, draws.nextBoolean() ? distance : -distance);
      double[] u = {1.3, -0.7, 0.9};
      double[] y = new double[Unit.OUTPUTS];
      unit.at(0, y);
      Estimate n = Differentiator.thorough(unit, Origin.of(y, u, 0.2), 1);
      assertEquals(true, accepted(unit.derivative(u, false), n), unit + " " + n);
    }
  }
}
