package dev.lanewise.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DoubleTensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorDifferenceTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0000000000000002, 1",
    "0.0, -0.0, 1",
    "4.9E-324, -4.9E-324, 3",
    "3, -3, 9227875636482146305", // 2·0x4008000000000000 + 1, more than a signed long holds
    "-3, 3, 9227875636482146305"
  })
  void theDistanceIsHowManyNumbersLieBetween(double one, double other, String ulps) {
    TensorDifference found =
        TensorDifference.between(DoubleTensor.vector(one), DoubleTensor.vector(other))
            .orElseThrow();
    assertEquals(ulps, Long.toUnsignedString(found.ulps()));
  }

  @Test
  void theLargestDistanceIsNamed() {
    TensorDifference found =
        TensorDifference.between(DoubleTensor.vector(1, 3, 5), DoubleTensor.vector(1, -3, 6))
            .orElseThrow();
    assertEquals(2, found.different());
    assertEquals(1, found.position());
    assertTrue(
        TensorDifference.between(DoubleTensor.vector(1), DoubleTensor.vector(1))
            .equals(Optional.empty()));
  }
}
