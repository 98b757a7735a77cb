package dev.lanewise.experiments.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A picture with what there is to say about it.
///
/// @param file the name of its file, which ends in `.png`
/// @param title a heading
/// @param caption a sentence or two: what is shown, and how to read it
/// @param png the picture's bytes
public record Picture(String file, String title, String caption, byte[] png) {
  /// A picture of an image.
  ///
  /// @param file the name of its file, which ends in `.png`
  /// @param title a heading
  /// @param caption a sentence or two
  /// @param image the image
  /// @return the picture
  static Picture of(String file, String title, String caption, BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("An image cannot be encoded.", e);
    }
    return new Picture(file, title, caption, bytes.toByteArray());
  }
}
