package dev.lanewise.experiments.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.image.BufferedImage;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A plot of lines in the style of all pictures.
final class Chart {
  private final XYChart chart;
  private int lines;

  Chart(String title, String xTitle, String yTitle) {
    chart =
        new XYChartBuilder()
            .width(720)
            .height(420)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    var style = chart.getStyler();
    style.setChartBackgroundColor(Palette.PAPER);
    style.setChartTitleFont(Palette.font(Font.BOLD, 16));
    style.setChartFontColor(Palette.INK);
    style.setChartPadding(14);
    style.setPlotBackgroundColor(Palette.PAPER);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(Palette.LINE);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotGridVerticalLinesVisible(false);
    style.setAxisTitleFont(Palette.font(Font.PLAIN, 13));
    style.setAxisTickLabelsFont(Palette.font(Font.PLAIN, 12));
    style.setAxisTickLabelsColor(Palette.QUIET);
    style.setAxisTickMarksColor(Palette.LINE);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Horizontal);
    style.setLegendBackgroundColor(Palette.PAPER);
    style.setLegendBorderColor(Palette.PAPER);
    style.setLegendFont(Palette.font(Font.PLAIN, 13));
    style.setPlotContentSize(0.95);
  }

  /// Both axes in powers of ten.
  Chart logarithmic() {
    var style = chart.getStyler();
    style.setXAxisLogarithmic(true);
    style.setYAxisLogarithmic(true);
    style.setXAxisDecimalPattern("0E0");
    style.setYAxisDecimalPattern("0E0");
    return this;
  }

  /// The upright axis in powers of ten, from the one below the lowest to the one above the highest
  /// value: only powers have labels.
  Chart logarithmicUpwards(double lowest, double highest) {
    var style = chart.getStyler();
    style.setYAxisLogarithmic(true);
    style.setYAxisDecimalPattern("0E0");
    style.setYAxisMin(Math.pow(10, Math.floor(Math.log10(lowest))));
    style.setYAxisMax(Math.pow(10, Math.floor(Math.log10(highest)) + 1));
    return this;
  }

  /// The names of many lines, one under the other.
  Chart legendBeside() {
    var style = chart.getStyler();
    style.setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setLegendLayout(Styler.LegendLayout.Vertical);
    return this;
  }

  Chart line(String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(Palette.series(lines));
    series.setLineWidth(2.2f);
    series.setMarker(x.length <= 40 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(Palette.series(lines));
    chart.getStyler().setMarkerSize(5);
    lines++;
    return this;
  }

  /// Points without lines between them.
  Chart points(String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(Palette.series(lines));
    chart.getStyler().setMarkerSize(5);
    lines++;
    return this;
  }

  /// An upright line that marks a place.
  Chart mark(String name, double x, double low, double high) {
    return guide(name, x, low, x, high);
  }

  /// A straight line to read others by.
  Chart guide(String name, double x0, double y0, double x1, double y1) {
    XYSeries series = chart.addSeries(name, new double[] {x0, x1}, new double[] {y0, y1});
    series.setLineColor(Palette.QUIET);
    series.setLineStyle(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 4}, 0));
    series.setMarker(SeriesMarkers.NONE);
    return this;
  }

  BufferedImage draw() {
    return BitmapEncoder.getBufferedImage(chart);
  }
}
