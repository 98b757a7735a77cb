package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Differentiator;

/// All that one thread needs to check derivatives at a point.
///
/// @param here the point
/// @param nearby points near it
/// @param strict whether a derivative that is wrong at this exact point only is wrong: of a single
///     op, whose derivative at a kink is its own choice between the one-sided slopes. That of a
///     composition is a sum of such choices, and has no right value there
/// @param memory scratch for quick estimates
record Workplace(Place here, Nearby nearby, boolean strict, Differentiator.Scratch memory)
    implements AutoCloseable {
  /// What to make of a coordinate that is wrong here: FAIL, or CONVENTION.
  Verdict confirm(int variable, int position) {
    return strict || nearby.reject(variable, position) ? Verdict.FAIL : Verdict.CONVENTION;
  }

  /// What to make of a direction along which the derivative is wrong here: FAIL, or CONVENTION.
  Verdict confirm(double[][] direction) {
    return strict || nearby.reject(direction) ? Verdict.FAIL : Verdict.CONVENTION;
  }

  long evaluations() {
    return here.evaluator().evaluations() + nearby.evaluations();
  }

  @Override
  public void close() {
    here.close();
    nearby.close();
  }
}
