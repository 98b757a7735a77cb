package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.NumericGradient;

/// What is known about a function at a point before anything is differenced: the outputs and the
/// gradient that backward claims. Threads share it; nothing in it is written to.
///
/// @param point the elements of each variable
/// @param origin the outputs there, and the upstream
/// @param analytic the gradient by backward
/// @param rms the root mean square of each variable
/// @param largest the largest magnitude in the gradient by each variable
record Site(
    double[][] point, Origin origin, AnalyticGradient analytic, double[] rms, double[] largest) {
  /// Looks at a function at the current values of an evaluator.
  ///
  /// @param evaluator the function; unchanged afterwards
  /// @param y its outputs there
  /// @param upstream u, as long as they
  static Site of(Evaluator evaluator, double[] y, double[] upstream) {
    double[][] point = evaluator.values();
    Origin origin = Origin.of(y, upstream, NumericGradient.largest(point));
    AnalyticGradient analytic = AnalyticGradient.of(evaluator, origin);
    double[] rms = new double[point.length];
    double[] largest = new double[point.length];
    for (int t = 0; t < point.length; t++) {
      rms[t] = Origin.rms(point[t]);
      largest[t] = AnalyticGradient.largest(analytic.value()[t]);
    }
    return new Site(point, origin, analytic, rms, largest);
  }

  /// The claim about one coordinate.
  Claim claim(int variable, int position) {
    double a = analytic.value()[variable][position];
    return new Claim(
        a,
        analytic.noise()[variable][position],
        scale(variable, position),
        origin.natural(),
        largest[variable]);
  }

  /// The claim about the derivative along a direction.
  Claim claim(double[][] direction) {
    double[][] a = analytic.value();
    return new Claim(
        Directions.sum(a, direction),
        Directions.norm(analytic.noise(), direction),
        1,
        origin.natural(),
        Directions.norm(a, direction));
  }

  /// The step of a coordinate that about changes the contracted output by its own size.
  double scale(int variable, int position) {
    return Scales.of(
        point[variable][position],
        analytic.value()[variable][position],
        rms[variable],
        origin.natural());
  }

  /// The same for each coordinate of a variable.
  double[] scales(int variable) {
    double[] scales = new double[point[variable].length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = scale(variable, i);
    }
    return scales;
  }
}
