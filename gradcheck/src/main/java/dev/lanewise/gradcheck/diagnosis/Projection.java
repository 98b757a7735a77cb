package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The error of every row, every column or the whole is a combination of 1, x, y and exp y: a term
/// that a normalisation or a softmax subtracts is missing or wrong.
///
/// @param scaled whether the error may have a multiple of the gradient itself, or several terms
///     that only together make sense
record Projection(boolean scaled) implements Hypothesis {
  /// Residuals of a least-squares fit are not the smallest possible in every coordinate.
  private static final double SLACK = 2;

  /// So many coordinates more than coefficients are needed for a fit to mean something.
  private static final int SPARE = 3;

  /// What an error may be a multiple of.
  ///
  /// @param values its values
  /// @param width how well they are known, relative to the half-widths of the numeric gradient
  private record Term(String name, double[] values, double width) {
    Term(String name, double[] values) {
      this(name, values, 0);
    }
  }

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    List<Groups> divisions = new ArrayList<>(Groups.of(clues.shape()));
    divisions.removeIf(groups -> groups.count() == clues.size());
    divisions.add(Groups.one());
    List<List<Term>> combinations = combinations(clues);
    for (List<Term> terms : combinations) {
      for (Groups groups : divisions) {
        if (new Fit(clues, List.of(groups), terms).holds()) {
          return Hypothesis.found(Cause.PROJECTION, sentence(clues, groups, terms));
        }
      }
    }
    if (clues.shape().rank() == 2) {
      List<Groups> both = Groups.of(clues.shape()).subList(0, 2);
      for (List<Term> terms : combinations) {
        if (terms.size() == 1 && new Fit(clues, both, terms).holds()) {
          return Hypothesis.found(
              Cause.PROJECTION,
              "the error of "
                  + clues.path()
                  + (terms.getFirst().name().equals("1")
                      ? " is a constant of its row plus one of its column"
                      : " is "
                          + terms.getFirst().name()
                          + " times a constant of its row plus one"
                          + " of its column")
                  + ": is a sum taken over the wrong axis?");
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
                + ": a projection, or what it is divided by, is wrong";
    return where + clues.path() + " is " + what;
  }

  private List<List<Term>> combinations(Clues clues) {
    double[] ones = new double[clues.size()];
    Arrays.fill(ones, 1);
    Term one = new Term("1", ones);
    Term x = new Term(clues.path(), clues.x());
    Term n = new Term("the gradient itself", clues.n(), 1);
    boolean same = clues.u().length == clues.size();
    Term y = new Term("the output", same ? clues.y() : ones);
    Term u = new Term("the upstream", same ? clues.u() : ones);
    List<List<Term>> all = new ArrayList<>();
    if (!scaled) {
      all.addAll(List.of(List.of(one), List.of(x)));
      if (same) {
        Term e = new Term("exp of the output", Arrays.stream(clues.y()).map(Math::exp).toArray());
        all.addAll(List.of(List.of(y), List.of(e), List.of(u)));
        all.addAll(List.of(List.of(one, x), List.of(one, y), List.of(x, y), List.of(one, x, y)));
        all.add(List.of(one, x, y, e));
      } else {
        all.add(List.of(one, x));
      }
      others(clues, x, all);
    } else {
      all.addAll(List.of(List.of(n, one), List.of(n, x), List.of(n, one, x)));
      if (same) {
        all.addAll(List.of(List.of(n, y), List.of(one, u), List.of(x, u), List.of(y, u)));
        all.add(List.of(one, x, u));
      }
    }
    return all;
  }

  private static void others(Clues clues, Term x, List<List<Term>> all) {
    double[][] point = clues.evidence().evaluator().problem().point();
    List<Variable> variables = clues.evidence().variables();
    for (int v = 0; v < point.length; v++) {
      if (v != clues.evidence().accused() && point[v].length == clues.size()) {
        Term other = new Term(variables.get(v).path(), point[v]);
        all.add(List.of(other));
        all.add(List.of(x, other));
      }
    }
  }

  /// A least-squares fit of the error by the terms, with coefficients for each group.
  private record Fit(Clues clues, List<Groups> divisions, List<Term> terms) {
    boolean holds() {
      return divisions.size() == 1 ? groupByGroup(divisions.getFirst()) : together();
    }

    private boolean groupByGroup(Groups groups) {
      int[] sizes = new int[groups.count()];
      for (int i = 0; i < clues.size(); i++) {
        sizes[groups.of().applyAsInt(i)] += clues.known(i) ? 1 : 0;
      }
      int spare = 0;
      int[][] members = new int[groups.count()][];
      for (int g = 0; g < members.length; g++) {
        if (sizes[g] <= terms.size()) {
          return false;
        }
        spare += sizes[g] - terms.size();
        members[g] = new int[sizes[g]];
        sizes[g] = 0;
      }
      if (spare < SPARE) {
        return false;
      }
      for (int i = 0; i < clues.size(); i++) {
        int g = groups.of().applyAsInt(i);
        if (clues.known(i)) {
          members[g][sizes[g]++] = i;
        }
      }
      for (int[] group : members) {
        List<double[]> columns = new ArrayList<>();
        for (Term term : terms) {
          columns.add(Arrays.stream(group).mapToDouble(i -> term.values[i]).toArray());
        }
        if (!spans(group, columns)) {
          return false;
        }
      }
      return true;
    }

    /// Rows and columns at once.
    private boolean together() {
      int count = divisions.stream().mapToInt(Groups::count).sum();
      int[] all = new int[clues.size()];
      Arrays.setAll(all, i -> i);
      int[] known = Arrays.stream(all).filter(clues::known).toArray();
      if (known.length < count * terms.size() + SPARE || count > 64) {
        return false;
      }
      List<double[]> columns = new ArrayList<>();
      for (Groups groups : divisions) {
        for (int group = 0; group < groups.count(); group++) {
          Part part = groups.part(group);
          for (Term term : terms) {
            columns.add(
                Arrays.stream(known)
                    .mapToDouble(i -> part.holds(i) ? term.values[i] : 0)
                    .toArray());
          }
        }
      }
      return spans(known, columns);
    }

    /// Weighted least squares by Gram–Schmidt, every residual within its tolerance.
    private boolean spans(int[] members, List<double[]> columns) {
      double widening = 1 + terms.stream().mapToDouble(Term::width).sum();
      double[] tolerance = new double[members.length];
      double[] residual = new double[members.length];
      for (int k = 0; k < members.length; k++) {
        int i = members[k];
        tolerance[k] =
            clues.tolerance(clues.a()[i], widening * clues.truth().width()[i]) + Double.MIN_NORMAL;
        residual[k] = (clues.a()[i] - clues.n()[i]) / tolerance[k];
      }
      List<double[]> basis = new ArrayList<>();
      for (double[] column : columns) {
        for (int k = 0; k < column.length; k++) {
          column[k] /= tolerance[k];
        }
        double before = norm(column);
        for (int pass = 0; pass < 2; pass++) {
          basis.forEach(b -> remove(column, b));
        }
        double size = norm(column);
        if (size > 1e-10 * before && Double.isFinite(size)) {
          for (int k = 0; k < column.length; k++) {
            column[k] /= size;
          }
          basis.add(column);
        }
      }
      basis.forEach(b -> remove(residual, b));
      return Arrays.stream(residual).allMatch(r -> Math.abs(r) <= SLACK);
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
}
