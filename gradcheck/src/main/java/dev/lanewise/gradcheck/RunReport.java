package dev.lanewise.gradcheck;

import java.util.List;
import java.util.Locale;

/// What one run found: one point, one upstream.
///
/// @param variant how the function was executed, `plain`, `used twice` or `in shards`
/// @param regime what kind of numbers the point has
/// @param upstream how the upstream was drawn
/// @param tensors the findings for each variable; empty if the point is invalid
/// @param screens the directions that were checked
/// @param evaluations how often the function was evaluated
public record RunReport(
    String variant,
    Regime regime,
    Upstream upstream,
    List<TensorReport> tensors,
    List<Screen> screens,
    long evaluations) {
  /// A run.
  public RunReport {
    tensors = List.copyOf(tensors);
    screens = List.copyOf(screens);
  }

  /// How many coordinates have a verdict.
  ///
  /// @param verdict which
  /// @return the number
  public int count(Verdict verdict) {
    return tensors.stream().mapToInt(tensor -> tensor.count(verdict)).sum();
  }

  /// Whether the point had no derivative to check.
  ///
  /// @return whether the function was not finite there
  public boolean invalid() {
    return tensors.isEmpty();
  }

  /// Whether a coordinate or a direction disagrees.
  ///
  /// @return whether it does
  public boolean failed() {
    return count(Verdict.FAIL) > 0 || screens.stream().anyMatch(Screen::failed);
  }

  /// How to call the run, `normal, uniform upstream`.
  ///
  /// @return the variant unless it is plain, the regime and the upstream
  public String label() {
    String what = regime.label() + ", " + upstream.name().toLowerCase(Locale.ROOT) + " upstream";
    return variant.equals("plain") ? what : variant + ", " + what;
  }
}
