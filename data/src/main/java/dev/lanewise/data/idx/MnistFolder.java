package dev.lanewise.data.idx;

import dev.lanewise.data.DataException;
import dev.lanewise.data.ImageDataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TrainAndTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Reads a folder with the four files of MNIST, Fashion-MNIST and their kin:
/// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
/// `t10k-labels-idx1-ubyte`.
///
/// The rules: each name may end in `.gz`; if both are there, the one without is read. Images and
/// labels must be unsigned bytes, a label for each image, at least one image in each part, and both
/// parts must have images of the same size. There are as many classes as the largest training label
/// shows, named `0`, `1`, …; a test label beyond them is an error.
public final class MnistFolder {
  private MnistFolder() {}

  /// Reads the four files.
  ///
  /// @param folder the folder
  /// @return the training and the test part
  /// @throws DataException if a file is missing, is malformed, or breaks one of the rules above
  public static TrainAndTest<ImageDataset> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + ": there is no such folder.");
    }
    Part train = Part.read(folder, "train");
    Part test = Part.read(folder, "t10k");
    for (int axis = 1; axis <= 2; axis++) {
      if (train.images.shape().dim(axis) != test.images.shape().dim(axis)) {
        throw new DataException(
            folder
                + ": training and test images must have the same size, but have the shapes "
                + train.images.shape()
                + " and "
                + test.images.shape()
                + ".");
      }
    }
    int classes = train.largestLabel() + 1;
    if (test.largestLabel() >= classes) {
      throw new DataException(
          test.labelFile
              + ": the training labels show classes 0 to "
              + (classes - 1)
              + ", but there is a test label "
              + test.largestLabel()
              + ".");
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new TrainAndTest<>(train.dataset(folder, names), test.dataset(folder, names));
  }

  private record Part(
      String name, Path imageFile, IdxArray images, Path labelFile, IdxArray labels) {
    static Part read(Path folder, String name) {
      Path imageFile = find(folder, name + "-images-idx3-ubyte");
      Path labelFile = find(folder, name + "-labels-idx1-ubyte");
      IdxArray images = readBytes(imageFile, 3, "images");
      IdxArray labels = readBytes(labelFile, 1, "labels");
      if (images.shape().rows() != labels.shape().rows()) {
        throw new DataException(
            labelFile
                + ": expected a label for each of the "
                + images.shape().rows()
                + " images of "
                + imageFile.getFileName()
                + ", but found "
                + labels.shape().rows()
                + " labels.");
      }
      if (images.shape().size() == 0) {
        throw new DataException(
            imageFile + ": expected some pixels, but the shape is " + images.shape() + ".");
      }
      return new Part(name, imageFile, images, labelFile, labels);
    }

    int largestLabel() {
      int largest = 0;
      for (byte label : labels.bytes()) {
        largest = Math.max(largest, label & 0xff);
      }
      return largest;
    }

    ImageDataset dataset(Path folder, List<String> names) {
      return new ImageDataset(
          images.shape().dim(1),
          images.shape().dim(2),
          images.bytes(),
          labels.bytes(),
          names,
          Provenance.ofFiles(
              "IDX files " + name + "-* of " + folder, List.of(imageFile, labelFile)));
    }

    private static Path find(Path folder, String name) {
      for (String candidate : List.of(name, name + ".gz")) {
        if (Files.exists(folder.resolve(candidate))) {
          return folder.resolve(candidate);
        }
      }
      throw new DataException(
          folder + ": expected a file " + name + " or " + name + ".gz, but there is none.");
    }

    private static IdxArray readBytes(Path file, int rank, String what) {
      IdxArray array = IdxReader.read(file);
      if (array.type() != IdxType.UBYTE || array.shape().rank() != rank) {
        throw new DataException(
            file
                + ": expected "
                + what
                + " as unsigned bytes in "
                + rank
                + (rank == 1 ? " dimension" : " dimensions")
                + ", but found type "
                + array.type()
                + " and shape "
                + array.shape()
                + ".");
      }
      return array;
    }
  }
}
