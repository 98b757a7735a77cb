package dev.lanewise.experiments.report;

import dev.lanewise.core.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What the units of a first layer look for in an image.
public final class FeatureTiles {
  private static final int MOST = 128;
  private static final int COLUMNS = 16;
  private static final int ZOOM = 2;

  private FeatureTiles() {}

  /// The incoming weights of each unit as an image: red where light raises the unit's input, blue
  /// where it lowers it.
  ///
  /// @param weights the first layer's weights, `[height · width, units]`
  /// @param height the number of pixel rows
  /// @param width the number of pixel columns
  /// @param names the units' names, if the first layer is also the last; else empty
  /// @return the picture; of many units only those with the largest weights
  public static Picture of(Tensor weights, int height, int width, List<String> names) {
    int units = weights.shape().dim(1);
    double[] norms = IntStream.range(0, units).mapToDouble(unit -> norm(weights, unit)).toArray();
    List<Integer> shown =
        names.isEmpty()
            ? IntStream.range(0, units)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -norms[unit]))
                .limit(MOST)
                .toList()
            : IntStream.range(0, units).boxed().limit(MOST).toList();
    List<Tiles.Tile> tiles =
        shown.stream()
            .map(
                unit ->
                    new Tiles.Tile(
                        tile(weights, unit, height, width), names.isEmpty() ? "" : names.get(unit)))
            .toList();
    String which =
        !names.isEmpty()
            ? "One tile for each class"
            : shown.size() < units
                ? "The " + shown.size() + " of " + units + " units with the largest weights"
                : "All " + units + " units, those with the largest weights first";
    return Picture.of(
        "features.png",
        "First-layer features",
        which
            + ": each tile shows a unit's incoming weights, red above zero and blue below, each"
            + " tile on its own scale.",
        Tiles.page(tiles, names.isEmpty() ? COLUMNS : 10, names.isEmpty() ? ZOOM : 3));
  }

  private static BufferedImage tile(Tensor weights, int unit, int height, int width) {
    double largest =
        IntStream.range(0, height * width)
            .mapToDouble(pixel -> Math.abs(weights.get(pixel, unit)))
            .max()
            .orElse(0);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < height * width; pixel++) {
      double value = largest == 0 ? 0 : weights.get(pixel, unit) / largest;
      image.setRGB(pixel % width, pixel / width, Palette.diverging(value));
    }
    return image;
  }

  private static double norm(Tensor weights, int unit) {
    return IntStream.range(0, weights.shape().dim(0))
        .mapToDouble(pixel -> weights.get(pixel, unit) * weights.get(pixel, unit))
        .sum();
  }
}
