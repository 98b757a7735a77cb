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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  @Test
  void rowsAreCopiedInTheOrderAskedForInBothTypes() {
    for (DType dtype : DType.values()) {
      Tensor features = Tensor.zeros(dtype, Shape.of(3, 2));
      Tensor targets = Tensor.zeros(dtype, Shape.of(3, 1));
      Numbered.rows(5).copyRows(new int[] {4, 0, 4}, features, targets);
      assertArrayEquals(new double[] {4, -4, 0, 0, 4, -4}, features.toDoubles());
      assertArrayEquals(new double[] {40, 0, 40}, targets.toDoubles());
    }
  }

  @Test
  void rowsOfAViewAreCopiedFromAndToEitherType() {
    for (DType from : DType.values()) {
      Tensor whole = Tensor.of(from, Shape.of(4, 1), 1, 2, 3, 4);
      Dataset view =
          TensorDataset.regression(whole.rows(2, 4), whole.rows(0, 2), Provenance.of("a view"));
      for (DType to : DType.values()) {
        Tensor block = Tensor.zeros(to, Shape.of(4, 1));
        view.copyRows(new int[] {1}, block.rows(1, 2), block.rows(3, 4));
        assertArrayEquals(new double[] {0, 4, 0, 2}, block.toDoubles(), from + " to " + to);
      }
    }
  }

  @Test
  void rowsAreCopiedIntoAViewWithoutTouchingItsNeighbours() {
    Tensor block = Tensor.zeros(DType.FLOAT32, Shape.of(4, 4));
    images().copyFeatures(new int[] {1}, block.rows(2, 3));
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 0, 0, 0, 0, 1, (float) (128 / 255.0), 0, 1 / 255f, 0, 0, 0, 0},
        block.toDoubles());
  }

  @Test
  void aSelectionOfASelectionFindsItsRows() {
    Dataset view = Numbered.rows(10).select(9, 7, 5, 3).select(3, 0);
    assertArrayEquals(new int[] {3, 9}, Numbered.numbers(view));
    assertEquals("numbered rows, 4 of 10 rows, 2 of 4 rows", view.provenance().source());
    assertThrows(IndexOutOfBoundsException.class, () -> view.select(2));
    Tensor row = Tensor.zeros(DType.FLOAT32, Shape.of(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> view.copyFeatures(new int[] {2}, row));
  }

  @Test
  void anOutputOfAnotherShapeIsRefused() {
    Tensor flat = Tensor.zeros(DType.FLOAT32, Shape.of(4));
    assertThrows(ShapeException.class, () -> Numbered.rows(5).copyFeatures(new int[] {1, 2}, flat));
    assertThrows(ShapeException.class, () -> images().copyFeatures(new int[] {1}, flat));
    assertThrows(ShapeException.class, () -> Numbered.rows(5).copyTargets(new int[] {1, 2}, flat));
  }

  @Test
  void aPixelBecomesItsShareOf255RoundedOnce() {
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    Dataset one =
        new ImageDataset(16, 16, pixels, new byte[1], List.of("0"), Provenance.of("ramp"));
    Tensor floats = Tensor.zeros(DType.FLOAT32, Shape.of(1, 256));
    Tensor doubles = Tensor.zeros(DType.FLOAT64, Shape.of(1, 256));
    one.copyFeatures(new int[] {0}, floats);
    one.copyFeatures(new int[] {0}, doubles);
    for (int i = 0; i < 256; i++) {
      assertEquals((float) (i / 255.0), floats.getFlat(i));
      assertEquals(i / 255.0, doubles.getFlat(i));
    }
  }

  @Test
  void imagesKnowTheirPixelsLabelsAndNames() {
    ImageDataset images = images();
    assertArrayEquals(new byte[] {-1, -128, 0, 1}, images.image(1));
    assertEquals(1, images.label(1));
    assertEquals(List.of("0,0", "0,1", "1,0", "1,1"), images.featureNames());
    assertArrayEquals(new double[] {0, 1}, Numbered.targets(images).toDoubles());
  }

  @Test
  void imagesThatContradictTheirLabelsAreRefused() {
    Provenance none = Provenance.of("none");
    assertThrows(
        DataException.class,
        () -> new ImageDataset(2, 2, new byte[7], new byte[2], List.of("0"), none));
    DataException error =
        assertThrows(
            DataException.class,
            () -> new ImageDataset(1, 1, new byte[2], new byte[] {0, 2}, List.of("a", "b"), none));
    assertTrue(error.getMessage().contains("row 1"), error.getMessage());
  }

  @Test
  void classesThatAreNoClassIndicesAreRefused() {
    for (double wrong : new double[] {-1, 2, 0.5, Double.NaN}) {
      assertThrows(
          DataException.class,
          () ->
              TensorDataset.classification(
                  DoubleTensor.matrix(new double[] {1}),
                  DoubleTensor.vector(wrong),
                  List.of("a", "b"),
                  Provenance.of("none")));
    }
  }

  @Test
  void featuresAndTargetsMustHaveTheSameNumberOfRows() {
    assertThrows(
        ShapeException.class,
        () ->
            TensorDataset.regression(
                DoubleTensor.matrix(new double[] {1}, new double[] {2}),
                DoubleTensor.matrix(new double[] {1}),
                Provenance.of("none")));
  }

  @Test
  void provenanceNamesEachFileWithItsChecksum(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("abc.txt"), "abc");
    // The SHA-256 of "abc" is the first example of FIPS 180-2, appendix B.
    assertEquals(
        "three letters; SHA-256 of abc.txt: "
            + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Provenance.ofFiles("three letters", List.of(file)).toString());
    assertEquals(
        Provenance.ofFiles("x", List.of(file)).checksums().getFirst().sha256(),
        Provenance.ofContent("x", "y", new byte[] {'a'}, new byte[] {'b', 'c'})
            .checksums()
            .getFirst()
            .sha256());
  }

  private static ImageDataset images() {
    return new ImageDataset(
        2,
        2,
        new byte[] {0, 0, 0, 0, -1, -128, 0, 1},
        new byte[] {0, 1},
        List.of("0", "1"),
        Provenance.of("two images"));
  }
}
