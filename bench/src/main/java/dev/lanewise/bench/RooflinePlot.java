package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A roofline plot as SVG: the rate of some computations against their operational intensity, under
/// the roofs of bandwidth and peak (S. Williams, A. Waterman, D. Patterson, *Roofline: an
/// insightful visual performance model for multicore architectures*, CACM 52(4), 2009). Both axes
/// are logarithmic; the colours follow the reader's theme, light or dark.
///
/// @param title what stands above
/// @param roofs what cannot be passed
/// @param points what was reached
public record RooflinePlot(String title, List<Roof> roofs, List<Point> points) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final int LEFT = 70;
  private static final int RIGHT = 24;
  private static final int TOP = 52;
  private static final int BOTTOM = 56;
  private static final double LETTER = 6.2;
  private static final double LINE = 13;

  /// Where a label may stand beside its point, the best place first.
  private static final double[][] PLACES = {
    {0, -9}, {0, 19}, {0, -23}, {0, 33}, {0, -37}, {0, 47}, {60, -9}, {-60, 19}, {60, 33}, {0, 61}
  };

  /// A roof: `min(peak, bandwidth·intensity)`.
  ///
  /// @param label what it is called
  /// @param series which colour, from 0
  /// @param peak FLOP/s
  /// @param bandwidth bytes/s
  public record Roof(String label, int series, double peak, double bandwidth) {}

  /// A computation.
  ///
  /// @param label what stands beside it; empty for nothing
  /// @param title what a pointer that rests on it is told
  /// @param series which colour, from 0
  /// @param intensity FLOP for each byte that must be moved
  /// @param rate FLOP/s
  public record Point(String label, String title, int series, double intensity, double rate) {}

  /// The box of a label that stands already.
  private record Box(double left, double top, double right, double bottom) {
    boolean meets(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  /// The picture.
  ///
  /// @return an SVG document
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif">
        <style>
        .paper{fill:#fff}.ink{fill:#1f2328}.quiet{fill:#59636e}.grid{stroke:#d1d9e0}
        .f0{fill:#0969da}.f1{fill:#bc4c00}.f2{fill:#1a7f37}
        .s0{stroke:#0969da}.s1{stroke:#bc4c00}
        @media (prefers-color-scheme:dark){
        .paper{fill:#0d1117}.ink{fill:#f0f6fc}.quiet{fill:#9198a1}.grid{stroke:#3d444d}
        .f0{fill:#4493f8}.f1{fill:#f0883e}.f2{fill:#3fb950}
        .s0{stroke:#4493f8}.s1{stroke:#f0883e}}
        </style>
        <rect class="paper" width="100%%" height="100%%"/>
        """
            .formatted(WIDTH, HEIGHT));
    text(svg, "ink", LEFT, 26, "start", 16, title);
    text(svg, "quiet", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", 12, "FLOP per byte");
    text(svg, "quiet", 8, TOP - 8, "start", 12, "GFLOP/s");
    grid(svg);
    roofs.forEach(roof -> draw(svg, roof));
    List<Box> taken = new ArrayList<>();
    points.forEach(point -> draw(svg, point));
    points.stream().filter(point -> !point.label().isEmpty()).forEach(p -> label(svg, p, taken));
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (double x = lowest(0); x <= highest(0) * 1.0001; x *= 10) {
      line(svg, "grid", 1, x(x), TOP, x(x), HEIGHT - BOTTOM);
      text(svg, "quiet", x(x), HEIGHT - BOTTOM + 18, "middle", 12, number(x));
    }
    for (double y = lowest(1); y <= highest(1) * 1.0001; y *= 10) {
      line(svg, "grid", 1, LEFT, y(y), WIDTH - RIGHT, y(y));
      text(svg, "quiet", LEFT - 8, y(y) + 4, "end", 12, number(y * 1e-9));
    }
  }

  private void draw(StringBuilder svg, Roof roof) {
    double ridge = roof.peak / roof.bandwidth;
    double from = Math.max(lowest(0), lowest(1) / roof.bandwidth);
    String colour = "s" + roof.series;
    line(svg, colour, 2, x(from), y(from * roof.bandwidth), x(ridge), y(roof.peak));
    line(svg, colour, 2, x(ridge), y(roof.peak), WIDTH - RIGHT, y(roof.peak));
    String text =
        "%s: %.0f GFLOP/s, %.1f GB/s"
            .formatted(roof.label, roof.peak * 1e-9, roof.bandwidth * 1e-9);
    text(svg, "f" + roof.series, WIDTH - RIGHT, y(roof.peak) - 6, "end", 12, text);
  }

  private void draw(StringBuilder svg, Point point) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"f%d\" fill-opacity=\".8\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\">"
                + "<title>%s: %.1f GFLOP/s</title></circle>%n",
            point.series,
            x(point.intensity),
            y(point.rate),
            escaped(point.title),
            point.rate * 1e-9));
  }

  private void label(StringBuilder svg, Point point, List<Box> taken) {
    double half = LETTER * point.label.length() / 2;
    for (double[] place : PLACES) {
      double x = Math.clamp(x(point.intensity) + place[0], LEFT + half, WIDTH - RIGHT - half);
      double y = y(point.rate) + place[1];
      Box box = new Box(x - half, y - LINE, x + half, y + 1);
      if (taken.stream().noneMatch(box::meets)) {
        taken.add(box);
        text(svg, "ink", x, y, "middle", 11, point.label);
        return;
      }
    }
    // Where there is no room the pointer still finds the title.
  }

  /// The power of ten below everything on an axis.
  private double lowest(int axis) {
    return Math.pow(
        10, Math.floor(Math.log10(points.stream().mapToDouble(p -> at(p, axis)).min().orElse(1))));
  }

  /// The power of ten above everything on an axis.
  private double highest(int axis) {
    double ofPoints = points.stream().mapToDouble(p -> at(p, axis)).max().orElse(10);
    double ofRoofs =
        roofs.stream()
            .mapToDouble(roof -> axis == 0 ? roof.peak / roof.bandwidth : roof.peak)
            .max()
            .orElse(10);
    return Math.pow(10, Math.ceil(Math.log10(Math.max(ofPoints, ofRoofs)) + 1e-9));
  }

  private static double at(Point point, int axis) {
    return axis == 0 ? point.intensity : point.rate;
  }

  private double x(double intensity) {
    double part = Math.log(intensity / lowest(0)) / Math.log(highest(0) / lowest(0));
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private double y(double rate) {
    double part = Math.log(rate / lowest(1)) / Math.log(highest(1) / lowest(1));
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
  }

  private static void line(
      StringBuilder svg, String colour, int width, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" stroke-width=\"%d\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\""
                + " y2=\"%.1f\"/>%n",
            colour,
            width,
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(
      StringBuilder svg,
      String colour,
      double x,
      double y,
      String anchor,
      int size,
      String content) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s"
                + "</text>%n",
            colour,
            x,
            y,
            anchor,
            size,
            escaped(content)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String number(double power) {
    return power >= 1 ? "%.0f".formatted(power) : Double.toString(power);
  }
}
