package dev.lanewise.gradcheck.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The error of every row, every column or the whole is a combination of 1, x, y and exp y: a term
/// that a normalisation or a softmax subtracts is missing or wrong.
final class Projection implements Hypothesis {
  /// Residuals of a least-squares fit are not the smallest possible in every coordinate.
  private static final double SLACK = 2;

  private record Term(String name, double[] values) {}

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    List<Groups> divisions = new ArrayList<>(Groups.of(clues.shape()));
    divisions.add(Groups.one());
    for (List<Term> terms : combinations(clues)) {
      for (Groups groups : divisions) {
        if (spans(clues, groups, terms)) {
          return Hypothesis.found(Cause.PROJECTION, sentence(clues, groups, terms));
        }
      }
    }
    return Optional.empty();
  }

  private static String sentence(Clues clues, Groups groups, List<Term> terms) {
    String where =
        groups.count() == 1 ? "the error of " : "the error of each " + groups.noun() + " of ";
    String what =
        terms.size() == 1
            ? terms.getFirst().name().equals("1")
                ? "a constant: a mean or sum is missing or wrong"
                : "a multiple of " + terms.getFirst().name() + ": a projection is missing or wrong"
            : "a combination of "
                + terms.stream().map(Term::name).collect(Collectors.joining(", "))
                + ": a projection is missing or wrong";
    return where + clues.path() + " is " + what;
  }

  private static List<List<Term>> combinations(Clues clues) {
    double[] ones = new double[clues.size()];
    Arrays.fill(ones, 1);
    Term one = new Term("1", ones);
    Term x = new Term(clues.path(), clues.x());
    List<List<Term>> all = new ArrayList<>();
    all.add(List.of(one));
    all.add(List.of(x));
    if (clues.y().length == clues.size()) {
      double[] exponentials = Arrays.stream(clues.y()).map(Math::exp).toArray();
      Term y = new Term("the output", clues.y());
      Term e = new Term("exp of the output", exponentials);
      all.add(List.of(y));
      all.add(List.of(e));
      all.add(List.of(one, x));
      all.add(List.of(one, y));
      all.add(List.of(x, y));
      all.add(List.of(one, x, y));
      all.add(List.of(one, x, y, e));
    } else {
      all.add(List.of(one, x));
    }
    return all;
  }

  private static boolean spans(Clues clues, Groups groups, List<Term> terms) {
    int spare = 0;
    int[] sizes = new int[groups.count()];
    for (int i = 0; i < clues.size(); i++) {
      sizes[groups.of().applyAsInt(i)] += clues.known(i) ? 1 : 0;
    }
    for (int size : sizes) {
      if (size <= terms.size()) {
        return false;
      }
      spare += size - terms.size();
    }
    if (spare < 3) {
      return false;
    }
    int[][] members = new int[groups.count()][];
    for (int g = 0; g < members.length; g++) {
      members[g] = new int[sizes[g]];
      sizes[g] = 0;
    }
    for (int i = 0; i < clues.size(); i++) {
      if (clues.known(i)) {
        int g = groups.of().applyAsInt(i);
        members[g][sizes[g]++] = i;
      }
    }
    for (int[] group : members) {
      if (!spans(clues, group, terms)) {
        return false;
      }
    }
    return true;
  }

  /// Weighted least squares by Gram–Schmidt, every residual within its tolerance.
  private static boolean spans(Clues clues, int[] members, List<Term> terms) {
    double[] tolerance = new double[members.length];
    double[] residual = new double[members.length];
    for (int k = 0; k < members.length; k++) {
      int i = members[k];
      tolerance[k] = clues.tolerance(clues.a()[i], clues.truth().width()[i]) + Double.MIN_NORMAL;
      residual[k] = (clues.a()[i] - clues.n()[i]) / tolerance[k];
    }
    List<double[]> basis = new ArrayList<>();
    for (Term term : terms) {
      double[] v = new double[members.length];
      for (int k = 0; k < v.length; k++) {
        v[k] = term.values()[members[k]] / tolerance[k];
      }
      double before = norm(v);
      for (int pass = 0; pass < 2; pass++) {
        for (double[] b : basis) {
          remove(v, b);
        }
      }
      double size = norm(v);
      if (size > 1e-10 * before && Double.isFinite(size)) {
        for (int k = 0; k < v.length; k++) {
          v[k] /= size;
        }
        basis.add(v);
      }
    }
    for (double[] b : basis) {
      remove(residual, b);
    }
    for (double r : residual) {
      if (!(Math.abs(r) <= SLACK)) {
        return false;
      }
    }
    return true;
  }

  private static void remove(double[] v, double[] unit) {
    double dot = 0;
    for (int k = 0; k < v.length; k++) {
      dot += v[k] * unit[k];
    }
    for (int k = 0; k < v.length; k++) {
      v[k] -= dot * unit[k];
    }
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double each : v) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }
}
