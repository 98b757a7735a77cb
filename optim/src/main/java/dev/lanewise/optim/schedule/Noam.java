package dev.lanewise.optim.schedule;

/// `peak·min(step/warmup, √(warmup/step))`: up along a line, down with the root of time. Vaswani et
/// al., *Attention is all you need* (2017), equation 3, where it is written
/// `width^−½·min(step^−½, step·warmup^−1.5)`; see [#of].
///
/// @param peak the value at step `warmup`
/// @param warmup how many steps go up
public record Noam(double peak, long warmup) implements Schedule {
  /// A line and a root.
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public Noam {
    Require.positive("noam", "peak", peak);
    Require.steps("noam", "warm-up", warmup);
  }

  /// In the paper's form: the peak is `scale/√(width·warmup)`.
  ///
  /// @param scale 1 in the paper
  /// @param width the model's width, 512 in the paper
  /// @param warmup how many steps go up, 4000 in the paper
  /// @return the schedule
  /// @throws IllegalArgumentException if a number is not positive
  public static Noam of(double scale, int width, long warmup) {
    return new Noam(scale / Math.sqrt((double) width * warmup), warmup);
  }

  @Override
  public double at(long step) {
    return step <= warmup
        ? peak * ((double) step / warmup)
        : peak * Math.sqrt((double) warmup / step);
  }

  @Override
  public String toString() {
    return "%s·min(step/%d, √(%d/step))".formatted(peak, warmup, warmup);
  }
}
