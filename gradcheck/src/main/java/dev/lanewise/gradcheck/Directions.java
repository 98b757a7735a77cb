package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.DotProduct;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Directions along which a gradient is screened: for each variable, and for all together, two
/// random ones, along which every coordinate counts; all ones and the variable itself, along which
/// ties stay ties and zeros stay zeros, so that the function is smooth there.
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
    List<Direction> directions = new ArrayList<>();
    for (int t = 0; t < variables.size(); t++) {
      directions.addAll(through(variables, t, site, key));
    }
    directions.addAll(throughAll(variables, site, key));
    return directions;
  }

  /// The directions through one variable, random ones first; none if it has no elements.
  static List<Direction> through(List<Variable> variables, int variable, Site site, Key key) {
    double[] point = site.point()[variable];
    if (point.length == 0) {
      return List.of();
    }
    String path = variables.get(variable).path();
    double[] scales = site.scales(variable);
    int count = variables.size();
    List<Direction> directions = new ArrayList<>();
    for (int k = 0; k < RANDOM; k++) {
      double[] random = random(scales, key.with(variable).with(k));
      directions.add(only(variable, count, path + ", random " + (k + 1), random));
    }
    double[] ones = new double[point.length];
    Arrays.fill(ones, site.rms()[variable]);
    directions.add(only(variable, count, path + ", all ones", ones));
    directions.add(only(variable, count, path + ", itself", point.clone()));
    return directions;
  }

  /// The directions through all variables together; none if there is one variable only.
  static List<Direction> throughAll(List<Variable> variables, Site site, Key key) {
    List<Direction> directions = new ArrayList<>();
    for (int k = 0; k < RANDOM && variables.size() > 1; k++) {
      double[][] displacement = new double[variables.size()][];
      for (int t = 0; t < displacement.length; t++) {
        displacement[t] = random(site.scales(t), key.with("all").with(t).with(k));
      }
      directions.add(new Direction("all variables, random " + (k + 1), displacement));
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

  /// A displacement that leaves the coordinates with a verdict at rest.
  ///
  /// @param displacement of each variable; left alone
  /// @param coordinates all coordinates of each variable
  /// @param verdict whose coordinates are to rest
  static double[][] without(
      double[][] displacement, List<List<Coordinate>> coordinates, Verdict verdict) {
    double[][] rest = new double[displacement.length][];
    for (int t = 0; t < rest.length; t++) {
      rest[t] = displacement[t].clone();
      for (int i = 0; i < rest[t].length; i++) {
        rest[t][i] = coordinates.get(t).get(i).verdict() == verdict ? 0 : rest[t][i];
      }
    }
    return rest;
  }

  /// `Σ aᵢdᵢ`.
  static double sum(double[][] a, double[][] d) {
    DotProduct sum = new DotProduct();
    for (int t = 0; t < d.length; t++) {
      for (int i = 0; i < d[t].length; i++) {
        sum.add(a[t][i], d[t][i]);
      }
    }
    return sum.value();
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

  private static Direction only(int variable, int variables, String name, double[] displacement) {
    double[][] all = new double[variables][0];
    all[variable] = displacement;
    return new Direction(name, all);
  }
}
