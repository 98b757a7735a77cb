package dev.lanewise.gradcheck.peers;

import dev.lanewise.gradcheck.problem.Problem;

/// A way to check a gradient at one point.
///
/// @param name who does it so
/// @param verdict whether it calls the gradient wrong
record Rule(String name, Check verdict) {
  /// Checks a gradient.
  @FunctionalInterface
  interface Check {
    /// Whether the gradient is called wrong; what is drawn belongs to the seed.
    boolean alarms(Problem problem, long seed);
  }
}
