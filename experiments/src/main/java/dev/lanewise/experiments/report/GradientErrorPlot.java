package dev.lanewise.experiments.report;

import java.util.Arrays;

/// The V-shaped plot: the error of finite differences against their step.
public final class GradientErrorPlot {
  /// An error of exactly zero has no place on a logarithmic axis.
  private static final double LEAST = 1e-14;

  private GradientErrorPlot() {}

  /// Draws both errors.
  ///
  /// @param h the steps
  /// @param oneSided the relative error of each difference from one side
  /// @param twoSided the relative error of each difference from two sides
  /// @return the picture
  public static Picture of(double[] h, double[] oneSided, double[] twoSided) {
    Chart chart =
        new Chart("Error of a finite difference", "step h", "relative error")
            .logarithmic()
            .line("one-sided", h, shown(oneSided))
            .line("two-sided", h, shown(twoSided));
    return Picture.of(
        "gradient-check.png",
        "Error of a finite difference",
        "Large steps cut the Taylor series short, small ones cancel digits.",
        chart.draw());
  }

  private static double[] shown(double[] errors) {
    return Arrays.stream(errors).map(error -> Math.max(error, LEAST)).toArray();
  }
}
