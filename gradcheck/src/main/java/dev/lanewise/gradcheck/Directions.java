package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Directions along which a gradient is screened: for each variable, and for all together, two
/// random
/// ones, along which every coordinate counts; all ones and the variable itself, along which ties
/// stay
/// ties and zeros stay zeros, so that the function is smooth there.
final class Directions {
  private static final int RANDOM = 2;

  private Directions() {}

  /// A direction.
  ///
  /// @param name how to call it
  /// @param displacement the displacement of each variable at 1; empty arrays for those at rest
  record Direction(String name, double[][] displacement) {}

  /// How many directions [#all] gives.
  static int count(List<Variable> variables) {
    int withElements = (int) variables.stream().filter(each -> each.size() > 0).count();
    return withElements * (RANDOM + 2) + (variables.size() > 1 ? RANDOM : 0);
  }

  /// All directions at a site.
  ///
  /// @param variables the variables
  /// @param site the point, and the steps of its coordinates
  /// @param key the address of the draws
  static List<Direction> all(List<Variable> variables, Site site, Key key) {
    double[][] point = site.point();
    double[][] scales = new double[point.length][];
    for (int t = 0; t < point.length; t++) {
      scales[t] = site.scales(t);
    }
    List<Direction> directions = new ArrayList<>();
    for (int t = 0; t < point.length; t++) {
      if (point[t].length == 0) {
        continue;
      }
      String path = variables.get(t).path();
      for (int k = 0; k < RANDOM; k++) {
        directions.add(
            only(t, path + ", random " + (k + 1), random(scales[t], key.with(t).with(k)), point));
      }
      double[] ones = new double[point[t].length];
      Arrays.fill(ones, Origin.rms(point[t]));
      directions.add(only(t, path + ", all ones", ones, point));
      directions.add(only(t, path + ", itself", point[t].clone(), point));
    }
    if (point.length > 1) {
      for (int k = 0; k < RANDOM; k++) {
        double[][] displacement = new double[point.length][];
        for (int t = 0; t < point.length; t++) {
          displacement[t] = random(scales[t], key.with("all").with(t).with(k));
        }
        directions.add(new Direction("all variables, random " + (k + 1), displacement));
      }
    }
    return directions;
  }

  /// `dᵢ = ±(0.5 + U[0,1))·scaleᵢ/√n`.
  static double[] random(double[] scales, Key key) {
    RandomGenerator draws = key.generator();
    double[] direction = new double[scales.length];
    for (int i = 0; i < direction.length; i++) {
      double size = (0.5 + draws.nextDouble()) * scales[i] / Math.sqrt(scales.length);
      direction[i] = draws.nextBoolean() ? size : -size;
    }
    return direction;
  }

  /// `Σ aᵢdᵢ`, compensated (Neumaier), so that millions of summands do not add round-off.
  static double sum(double[][] a, double[][] d) {
    double sum = 0;
    double lost = 0;
    for (int t = 0; t < d.length; t++) {
      for (int i = 0; i < d[t].length; i++) {
        double product = a[t][i] * d[t][i];
        lost += Math.fma(a[t][i], d[t][i], -product);
        double next = sum + product;
        lost +=
            Math.abs(sum) >= Math.abs(product) ? (sum - next) + product : (product - next) + sum;
        sum = next;
      }
    }
    return sum + lost;
  }

  /// `√Σ (aᵢdᵢ)²`: the size of a sum whose summands have independent signs.
  static double norm(double[][] a, double[][] d) {
    double squares = 0;
    for (int t = 0; t < d.length; t++) {
      for (int i = 0; i < d[t].length; i++) {
        double part = a[t][i] * d[t][i];
        squares += part * part;
      }
    }
    return Math.sqrt(squares);
  }

  private static Direction only(
      int variable, String name, double[] displacement, double[][] point) {
    double[][] all = new double[point.length][0];
    all[variable] = displacement;
    return new Direction(name, all);
  }
}
