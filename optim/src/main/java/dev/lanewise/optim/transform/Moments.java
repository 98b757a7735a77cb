package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;

/// Running means of gradients and of their squares.
///
/// @param first m
/// @param second v
public record Moments(PerParameter first, PerParameter second) {
  /// Zeros.
  ///
  /// @param parameters the parameters that will be updated
  /// @return new moments
  public static Moments zerosLike(Parameters parameters) {
    return new Moments(PerParameter.zerosLike(parameters), PerParameter.zerosLike(parameters));
  }
}
