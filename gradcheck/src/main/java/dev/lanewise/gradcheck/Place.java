package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Line;
import dev.lanewise.gradcheck.problem.CoordinateLine;
import dev.lanewise.gradcheck.problem.DirectionLine;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.Problem;

/// A site with a way to evaluate the function there, for one thread.
///
/// @param site what is known there
/// @param evaluator the function at the site's point
record Place(Site site, Evaluator evaluator) implements AutoCloseable {
  /// Of the second ladder, so that no step of the two is the same.
  private static final double OTHER_TOP = 1.37;

  /// The place of a problem's own point.
  ///
  /// @param problem the function and the point
  /// @param upstream u
  static Place of(Problem problem, double[] upstream) {
    Evaluator evaluator = problem.open();
    return new Place(Site.of(evaluator, evaluator.evaluate(), upstream), evaluator);
  }

  /// Judges the derivative by a coordinate by ladders.
  Judgement judge(int variable, int position) {
    CoordinateLine line = CoordinateLine.of(evaluator, variable, position);
    try {
      return judge(line, site.claim(variable, position));
    } finally {
      line.restore();
    }
  }

  /// Judges the derivative along a direction by ladders.
  Judgement judge(double[][] direction) {
    DirectionLine line = line(direction);
    try {
      return judge(line, site.claim(direction));
    } finally {
      line.restore();
    }
  }

  /// The line along a direction, to be restored.
  DirectionLine line(double[][] direction) {
    return new DirectionLine(evaluator, site.point(), direction, site.analytic().value());
  }

  /// What a ladder rejects counts as wrong only if a second one, of other steps, rejects it too.
  private Judgement judge(Line line, Claim claim) {
    Judgement first = judge(line, claim, claim.scale());
    return first.verdict() == Verdict.FAIL ? judge(line, claim, OTHER_TOP * claim.scale()) : first;
  }

  private Judgement judge(Line line, Claim claim, double top) {
    Estimate numeric = Differentiator.thorough(line, site.origin(), top);
    return new Judgement(claim.against(numeric), numeric);
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
