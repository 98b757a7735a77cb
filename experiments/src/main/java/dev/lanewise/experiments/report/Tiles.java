package dev.lanewise.experiments.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/// Small images side by side, enlarged without smoothing, each with a word below it or none.
final class Tiles {
  private static final int GAP = 6;
  private static final int TEXT = 16;

  /// One image.
  ///
  /// @param image its pixels
  /// @param word what stands below it, may be empty
  record Tile(BufferedImage image, String word) {}

  private Tiles() {}

  /// Lays tiles of one size out in rows.
  static BufferedImage page(List<Tile> tiles, int columns, int zoom) {
    boolean words = tiles.stream().anyMatch(tile -> !tile.word.isEmpty());
    int width = tiles.getFirst().image.getWidth() * zoom;
    int height = tiles.getFirst().image.getHeight() * zoom;
    int rowHeight = height + GAP + (words ? TEXT : 0);
    int usedColumns = Math.min(columns, tiles.size());
    int rows = (tiles.size() + columns - 1) / columns;
    BufferedImage page =
        new BufferedImage(
            GAP + usedColumns * (width + GAP), GAP + rows * rowHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = page.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(Palette.PAPER);
    pen.fillRect(0, 0, page.getWidth(), page.getHeight());
    pen.setFont(Palette.font(java.awt.Font.PLAIN, 12));
    for (int i = 0; i < tiles.size(); i++) {
      int x = GAP + i % columns * (width + GAP);
      int y = GAP + i / columns * rowHeight;
      pen.drawImage(tiles.get(i).image, x, y, width, height, null);
      pen.setColor(Palette.LINE);
      pen.drawRect(x - 1, y - 1, width + 1, height + 1);
      String word = tiles.get(i).word;
      pen.setColor(Palette.QUIET);
      pen.drawString(
          word, x + (width - pen.getFontMetrics().stringWidth(word)) / 2, y + height + 14);
    }
    pen.dispose();
    return page;
  }
}
