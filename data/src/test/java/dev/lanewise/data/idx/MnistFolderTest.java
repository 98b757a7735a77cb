package dev.lanewise.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.DataException;
import dev.lanewise.data.ImageDataset;
import dev.lanewise.data.TrainAndTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFolderTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeTwoTrainingImagesAndOneTestImage() throws IOException {
    write("train-images-idx3-ubyte", IdxType.UBYTE, Shape.of(2, 1, 2), 1, 2, 3, 255);
    write("train-labels-idx1-ubyte", IdxType.UBYTE, Shape.of(2), 2, 0);
    write("t10k-images-idx3-ubyte", IdxType.UBYTE, Shape.of(1, 1, 2), 7, 8);
    write("t10k-labels-idx1-ubyte", IdxType.UBYTE, Shape.of(1), 1);
  }

  @Test
  void bothPartsAreRead() {
    TrainAndTest<ImageDataset> parts = MnistFolder.read(folder);
    assertEquals(2, parts.train().size());
    assertArrayEquals(new byte[] {3, -1}, parts.train().image(1));
    assertEquals(2, parts.train().label(0));
    assertEquals(1, parts.test().label(0));
    assertEquals(List.of("0", "1", "2"), parts.train().classLabels());
    assertEquals(List.of("0", "1", "2"), parts.test().classLabels());
    assertEquals(2, parts.test().provenance().checksums().size());
  }

  @Test
  void aZippedFileStandsInForAPlainOne() throws IOException {
    Path plain = folder.resolve("train-images-idx3-ubyte");
    Files.write(
        folder.resolve("train-images-idx3-ubyte.gz"), IdxFiles.gzip(Files.readAllBytes(plain)));
    Files.delete(plain);
    assertArrayEquals(new byte[] {1, 2}, MnistFolder.read(folder).train().image(0));
  }

  @Test
  void aMissingFolderOrFileIsNamed() throws IOException {
    assertRefused(folder.resolve("nowhere"), "nowhere");
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(folder, folder.toString(), "t10k-labels-idx1-ubyte");
  }

  @Test
  void labelsAndImagesOfDifferentLengthAreRefused() throws IOException {
    write("train-labels-idx1-ubyte", IdxType.UBYTE, Shape.of(1), 2);
    assertRefused(folder, "train-labels", "2 images", "found 1 labels");
  }

  @Test
  void aTestLabelThatTrainingNeverShowsIsRefused() throws IOException {
    write("t10k-labels-idx1-ubyte", IdxType.UBYTE, Shape.of(1), 3);
    assertRefused(folder, "t10k-labels", "classes 0 to 2", "3");
  }

  @Test
  void otherTypesShapesAndSizesAreRefused() throws IOException {
    write("t10k-images-idx3-ubyte", IdxType.UBYTE, Shape.of(1, 2, 2), 1, 2, 3, 4);
    assertRefused(folder, "[2,1,2]", "[1,2,2]");
    write("t10k-images-idx3-ubyte", IdxType.SHORT, Shape.of(1, 1, 2), 1, 2);
    assertRefused(folder, "t10k-images", "SHORT");
    write("t10k-images-idx3-ubyte", IdxType.UBYTE, Shape.of(1, 2), 1, 2);
    assertRefused(folder, "t10k-images", "[1,2]");
    write("t10k-images-idx3-ubyte", IdxType.UBYTE, Shape.of(0, 1, 2));
    write("t10k-labels-idx1-ubyte", IdxType.UBYTE, Shape.of(0));
    assertRefused(folder, "t10k-images", "[0,1,2]");
  }

  @Test
  void thePairOfDifferentLengthOfTheMalformedSetIsRefused() throws IOException {
    Path hostile = IdxFiles.shared("hostile/idx");
    for (String part : List.of("train", "t10k")) {
      Files.write(
          folder.resolve(part + "-images-idx3-ubyte"),
          Files.readAllBytes(hostile.resolve("pair-count-mismatch-images.idx3")));
      Files.write(
          folder.resolve(part + "-labels-idx1-ubyte"),
          Files.readAllBytes(hostile.resolve("pair-count-mismatch-labels.idx1")));
    }
    assertRefused(folder, "10 images", "found 9 labels");
  }

  @Test
  void mnistHasItsPublishedLabelsAndMean() {
    TrainAndTest<ImageDataset> mnist = MnistFolder.read(IdxFiles.shared("mnist"));
    int[] first = new int[5];
    for (int row = 0; row < 5; row++) {
      first[row] = mnist.train().label(row);
    }
    assertArrayEquals(new int[] {5, 0, 4, 1, 9}, first);
    assertArrayEquals(
        new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        counts(mnist.train()));
    assertArrayEquals(
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, counts(mnist.test()));
    double sum = 0;
    for (int row = 0; row < 60_000; row++) {
      for (byte pixel : mnist.train().image(row)) {
        sum += (pixel & 0xff) / 255.0;
      }
    }
    assertEquals(0.1307, sum / (60_000 * 784), 5e-5);
  }

  @Test
  void fashionMnistIsRead() {
    TrainAndTest<ImageDataset> fashion = MnistFolder.read(IdxFiles.shared("fashion-mnist"));
    for (int count : counts(fashion.train())) {
      assertEquals(6000, count);
    }
    for (int count : counts(fashion.test())) {
      assertEquals(1000, count);
    }
  }

  private static int[] counts(ImageDataset images) {
    int[] counts = new int[images.classLabels().size()];
    for (int row = 0; row < images.size(); row++) {
      counts[images.label(row)]++;
    }
    return counts;
  }

  private void write(String name, IdxType type, Shape shape, double... values) throws IOException {
    Files.write(folder.resolve(name), IdxFiles.encode(type, shape, values));
  }

  private static void assertRefused(Path folder, String... parts) {
    String message = assertThrows(DataException.class, () -> MnistFolder.read(folder)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "expected '" + part + "' in: " + message);
    }
  }
}
