package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Targets of mean 0 and deviation 1.
class StandardiseTargetsTest {
  @Test
  void trainingTargetsGetMeanZeroAndDeviationOneAndOthersTheSameTransform() {
    StandardiseTargets transform = StandardiseTargets.fit(targets(1, 3, 1, 3));
    assertArrayEquals(new double[] {2}, transform.mean());
    assertArrayEquals(new double[] {1}, transform.deviation());
    Dataset test = transform.apply(targets(0, 2, 5));
    assertArrayEquals(new double[] {-2, 0, 3}, Numbered.targets(test).toDoubles());
    assertArrayEquals(new double[] {0, 1, 2}, Numbered.features(test).toDoubles());
  }

  @Test
  void aConstantTargetBecomesZero() {
    Dataset set = targets(7.1, 7.1, 7.1);
    assertArrayEquals(
        new double[] {0, 0, 0},
        Numbered.targets(StandardiseTargets.fit(set).apply(set)).toDoubles());
  }

  @Test
  void theRowOfATargetThatIsNotFiniteIsNamed() {
    Dataset set = targets(1, Double.NaN);
    String message =
        assertThrows(DataException.class, () -> StandardiseTargets.fit(set)).getMessage();
    assertTrue(message.contains("target of row 1 must be finite"), message);
  }

  @Test
  void classesAndOtherShapesAreRefused() {
    assertThrows(DataException.class, () -> StandardiseTargets.fit(Numbered.classes(0, 1, 1)));
    StandardiseTargets transform = StandardiseTargets.fit(targets(1, 2));
    assertThrows(ShapeException.class, () -> transform.apply(Numbered.classes(0, 1)));
  }

  @Test
  void aTransformMadeOfItsNumbersIsTheSame() {
    Dataset set = targets(1, 3, 8);
    StandardiseTargets fitted = StandardiseTargets.fit(set);
    StandardiseTargets again =
        StandardiseTargets.of(set.targetShape(), fitted.mean(), fitted.deviation());
    assertArrayEquals(
        Numbered.targets(fitted.apply(set)).toDoubles(),
        Numbered.targets(again.apply(set)).toDoubles());
  }

  @Test
  void numbersThatFitNoTargetAreRefused() {
    Shape one = Shape.of(1);
    for (double deviation : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> StandardiseTargets.of(one, new double[] {0}, new double[] {deviation}));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> StandardiseTargets.of(one, new double[2], new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> StandardiseTargets.of(one, new double[] {Double.NaN}, new double[] {1}));
  }

  private static Dataset targets(double... targets) {
    double[] features = new double[targets.length];
    Arrays.setAll(features, row -> row);
    Shape shape = Shape.of(targets.length, 1);
    return TensorDataset.regression(
        new DoubleTensor(shape, features, 0),
        new DoubleTensor(shape, targets, 0),
        Provenance.of("targets"));
  }
}
