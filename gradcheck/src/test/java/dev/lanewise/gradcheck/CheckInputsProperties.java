package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CheckInputsProperties {
  @Property(tries = 100)
  void normalInputsKeepAwayFromZeroAndAreAFunctionOfTheKey(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int size) {
    Tensor x = CheckInputs.normal(Shape.of(size), Key.of(seed));
    assertTrue(x.dtype() == DType.FLOAT64);
    for (double element : x.toDoubles()) {
      assertTrue(Math.abs(element) >= CheckInputs.DISTANCE_FROM_ZERO, () -> "element " + element);
      // More than ten steps of a central difference away from the kink of ReLU.
      assertTrue(Math.abs(element) > 10 * Math.cbrt(0x1p-52) * Math.max(Math.abs(element), 1));
    }
    assertTrue(x.sameBits(CheckInputs.normal(Shape.of(size), Key.of(seed))));
  }
}
