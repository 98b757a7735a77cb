package dev.lanewise.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one step did to the parameters.
///
/// @param parameters the numbers of each trained parameter, by path, in the order of the model
public record StepStatistics(Map<String, OfParameter> parameters) {
  /// What one step did to a parameter w. All norms are Euclidean, over all elements.
  ///
  /// @param gradientNorm ‖∂L/∂w‖, the gradient of the loss, without penalties, before the optimizer
  ///     sees it
  /// @param weightNorm ‖w‖ before the update
  /// @param updateNorm ‖Δw‖: by how much the weights changed, as they are stored
  public record OfParameter(double gradientNorm, double weightNorm, double updateNorm) {
    /// The size of the update beside the weights. A rule of thumb for a healthy training is about
    /// 1e-3 (Karpathy, *CS231n: Neural Networks Part 3*).
    ///
    /// @return ‖Δw‖/‖w‖; ∞ or NaN if the weights were zero
    public double updateRatio() {
      return updateNorm / weightNorm;
    }
  }

  /// Statistics.
  public StepStatistics {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// The norm of the gradient by all parameters together.
  ///
  /// @return `√Σ‖∂L/∂w‖²`
  public double gradientNorm() {
    double sum = 0;
    for (OfParameter each : parameters.values()) {
      sum += each.gradientNorm() * each.gradientNorm();
    }
    return Math.sqrt(sum);
  }
}
