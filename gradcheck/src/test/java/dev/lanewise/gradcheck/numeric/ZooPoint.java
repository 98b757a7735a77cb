package dev.lanewise.gradcheck.numeric;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One function at one point, contracted with random weights: lines through it, and the truth.
///
/// @param formula the function
/// @param x the point
/// @param origin the outputs there and their weights
/// @param truth the derivative by each coordinate, correctly rounded
record ZooPoint(Function<Real[], List<Real>> formula, double[] x, Origin origin, double[] truth) {

  static ZooPoint of(Zoo member, RandomGenerator draws) {
    double[] x = member.draw().apply(draws);
    double[] y = evaluate(member.formula(), x);
    double rms = Origin.rms(y);
    double[] u = new double[y.length];
    for (int j = 0; j < u.length; j++) {
      u[j] = (draws.nextBoolean() ? 1 : -1) * (0.5 + draws.nextDouble()) / rms;
    }
    double largest = 0;
    for (double each : x) {
      largest = Math.max(largest, Math.abs(each));
    }
    return new ZooPoint(
        member.formula(), x, Origin.of(y, u, largest), truth(member.formula(), x, u));
  }

  private static double[] evaluate(Function<Real[], List<Real>> formula, double[] x) {
    Real[] variables = new Real[x.length];
    for (int i = 0; i < x.length; i++) {
      variables[i] = new Rounded(x[i]);
    }
    return formula.apply(variables).stream().mapToDouble(Real::value).toArray();
  }

  private static double[] truth(Function<Real[], List<Real>> formula, double[] x, double[] u) {
    Real[] variables = new Real[x.length];
    for (int i = 0; i < x.length; i++) {
      variables[i] = Exact.variable(x[i], i, x.length);
    }
    Real sum = variables[0].of(0);
    List<Real> y = formula.apply(variables);
    for (int j = 0; j < u.length; j++) {
      sum = sum.plus(y.get(j).times(u[j]));
    }
    double[] truth = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      truth[i] = ((Exact) sum).gradient()[i].doubleValue();
    }
    return truth;
  }

  /// The step that about changes the contracted outputs by their own size.
  double scale(int i) {
    double rms = Origin.rms(x);
    double scale = Math.min(Math.max(Math.abs(x[i]), rms), origin.natural() / Math.abs(truth[i]));
    double least = x[i] == 0 ? 0x1p-20 * rms : Math.abs(x[i]) / 64;
    return Math.scalb(1.0, Math.getExponent(Math.max(scale, least)));
  }

  /// The line along a coordinate.
  Line line(int i) {
    return new Line() {
      @Override
      public double at(double t, double[] y) {
        double[] moved = x.clone();
        moved[i] = x[i] + t;
        System.arraycopy(evaluate(formula, moved), 0, y, 0, y.length);
        return moved[i] - x[i];
      }

      @Override
      public double placeNoise(double slope) {
        return 4 * Math.abs(slope) * 0x1p-53 * Math.abs(x[i]);
      }
    };
  }
}
