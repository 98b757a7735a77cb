package dev.lanewise.data;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Grey images with a class each, kept as bytes: four times smaller than as `float`.
///
/// A row's features are its pixels, row by row, as one vector of shape `[height · width]`; a pixel
/// of 0 to 255 becomes pixel / 255, rounded once to the element type.
public final class ImageDataset implements Dataset {
  private static final PixelRows.Numbers SHARES = new PixelRows.Numbers(share -> share);

  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;
  private final List<String> classLabels;
  private final Provenance provenance;

  /// A set of images.
  ///
  /// @param height the number of pixel rows of an image
  /// @param width the number of pixel columns of an image
  /// @param pixels the images, one after the other, row by row, as unsigned bytes; shared, and not
  ///     to be changed any more
  /// @param labels the class index of each image, as unsigned bytes; shared, and not to be changed
  ///     any more
  /// @param classLabels the names of the classes
  /// @param provenance where the images come from
  /// @throws DataException if there are not `height · width` pixels for each label, or if a label
  ///     names no class
  public ImageDataset(
      int height,
      int width,
      byte[] pixels,
      byte[] labels,
      List<String> classLabels,
      Provenance provenance) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "An image must have pixels, but " + height + "x" + width + " was asked for.");
    }
    if ((long) labels.length * height * width != pixels.length) {
      throw new DataException(
          labels.length
              + " labels call for as many images of "
              + height
              + "x"
              + width
              + " pixels, but there are "
              + pixels.length
              + " pixels.");
    }
    for (int row = 0; row < labels.length; row++) {
      ClassIndex.require(labels[row] & 0xff, row, classLabels.size());
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
    this.classLabels = List.copyOf(classLabels);
    this.provenance = provenance;
  }

  /// The number of pixel rows of an image.
  ///
  /// @return the height
  public int height() {
    return height;
  }

  /// The number of pixel columns of an image.
  ///
  /// @return the width
  public int width() {
    return width;
  }

  /// The pixels of one image.
  ///
  /// @param row the image's row number
  /// @return a copy, row by row, as unsigned bytes
  /// @throws IndexOutOfBoundsException if there is no such row
  public byte[] image(int row) {
    RowBlocks.requireRow(size(), row);
    return Arrays.copyOfRange(pixels, row * imageSize(), (row + 1) * imageSize());
  }

  /// The class of one image.
  ///
  /// @param row the image's row number
  /// @return the class index
  /// @throws IndexOutOfBoundsException if there is no such row
  public int label(int row) {
    RowBlocks.requireRow(size(), row);
    return labels[row] & 0xff;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape featureShape() {
    return Shape.of(imageSize());
  }

  @Override
  public Shape targetShape() {
    return Shape.SCALAR;
  }

  /// The names of the pixels.
  ///
  /// @return `row,column`, each counted from 0 at the top left
  @Override
  public List<String> featureNames() {
    return IntStream.range(0, imageSize()).mapToObj(i -> i / width + "," + i % width).toList();
  }

  @Override
  public List<String> classLabels() {
    return classLabels;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public void copyFeatures(int[] rows, Tensor features) {
    RowBlocks.require("copyFeatures", size(), rows, featureShape(), features);
    PixelRows.copy(pixels, imageSize(), rows, SHARES, features);
  }

  @Override
  public void copyTargets(int[] rows, Tensor targets) {
    RowBlocks.require("copyTargets", size(), rows, targetShape(), targets);
    for (int i = 0; i < rows.length; i++) {
      targets.setFlat(i, labels[rows[i]] & 0xff);
    }
  }

  private int imageSize() {
    return height * width;
  }

  /// The images' own bytes, not to be changed.
  byte[] pixels() {
    return pixels;
  }
}
