package dev.lanewise.experiments.report;

import java.util.Arrays;
import java.util.Locale;

/// A curve drawn with characters, for a terminal.
public final class TextPlot {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 14;

  private TextPlot() {}

  /// Draws a curve; the lowest value stands at the bottom, the highest at the top.
  ///
  /// @param values the values at equal distances, at least one, all finite
  /// @param left what stands below the first
  /// @param right what stands below the last
  /// @return lines, each with an end
  public static String of(double[] values, String left, String right) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    char[][] canvas = new char[HEIGHT][WIDTH];
    for (char[] row : canvas) {
      Arrays.fill(row, ' ');
    }
    for (int column = 0; column < WIDTH; column++) {
      int from = (int) ((long) column * values.length / WIDTH);
      int to = Math.max(from + 1, (int) ((column + 1L) * values.length / WIDTH));
      for (int i = from; i < to; i++) {
        double height = high == low ? 0 : (values[i] - low) / (high - low);
        canvas[HEIGHT - 1 - (int) Math.round(height * (HEIGHT - 1))][column] = '●';
      }
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < HEIGHT; row++) {
      double value = high - (high - low) * row / (HEIGHT - 1);
      boolean labelled = row == 0 || row == HEIGHT - 1 || row == HEIGHT / 2;
      String label = labelled ? String.format(Locale.ROOT, "%10.4g", value) : " ".repeat(10);
      text.append(label).append(" │").append(new String(canvas[row]).stripTrailing()).append('\n');
    }
    int gap = Math.max(1, WIDTH - left.length() - right.length());
    return text.append(" ".repeat(11))
        .append('└')
        .append("─".repeat(WIDTH))
        .append('\n')
        .append(" ".repeat(12))
        .append(left)
        .append(" ".repeat(gap))
        .append(right)
        .append('\n')
        .toString();
  }
}
