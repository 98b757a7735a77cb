package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Powers and products of features.
class PolynomialFeaturesTest {
  private static final Dataset ROW = row(2, 3);

  @Test
  void withInteractionsThereAreAllMonomialsInGradedOrder() {
    Dataset cubic = new PolynomialFeatures(3, true).apply(ROW);
    assertEquals(
        List.of("x0", "x1", "x0^2", "x0*x1", "x1^2", "x0^3", "x0^2*x1", "x0*x1^2", "x1^3"),
        cubic.featureNames());
    assertArrayEquals(
        new double[] {2, 3, 4, 6, 9, 8, 12, 18, 27}, Numbered.features(cubic).toDoubles());
  }

  @Test
  void withoutInteractionsThereArePowersOnly() {
    Dataset cubic = new PolynomialFeatures(3, false).apply(ROW);
    assertEquals(List.of("x0", "x1", "x0^2", "x1^2", "x0^3", "x1^3"), cubic.featureNames());
    assertArrayEquals(new double[] {2, 3, 4, 9, 8, 27}, Numbered.features(cubic).toDoubles());
  }

  @Property(seed = "1")
  void thereAreAsManyFeaturesAsTheBinomialSays(
      @ForAll @IntRange(min = 1, max = 5) int features,
      @ForAll @IntRange(min = 1, max = 6) int degree) {
    for (boolean interactions : new boolean[] {true, false}) {
      PolynomialFeatures polynomial = new PolynomialFeatures(degree, interactions);
      Dataset dataset = polynomial.apply(row(new double[features]));
      assertEquals(polynomial.count(features), dataset.featureShape().size());
      assertEquals(
          dataset.featureShape().size(), dataset.featureNames().stream().distinct().count());
    }
  }

  @Test
  void tooManyFeaturesAndNoDegreeAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PolynomialFeatures(30, true).apply(row(new double[784])));
    assertThrows(IllegalArgumentException.class, () -> new PolynomialFeatures(0, true));
  }

  private static Dataset row(double... features) {
    return TensorDataset.regression(
        new DoubleTensor(Shape.of(1, features.length), features, 0),
        DoubleTensor.matrix(new double[] {1}),
        Provenance.of("one row"));
  }
}
