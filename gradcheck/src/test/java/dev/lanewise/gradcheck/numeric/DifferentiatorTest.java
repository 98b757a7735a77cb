package dev.lanewise.gradcheck.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Estimates against derivatives in 60 digits, at some 8,000 coordinates of all of [Zoo].
///
/// The bounds are generous multiples of what was measured when the algorithm was chosen: median
/// relative error 3e-14, median half-width 1.5e-12, the truth at most 1.01 half-widths away.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentiatorTest {
  private static final int POINTS = 20;

  private final List<Sample> samples = new ArrayList<>();

  /// One coordinate.
  private record Sample(Zoo member, double x, double truth, Estimate slow, Estimate quick) {
    double error() {
      return Math.abs(slow.value() - truth);
    }

    double relativeError() {
      return error() == 0 ? 0 : error() / (Math.abs(slow.value()) + Math.abs(truth));
    }

    double relativeWidth() {
      return slow.width() / Math.abs(truth);
    }
  }

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @BeforeAll
  void differentiateTheZoo() {
    for (Zoo member : Zoo.all()) {
      RandomGenerator draws = seeded(member.name().hashCode());
      for (int k = 0; k < POINTS; k++) {
        ZooPoint point = ZooPoint.of(member, draws);
        for (int i = 0; i < point.x().length; i++) {
          samples.add(sample(member, point, i));
        }
      }
    }
  }

  private static Sample sample(Zoo member, ZooPoint point, int i) {
    Estimate slow = Differentiator.thorough(point.line(i), point.origin(), point.scale(i));
    Estimate quick =
        Differentiator.quick(
            point.line(i),
            point.origin(),
            slow.step() / 8,
            slow.noise(),
            Differentiator.Scratch.of(point.origin().y().length));
    return new Sample(member, point.x()[i], point.truth()[i], slow, quick);
  }

  private Stream<Sample> of(Zoo member) {
    return samples.stream().filter(each -> each.member().name().equals(member.name()));
  }

  private static double quantile(Stream<Sample> samples, double p, ToDoubleFunction<Sample> what) {
    double[] sorted = samples.mapToDouble(what).sorted().toArray();
    return sorted[(int) (p * (sorted.length - 1))];
  }

  @TestFactory
  Stream<DynamicTest> theTruthLiesWithinTheWidth() {
    return Zoo.all().stream()
        .map(
            member ->
                DynamicTest.dynamicTest(
                    member.name(),
                    () ->
                        of(member)
                            .forEach(
                                each ->
                                    assertTrue(
                                        each.error() <= 1.5 * each.slow().width(),
                                        () -> "exceeded: " + each))));
  }

  @Test
  void mostWidthsAreFarLargerThanTheErrorAndNoneIsUseless() {
    Stream<Sample> known = samples.stream().filter(each -> each.truth() != 0);
    double median = quantile(known, 0.5, each -> each.error() / each.slow().width());
    assertTrue(median > 0.005 && median < 0.2, "median error/width " + median);
    samples.forEach(each -> assertTrue(each.slow().width() < Double.POSITIVE_INFINITY));
  }

  @Test
  void relativeErrorsAreThoseThatWereMeasured() {
    double median = quantile(samples.stream(), 0.5, Sample::relativeError);
    double nine = quantile(samples.stream(), 0.9, Sample::relativeError);
    assertTrue(median < 1e-13, "median " + median);
    assertTrue(nine < 1e-8, "of nine in ten " + nine);
  }

  @Test
  void widthsAreThoseThatWereMeasured() {
    Stream<Sample> known = samples.stream().filter(each -> each.truth() != 0);
    double median = quantile(known, 0.5, Sample::relativeWidth);
    assertTrue(median < 6e-12, "median " + median);
  }

  @Test
  void badScalesLargeOffsetsAndTinyNormsCostNoDigits() {
    assertMedianBelow(1e-12, "scales 1e-8 … 1e8");
    assertMedianBelow(1e-12, "rms norm at 1e-4");
    assertMedianBelow(1e-12, "linear, raw features 1e4");
    assertMedianBelow(1e-12, "steep");
    // The last digits of these outputs are all that moves.
    assertMedianBelow(1e-8, "log-sum-exp at 1e4");
    assertMedianBelow(2e-8, "offset 1e6");
    assertMedianBelow(1e-8, "cancelling gelu");
  }

  private void assertMedianBelow(double bound, String name) {
    Zoo member = Zoo.all().stream().filter(each -> each.name().equals(name)).findFirst().get();
    double median = quantile(of(member), 0.5, Sample::relativeError);
    assertTrue(median < bound, name + ": median relative error " + median);
  }

  @Test
  void fourEvaluationsGiveNineDigitsWhereAllIsSmooth() {
    Stream<Sample> smooth =
        samples.stream().filter(each -> each.member().name().endsWith("network"));
    double median =
        quantile(
            smooth,
            0.9,
            each -> Math.abs(each.quick().value() - each.truth()) / Math.abs(each.truth()));
    assertTrue(median < 1e-9, "of nine in ten " + median);
  }

  @Test
  void aWidthOfFourEvaluationsHoldsNinetyNineTimesInAHundred() {
    long held =
        samples.stream()
            .filter(
                each -> Math.abs(each.quick().value() - each.truth()) <= 1.5 * each.quick().width())
            .count();
    assertTrue(held >= 0.99 * samples.size(), held + " of " + samples.size());
  }

  // What single terms of the width are for.

  /// A line through one function of one variable.
  private static Line line(double x, DoubleUnaryOperator f) {
    return new Line() {
      @Override
      public double at(double t, double[] y) {
        double place = x + t;
        y[0] = f.applyAsDouble(place);
        return place - x;
      }

      @Override
      public double placeNoise(double slope) {
        return 4 * Math.abs(slope) * 0x1p-53 * Math.abs(x);
      }
    };
  }

  private static Origin origin(double x, DoubleUnaryOperator f) {
    return Origin.of(new double[] {f.applyAsDouble(x)}, new double[] {1}, Math.abs(x));
  }

  private static Estimate thorough(double x, double scale, DoubleUnaryOperator f) {
    return Differentiator.thorough(line(x, f), origin(x, f), scale);
  }

  @Test
  void aScaleThatIsAMillionTimesTooLargeIsRepaired() {
    DoubleUnaryOperator f = x -> Math.sin(1e7 * x);
    Estimate estimate = thorough(1e-8, 1, f);
    assertEquals(1e7 * Math.cos(0.1), estimate.value(), 1e-12 * 1e7);
    assertTrue(estimate.width() < 1e-9 * 1e7, estimate.toString());
  }

  @Test
  void aScaleThatIsAThousandTimesTooSmallCostsThreeDigitsAndSaysSo() {
    Estimate good = thorough(1, 1, Math::exp);
    Estimate small = thorough(1, 0x1p-10, Math::exp);
    assertEquals(Math.E, small.value(), 1.5 * small.width());
    assertTrue(small.width() > good.width() && small.width() < 1e-8, small.toString());
  }

  @Test
  void anOutputRoundedToAStepIsNotTakenForFlat() {
    // Steps of 2⁻⁴⁴ = 6e-14: nearly all differences vanish, and the derivative is 1e-12.
    DoubleUnaryOperator f = x -> Math.rint(0x1p44 * (1 + 1e-12 * x)) / 0x1p44;
    Estimate estimate = thorough(0.3, 1, f);
    assertTrue(Math.abs(estimate.value() - 1e-12) <= 1.5 * estimate.width(), estimate.toString());
  }

  @Test
  void aKinkAwayFromTheNoiseIsSeenAsItsJump() {
    for (double slope : new double[] {1, -3, 1e-5}) {
      Estimate estimate = thorough(0, 1, x -> 2 + x + slope * Math.abs(x));
      assertTrue(estimate.atKink(), estimate.toString());
      assertEquals(1, estimate.value(), 1e-12);
      assertEquals(2 * Math.abs(slope), estimate.jump(), 0.01 * Math.abs(slope));
      assertTrue(estimate.width() >= Math.abs(slope) && estimate.width() < 1.2 * Math.abs(slope));
    }
  }

  @Test
  void kinksOfSeveralOutputsDoNotCancel() {
    Line line =
        new Line() {
          @Override
          public double at(double t, double[] y) {
            y[0] = 1 + Math.abs(t);
            y[1] = 1 + Math.abs(t);
            return t;
          }

          @Override
          public double placeNoise(double slope) {
            return 0;
          }
        };
    Origin origin = Origin.of(new double[] {1, 1}, new double[] {1, -1}, 1);
    Estimate estimate = Differentiator.thorough(line, origin, 1);
    assertEquals(0, estimate.value());
    assertEquals(4, estimate.jump(), 1e-6);
  }

  @Test
  void aBendWithoutAJumpWidensAndIsNoKink() {
    // x|x|: the second derivative jumps.
    Estimate estimate = thorough(0, 1, x -> x * Math.abs(x) + 3 * x);
    assertEquals(3, estimate.value(), 1.5 * estimate.width());
    assertEquals(0, estimate.jump());
  }

  @Test
  void tiesOnADyadicLatticeDoNotMisleadLargeSteps() {
    // Kinks at all whole numbers, with equal slopes on average.
    DoubleUnaryOperator f = x -> x + Math.abs(x - Math.rint(x));
    Estimate estimate = thorough(2, 2, f);
    assertEquals(1, estimate.value(), 1e-9);
    assertTrue(estimate.width() >= 1 && estimate.width() < 1.2, estimate.toString());
  }

  @Test
  void largeStepsAreDroppedWhereSmallOnesContradictThem() {
    // At steps of whole numbers the slope is 1, and looks exact.
    DoubleUnaryOperator f = x -> x + Math.abs(x - Math.rint(x));
    Estimate estimate = thorough(2.25, 16, f);
    assertEquals(2, estimate.value(), 1e-12);
    assertTrue(estimate.width() < 1e-11, estimate.toString());
  }

  @Test
  void whereTheFunctionIsNotFiniteThereIsNoValue() {
    assertTrue(Double.isNaN(thorough(0, 1, Math::sqrt).value()));
    assertTrue(Double.isNaN(thorough(0, 1, x -> Double.NaN).value()));
  }

  @Test
  void largeStepsThatLeaveTheDomainAreDropped() {
    Estimate estimate = thorough(1, 16, Math::log);
    assertEquals(1, estimate.value(), 1.5 * estimate.width());
    assertTrue(estimate.width() < 1e-10, estimate.toString());
  }

  @Test
  void constantsAndLinesAreExact() {
    assertEquals(0, thorough(0.7, 1, x -> 5).value());
    Estimate estimate = thorough(0.7, 1, x -> 3 * x + 1);
    assertEquals(3, estimate.value(), 1e-14);
    assertTrue(estimate.width() < 1e-13, estimate.toString());
  }

  @Test
  void roundingOfThePlaceIsNoNoise() {
    // At steps that are no powers of two x ± h is rounded; D knows by how much.
    Estimate dyadic = thorough(1.0 / 3, 1, x -> 1e-3 * x);
    Estimate other = thorough(1.0 / 3, 1.37, x -> 1e-3 * x);
    assertTrue(other.noise() <= 4 * dyadic.noise() + 1e-19, dyadic + " " + other);
  }

  @Test
  void outputsThatDoNotMoveAddNoNoise() {
    double[] large = new double[50];
    Arrays.fill(large, 1e6);
    Line line =
        new Line() {
          @Override
          public double at(double t, double[] y) {
            System.arraycopy(large, 0, y, 0, 50);
            y[50] = Math.sin(1 + t);
            return t;
          }

          @Override
          public double placeNoise(double slope) {
            return 0;
          }
        };
    double[] y = Arrays.copyOf(large, 51);
    y[50] = Math.sin(1);
    double[] u = new double[51];
    Arrays.fill(u, 1);
    Estimate estimate = Differentiator.thorough(line, Origin.of(y, u, 1), 1);
    assertEquals(Math.cos(1), estimate.value(), 1e-10);
  }
}
