package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;

/// All that one thread needs to check derivatives at a point.
///
/// @param here the point
/// @param nearby points near it
/// @param strict whether a derivative that is wrong at this exact point only may be wrong: of a
///     single op, whose derivative at a kink is its own choice between those close by. That of a
///     composition is a sum of such choices, and has no right value there
/// @param memory scratch for quick estimates
record Workplace(Place here, Nearby nearby, boolean strict, Differentiator.Scratch memory)
    implements AutoCloseable {
  /// What to make of a coordinate that is wrong here: FAIL, or CONVENTION.
  Verdict confirm(int variable, int position) {
    boolean wrong =
        nearby.reject(variable, position)
            || (strict
                && !nearby.between(variable, position, here.site().claim(variable, position)));
    return wrong ? Verdict.FAIL : Verdict.CONVENTION;
  }

  /// What to make of a direction along which the derivative is wrong here: FAIL, or CONVENTION.
  ///
  /// Along a random direction the kinks of many coordinates add up, with either sign; it is the
  /// directions on which the function is smooth that show a wrong choice at a tie.
  Verdict confirm(double[][] direction, Estimate numeric) {
    boolean wrong =
        nearby.reject(direction)
            || (strict
                && !numeric.atKink()
                && !nearby.between(direction, here.site().claim(direction)));
    return wrong ? Verdict.FAIL : Verdict.CONVENTION;
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
