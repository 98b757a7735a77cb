package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TransformsProperties {
  @Property(seed = "1")
  void standardisedFeaturesHaveMeanZeroAndVarianceOne(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> values) {
    DoubleTensor column =
        DoubleTensor.matrix(values.stream().map(v -> new double[] {v}).toArray(double[][]::new));
    Dataset training = regression(column);
    double[] result = Numbered.features(Standardise.fit(training).apply(training)).toDoubles();
    double mean = 0;
    double squares = 0;
    for (double each : result) {
      assertTrue(Double.isFinite(each), () -> "not finite: " + each);
      mean += each / result.length;
      squares += each * each / result.length;
    }
    boolean constant = values.stream().distinct().count() == 1;
    double spread = Standardise.fit(training).deviation()[0];
    if (constant) {
      assertArrayEquals(new double[result.length], result);
    } else if (spread > 1e-3) { // below, the mean's own rounding of 1e-10 shows
      assertEquals(0, mean, 1e-6);
      assertEquals(1, squares, 1e-6);
    }
  }

  @Example
  void theTransformKnowsTheTrainingPartOnly() {
    Dataset training = regression(DoubleTensor.matrix(new double[] {1, 5}, new double[] {3, 5}));
    Dataset test = regression(DoubleTensor.matrix(new double[] {6, 7}));
    Standardise fitted = Standardise.fit(training);
    assertArrayEquals(new double[] {2, 5}, fitted.mean());
    assertArrayEquals(new double[] {1, 1}, fitted.deviation());
    assertArrayEquals(new double[] {4, 2}, Numbered.features(fitted.apply(test)).toDoubles());
  }

  @Property(seed = "1")
  void standardisedTogetherAllFeaturesHaveOneMeanAndDeviation(
      @ForAll @Size(min = 2, max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> values) {
    DoubleTensor rows =
        DoubleTensor.matrix(
            values.stream().map(v -> new double[] {v, 3 * v - 2}).toArray(double[][]::new));
    Dataset training = regression(rows);
    Standardise fitted = Standardise.fitTogether(training);
    assertEquals(fitted.mean()[0], fitted.mean()[1]);
    assertEquals(fitted.deviation()[0], fitted.deviation()[1]);
    if (fitted.deviation()[0] > 1e-3) {
      double[] result = Numbered.features(fitted.apply(training)).toDoubles();
      assertEquals(0, Arrays.stream(result).average().orElseThrow(), 1e-6);
      assertEquals(1, Arrays.stream(result).map(v -> v * v).average().orElseThrow(), 1e-6);
    }
  }

  @Property(seed = "1")
  void pixelsAreStandardisedAsTheNumbersTheyStandFor(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(max = 255) Integer> pixels,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 29) Integer> chosen) {
    int rows = pixels.size() / 2;
    byte[] bytes = new byte[2 * rows];
    DoubleTensor numbers = (DoubleTensor) Tensor.zeros(DType.FLOAT64, Shape.of(rows, 2));
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = pixels.get(i).byteValue();
      numbers.setFlat(i, pixels.get(i) / 255.0);
    }
    Dataset images =
        new ImageDataset(1, 2, bytes, new byte[rows], List.of("0"), Provenance.of("pixels"));
    int[] selection = chosen.stream().mapToInt(row -> row % rows).toArray();
    Dataset some = images.select(selection).select(0, selection.length - 1);
    Dataset same = regression(numbers).select(selection).select(0, selection.length - 1);

    Standardise fitted = Standardise.fitTogether(some);
    Standardise expected = Standardise.fitTogether(same);
    assertEquals(expected.mean()[0], fitted.mean()[0], 1e-14);
    assertEquals(expected.deviation()[0], fitted.deviation()[0], 1e-7); // √ of a rounded square
    double[] exact = Numbered.features(fitted.apply(same)).toDoubles();
    assertArrayEquals(exact, Numbered.features(fitted.apply(some)).toDoubles());
    Tensor floats = Tensor.zeros(DType.FLOAT32, some.featureBatch(2));
    fitted.apply(some).copyFeatures(new int[] {0, 1}, floats);
    for (int i = 0; i < exact.length; i++) {
      assertEquals((float) exact[i], floats.getFlat(i));
    }
  }

  @Example
  void pixelsWithNumbersOfTheirOwnAreStandardisedOneByOne() {
    Dataset images =
        new ImageDataset(
            1, 2, new byte[] {0, 0, -1, -1}, new byte[2], List.of("0"), Provenance.of("pixels"));
    Dataset view =
        Standardise.of(Shape.of(2), new double[] {1, 0}, new double[] {1, 2}).apply(images);
    assertArrayEquals(new double[] {-1, 0, 0, 0.5}, Numbered.features(view).toDoubles());
  }

  @Example
  void standardisedPixelsOfWrongRowsOrIntoAWrongShapeAreRefused() {
    Dataset images =
        new ImageDataset(
            1, 2, new byte[] {0, 1, 2, 3}, new byte[2], List.of("0"), Provenance.of("pixels"));
    Dataset view = Standardise.fitTogether(images).apply(images.select(1));
    Tensor block = Tensor.zeros(DType.FLOAT64, Shape.of(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> view.copyFeatures(new int[] {1}, block));
    assertThrows(ShapeException.class, () -> view.copyFeatures(new int[] {0, 0}, block));
    assertThrows(DataException.class, () -> Standardise.fitTogether(images.select()));
  }

  @Example
  void savedNumbersGiveTheSameTransform() {
    Dataset training = regression(DoubleTensor.matrix(new double[] {1, 5}, new double[] {4, 7}));
    Standardise fitted = Standardise.fit(training);
    Standardise again = Standardise.of(training.featureShape(), fitted.mean(), fitted.deviation());
    assertArrayEquals(
        Numbered.features(fitted.apply(training)).toDoubles(),
        Numbered.features(again.apply(training)).toDoubles());
    Shape two = Shape.of(2);
    assertArrayEquals(
        new double[] {-1, 1, 0.5, 2},
        Numbered.features(Standardise.of(two, new double[] {3}, new double[] {2}).apply(training))
            .toDoubles());
    double[] one = {1};
    assertThrows(
        IllegalArgumentException.class, () -> Standardise.of(two, new double[3], new double[3]));
    assertThrows(IllegalArgumentException.class, () -> Standardise.of(two, one, new double[] {0}));
    assertThrows(
        IllegalArgumentException.class, () -> Standardise.of(two, new double[] {Double.NaN}, one));
  }

  @Example
  void aConstantColumnThatDoubleCannotSumExactlyBecomesZero() {
    DoubleTensor column = new DoubleTensor(Shape.of(10, 1), new double[10], 0);
    for (int i = 0; i < 10; i++) {
      column.setFlat(i, 0.1);
    }
    Dataset training = regression(column);
    assertArrayEquals(
        new double[10], Numbered.features(Standardise.fit(training).apply(training)).toDoubles());
  }

  @Example
  void whatCannotBeStandardisedIsRefusedByName() {
    DataException error =
        assertThrows(
            DataException.class,
            () ->
                Standardise.fit(
                    regression(
                        DoubleTensor.matrix(new double[] {1, 2}, new double[] {3, Double.NaN}))));
    assertTrue(error.getMessage().contains("x1 of row 1"), error.getMessage());
    assertThrows(DataException.class, () -> Standardise.fit(Numbered.rows(0)));
    assertThrows(
        DataException.class,
        () ->
            Standardise.fit(
                regression(DoubleTensor.matrix(new double[] {1e300}, new double[] {-1e300}))));
    Standardise two = Standardise.fit(Numbered.rows(3));
    assertThrows(ShapeException.class, () -> two.apply(Numbered.classes(0, 1)));
  }

  @Property(seed = "1")
  void aOneHotRowHasOneOneAtItsClass(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(max = 9) Integer> classes) {
    int n = classes.size();
    Tensor indices = DoubleTensor.vector(classes.stream().mapToDouble(c -> c).toArray());
    Tensor rows = Tensor.of(DType.FLOAT64, Shape.of(n, 10), nans(n * 10));
    OneHot.encode(indices, rows);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < 10; column++) {
        assertEquals(column == classes.get(row) ? 1 : 0, rows.get(row, column));
      }
    }
  }

  @Example
  void anIndexThatNamesNoClassIsRefusedAndNothingWritten() {
    for (double wrong : new double[] {-1, 3, 0.5, Double.NaN, 1e10}) {
      Tensor rows = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));
      DataException error =
          assertThrows(
              DataException.class, () -> OneHot.encode(DoubleTensor.vector(1, wrong), rows));
      assertTrue(error.getMessage().contains("row 1"), error.getMessage());
      assertArrayEquals(new double[6], rows.toDoubles());
    }
  }

  @Example
  void aDatasetIsOneHotOnTheFly() {
    Dataset view = OneHot.apply(Numbered.classes(0, 2, 1));
    assertEquals(Shape.of(3), view.targetShape());
    assertArrayEquals(new double[] {1, 0, 0, 0, 0, 1, 0, 1, 0}, Numbered.targets(view).toDoubles());
    assertThrows(IllegalArgumentException.class, () -> OneHot.apply(Numbered.rows(2)));
    assertThrows(IllegalArgumentException.class, () -> OneHot.apply(view));
  }

  private static double[] nans(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static Dataset regression(DoubleTensor features) {
    int rows = features.shape().rows();
    return TensorDataset.regression(
        features,
        new DoubleTensor(Shape.of(rows, 1), new double[rows], 0),
        Provenance.of("numbers"));
  }
}
