package dev.lanewise.experiments.report;

/// A learning rate over the steps.
public final class SchedulePlot {
  private SchedulePlot() {}

  /// The picture.
  ///
  /// @param file the name of its file
  /// @param spec the schedule's text
  /// @param steps the steps
  /// @param rates the rate at each of them
  /// @return the picture
  public static Picture of(String file, String spec, double[] steps, double[] rates) {
    Chart chart = new Chart(spec, "step", "learning rate").line("learning rate", steps, rates);
    return Picture.of(file, spec, "The learning rate in each step.", chart.draw());
  }
}
