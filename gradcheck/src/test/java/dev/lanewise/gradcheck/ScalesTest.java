package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScalesTest {
  @Test
  void theScaleChangesTheOutputByItsOwnSizeUnlessTheVariableIsSmaller() {
    // natural/|a| = 1/8, |x| = 1, rms = 1
    assertEquals(0x1p-3, Scales.of(1, 8, 1, 1));
    // natural/|a| = 1000: no larger than |x| or the root mean square
    assertEquals(2, Scales.of(3, 1e-3, 1, 1));
    assertEquals(4, Scales.of(1, 1e-3, 5, 1));
    assertEquals(1, Scales.of(1, 0, 1, 1));
  }

  @Test
  void theScaleIsNeverTooSmallToChangeTheVariable() {
    assertEquals(0x1p-6, Scales.of(1, 1e30, 1, 1));
    assertEquals(0x1p-20, Scales.of(0, 1e30, 1, 1));
  }

  @Test
  void whatIsNotANumberHasAScaleAsWell() {
    for (double a : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double scale = Scales.of(1, a, 1, 1);
      assertTrue(scale > 0 && scale <= 1, "scale " + scale);
    }
  }

  @Property(seed = "1")
  void scalesArePowersOfTwoWithinTheirBounds(
      @ForAll @DoubleRange(min = -1e10, max = 1e10) double x,
      @ForAll @DoubleRange(min = -1e10, max = 1e10) double a,
      @ForAll @IntRange(min = -30, max = 30) int exponent) {
    double rms = 1.5 * Math.scalb(1.0, exponent);
    double scale = Scales.of(x, a, rms, 1);
    assertEquals(scale, Math.scalb(1.0, Math.getExponent(scale)));
    assertTrue(scale <= Math.max(Math.abs(x), rms));
    assertTrue(scale > (x == 0 ? 0x1p-21 * rms : Math.abs(x) / 128));
  }
}
