package dev.lanewise.experiments.report;

import dev.lanewise.data.ImageDataset;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Examples of a set of images.
public final class SamplePage {
  private static final int PER_CLASS = 12;
  private static final int ZOOM = 2;

  private SamplePage() {}

  /// The first images of each class, a row for each class.
  ///
  /// @param images the set
  /// @return the picture
  public static Picture of(ImageDataset images) {
    List<Tiles.Tile> tiles = new ArrayList<>();
    for (int label = 0; label < images.classLabels().size(); label++) {
      int wanted = label;
      IntStream.range(0, images.size())
          .filter(row -> images.label(row) == wanted)
          .limit(PER_CLASS)
          .forEach(row -> tiles.add(new Tiles.Tile(grey(images, row), "")));
    }
    return Picture.of(
        "samples.png",
        "The data",
        "The first images of each class.",
        Tiles.page(tiles, PER_CLASS, ZOOM));
  }

  /// Images with a word for each, for example what the model took them for.
  ///
  /// @param images the set
  /// @param rows which images
  /// @param words a word for each
  /// @return the picture
  static BufferedImage page(ImageDataset images, List<Integer> rows, List<String> words) {
    List<Tiles.Tile> tiles = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      tiles.add(new Tiles.Tile(grey(images, rows.get(i)), words.get(i)));
    }
    return Tiles.page(tiles, PER_CLASS, ZOOM);
  }

  /// Dark ink on light paper, as one writes.
  private static BufferedImage grey(ImageDataset images, int row) {
    byte[] pixels = images.image(row);
    BufferedImage image =
        new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      double ink = (pixels[i] & 0xff) / 255.0;
      image.setRGB(
          i % images.width(),
          i / images.width(),
          Palette.mix(Palette.PAPER.getRGB(), Palette.INK.getRGB(), ink));
    }
    return image;
  }
}
