package dev.lanewise.experiments.report;

import java.awt.Color;
import java.awt.Font;

/// The colours and the type of all pictures.
final class Palette {
  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x22, 0x2b, 0x36);
  static final Color QUIET = new Color(0x6b, 0x76, 0x84);
  static final Color LINE = new Color(0xdd, 0xe2, 0xe8);

  /// For series and classes: told apart by eyes that see no red or green too (M. Okabe and K. Ito,
  /// *Color Universal Design*, 2008).
  private static final Color[] SERIES = {
    new Color(0x00, 0x72, 0xb2),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0x56, 0xb4, 0xe9),
  };

  /// Blue over white to red, for values around zero: the scheme RdBu of ColorBrewer (C. Brewer).
  private static final int[] DIVERGING = {
    0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
    0xb2182b, 0x67001f
  };

  private Palette() {}

  static Color series(int index) {
    return SERIES[index % SERIES.length];
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /// The colour of a value from −1 (blue) over 0 (white) to 1 (red), as RGB; beyond that, the ends.
  static int diverging(double value) {
    double place = (Math.clamp(value, -1, 1) + 1) / 2 * (DIVERGING.length - 1);
    int index = (int) Math.min(Math.floor(place), DIVERGING.length - 2.0);
    return mix(DIVERGING[index], DIVERGING[index + 1], place - index);
  }

  /// A colour between two.
  static int mix(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = (from >> shift) & 0xff;
      int b = (to >> shift) & 0xff;
      mixed |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return mixed;
  }
}
