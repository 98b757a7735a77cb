package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.Regime;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShapesProperties {
  @Provide
  Arbitrary<List<Shape>> factors() {
    return Shapes.of("[n,k]", "[k,m]", "[2]");
  }

  @Provide
  Arbitrary<Shape> any() {
    return Shapes.any();
  }

  @Provide
  Arbitrary<Tensor> wholeNumbers() {
    return Tensors.of(Shape.of(3, 5), Regime.INTEGERS);
  }

  @Property(tries = 300, seed = "1")
  void shapesOfAFormFitAndHaveNoCommonFactor(@ForAll("factors") List<Shape> shapes) {
    int n = shapes.get(0).dim(0);
    int k = shapes.get(0).dim(1);
    int m = shapes.get(1).dim(1);
    assertEquals(Shape.of(k, m), shapes.get(1));
    assertEquals(Shape.of(2), shapes.get(2));
    for (int[] pair : new int[][] {{n, k}, {k, m}, {n, m}}) {
      BigInteger factor = BigInteger.valueOf(pair[0]).gcd(BigInteger.valueOf(pair[1]));
      assertEquals(BigInteger.ONE, factor, shapes::toString);
    }
  }

  @Property(tries = 300, seed = "2")
  void shapesAreSmallAndNoMultipleOfTheLanes(@ForAll("any") Shape shape) {
    assertTrue(shape.rank() <= 3 && shape.size() <= Shapes.LARGEST, shape::toString);
    for (int dim : shape.dims()) {
      assertTrue(dim >= 1 && (dim <= 2 || dim % 2 == 1), shape::toString);
    }
  }

  @Property(tries = 50, seed = "3")
  void tensorsAreOfTheirRegime(@ForAll("wholeNumbers") Tensor tensor) {
    assertEquals(DType.FLOAT64, tensor.dtype());
    for (double x : tensor.toDoubles()) {
      assertEquals(Math.rint(x), x);
    }
  }

  @Example
  void aFormThatIsNoShapeIsRefused() {
    for (String form : List.of("n,k", "[n", "[n k,]", "")) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> Shapes.of(form), form);
      assertTrue(error.getMessage().contains("'" + form + "'"), error::getMessage);
    }
  }

  @Example
  void targetsAreWhatTheyAreCalled() {
    Tensor labels = Tensors.labels(200, 3, Key.of(1));
    boolean[] seen = new boolean[3];
    for (double label : labels.toDoubles()) {
      seen[(int) label] = true;
      assertEquals(Math.rint(label), label);
    }
    assertTrue(seen[0] && seen[1] && seen[2]);
    Tensor rows = Tensors.distributions(4, 3, Key.of(1));
    for (int i = 0; i < 4; i++) {
      assertEquals(1, rows.get(i, 0) + rows.get(i, 1) + rows.get(i, 2), 1e-15);
    }
    for (double p : Tensors.probabilities(Shape.of(50), Key.of(1)).toDoubles()) {
      assertTrue(p >= 0 && p <= 1, () -> "probability " + p);
    }
  }
}
