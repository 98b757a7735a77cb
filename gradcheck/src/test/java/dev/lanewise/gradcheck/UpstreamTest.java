package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private static final double[] Y = {3, -4, 0, 1e-9, 12, 0.5};
  private static final double RMS = Math.sqrt((9 + 16 + 144 + 0.25) / 6);

  private static void assertBetweenHalfAndThreeHalves(double[] sizes) {
    assertTrue(
        Arrays.stream(sizes).allMatch(size -> size >= 0.5 && size < 1.5), Arrays.toString(sizes));
  }

  @Test
  void uniformWeightsAreAboutOneOverTheRootMeanSquare() {
    for (int seed = 0; seed < 100; seed++) {
      double[] u = Upstream.UNIFORM.draw(Y, Key.of(seed));
      assertBetweenHalfAndThreeHalves(
          Arrays.stream(u).map(each -> Math.abs(each) * RMS * (1 + 1e-15)).toArray());
    }
  }

  @Test
  void balancedWeightsAreAboutOneOverTheOutputButSmallOnesCountAThousandTimesAtMost() {
    for (int seed = 0; seed < 100; seed++) {
      double[] u = Upstream.BALANCED.draw(Y, Key.of(seed));
      double[] sizes = new double[u.length];
      Arrays.setAll(
          sizes, j -> Math.abs(u[j]) * Math.max(Math.abs(Y[j]), 1e-3 * RMS) * (1 + 1e-15));
      assertBetweenHalfAndThreeHalves(sizes);
    }
  }

  @Test
  void signsAreMixedAndAllZeroOutputsHaveFiniteWeights() {
    for (Upstream upstream : Upstream.values()) {
      double[] u = upstream.draw(new double[1000], Key.of(3));
      long positive = Arrays.stream(u).filter(each -> each > 0).count();
      assertTrue(positive > 400 && positive < 600, positive + " positive");
      assertTrue(Arrays.stream(u).allMatch(each -> Double.isFinite(each) && each != 0));
      assertArrayEquals(u, upstream.draw(new double[1000], Key.of(3)));
    }
  }
}
