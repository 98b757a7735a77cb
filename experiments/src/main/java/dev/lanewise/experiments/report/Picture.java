package dev.lanewise.experiments.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A picture with what there is to say about it.
public final class Picture {
  private final String file;
  private final String title;
  private final String caption;
  private final byte[] png;

  private Picture(String file, String title, String caption, byte[] png) {
    this.file = file;
    this.title = title;
    this.caption = caption;
    this.png = png;
  }

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

  /// The name of the picture's file.
  ///
  /// @return a name that ends in `.png`
  public String file() {
    return file;
  }

  /// The picture's heading.
  ///
  /// @return a few words
  public String title() {
    return title;
  }

  /// What is shown, and how to read it.
  ///
  /// @return a sentence or two
  public String caption() {
    return caption;
  }

  /// The picture's bytes.
  ///
  /// @return a copy
  public byte[] png() {
    return png.clone();
  }
}
