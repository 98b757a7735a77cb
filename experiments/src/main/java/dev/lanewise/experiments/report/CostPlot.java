package dev.lanewise.experiments.report;

import java.util.Arrays;

/// What a training step costs, measured and by rule.
public final class CostPlot {
  private CostPlot() {}

  /// How many times as much backward costs as forward.
  ///
  /// @param layers how many layers
  /// @param plain measured without the gradient by the data
  /// @param ofData measured with it
  /// @return the picture
  public static Picture ratios(double[] layers, double[] plain, double[] ofData) {
    Chart chart =
        new Chart("Backward ÷ forward", "equal layers", "")
            .line("without the gradient by the data", layers, plain)
            .line("with it", layers, ofData)
            .line("2 − 1/L", layers, Arrays.stream(layers).map(l -> 2 - 1 / l).toArray())
            .line("2", layers, Arrays.stream(layers).map(l -> 2).toArray());
    return Picture.of(
        "cost-rule.png",
        "Backward ÷ forward",
        "Each layer is one product forward and two backward; the first needs only one.",
        chart.draw());
  }

  /// The cost by the number of layers.
  ///
  /// @param layers how many layers
  /// @param forward milliseconds of a step forward
  /// @param backward milliseconds of a step backward
  /// @return the picture
  public static Picture byLayers(double[] layers, double[] forward, double[] backward) {
    Chart chart =
        new Chart("Cost by layers", "equal layers", "milliseconds")
            .line("forward", layers, forward)
            .line("backward", layers, backward);
    return Picture.of(
        "cost-by-layers.png", "Cost by layers", "Twice the layers, twice the cost.", chart.draw());
  }

  /// The cost by the number of units in each layer.
  ///
  /// @param units how many units
  /// @param forward milliseconds of a step forward
  /// @param backward milliseconds of a step backward
  /// @return the picture
  public static Picture byUnits(double[] units, double[] forward, double[] backward) {
    double last = units[units.length - 1];
    double most = backward[units.length - 1];
    Chart chart =
        new Chart("Cost by units", "units of each layer", "milliseconds")
            .logarithmic()
            .line("forward", units, forward)
            .line("backward", units, backward)
            .line(
                "∝ units²",
                units,
                Arrays.stream(units).map(n -> most * n / last * n / last).toArray());
    return Picture.of(
        "cost-by-units.png",
        "Cost by units",
        "Twice the units, four times the cost.",
        chart.draw());
  }
}
