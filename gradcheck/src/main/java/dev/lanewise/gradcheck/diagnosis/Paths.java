package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/// Backward for one output after the other is right for some pairs of an element and an output, and
/// for the others zero or off by one factor: a path from the element to the output is missing or
/// counted twice.
///
/// @param related whether the pairs must be those of a relation between their indices
record Paths(boolean related) implements Hypothesis {
  private static final int MOST_OUTPUTS = 256;

  /// Pairs of an element and an output by their indices.
  private record Pairs(String name, Relation relation) {
    /// Whether a pair belongs to it.
    @FunctionalInterface
    interface Relation {
      boolean holds(int element, int output);
    }
  }

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    int outputs = clues.u().length;
    Optional<Jacobian> jacobian =
        outputs > 1 && outputs <= MOST_OUTPUTS ? clues.jacobian() : Optional.empty();
    if (jacobian.isEmpty()) {
      return Optional.empty();
    }
    double[][] a = new double[outputs][];
    for (int j = 0; j < outputs; j++) {
      double[] only = new double[outputs];
      only[j] = 1;
      a[j] = clues.backward(only);
    }
    return explain(clues, jacobian.get(), a);
  }

  private Optional<Diagnosis> explain(Clues clues, Jacobian n, double[][] a) {
    Comparison found = Comparison.of(clues, n, a);
    if (found.right == 0 || found.wrong() == 0) {
      return Optional.empty();
    }
    Optional<String> where =
        pairs(clues.shape(), clues.evidence().outputShape(), clues.path()).stream()
            .filter(each -> found.matches(each.relation()))
            .map(Pairs::name)
            .findFirst();
    if (related && where.isEmpty()) {
      return Optional.empty();
    }
    String which = where.orElse(found.wrong() + " of " + (found.wrong() + found.right) + " paths");
    String gradient = "the gradient of " + clues.path();
    if (found.missing == found.wrong()) {
      return Hypothesis.found(
          Cause.PATH,
          gradient + " misses " + which + ": backward gives them nothing, the rest is right");
    }
    if (found.extra == found.wrong()) {
      return Hypothesis.found(
          Cause.PATH,
          gradient
              + " has too much: "
              + which
              + " get something, though the output does not depend on the element");
    }
    if (found.others == found.wrong() && found.sameFactor) {
      String factor = NamedNumbers.number(found.factor);
      return Hypothesis.found(
          Cause.PATH,
          gradient
              + " is wrong for "
              + which
              + ", by the factor "
              + factor
              + "; the rest is right");
    }
    return !related && where.isPresent()
        ? Hypothesis.found(Cause.PATH, gradient + " is wrong for " + which + "; the rest is right")
        : Optional.empty();
  }

  /// Backward against differences, pair by pair.
  private static final class Comparison {
    private static final double ROUND_OFF = 1e-12;
    private static final double SAME_FACTOR = 1e-6;

    private final boolean[][] wrong;
    private final boolean[][] tells;
    private int right;
    private int missing;
    private int extra;
    private int others;
    private double factor = Double.NaN;
    private boolean sameFactor = true;

    private Comparison(int elements, int outputs) {
      this.wrong = new boolean[elements][outputs];
      this.tells = new boolean[elements][outputs];
    }

    static Comparison of(Clues clues, Jacobian n, double[][] a) {
      double largest = 0;
      for (double[] row : n.value()) {
        for (double value : row) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
      Comparison comparison = new Comparison(clues.size(), a.length);
      for (int i = 0; i < clues.size(); i++) {
        for (int j = 0; j < a.length; j++) {
          double tolerance = Clues.HALF_WIDTHS * n.width()[i][j] + ROUND_OFF * largest;
          comparison.add(i, j, a[j][i], n.value()[i][j], tolerance);
        }
      }
      return comparison;
    }

    private void add(int i, int j, double a, double n, double tolerance) {
      boolean zero = Math.abs(n) <= tolerance;
      wrong[i][j] = !(Math.abs(a - n) <= tolerance);
      tells[i][j] = wrong[i][j] || !zero;
      if (!wrong[i][j]) {
        right += zero ? 0 : 1;
      } else if (zero) {
        extra++;
      } else if (a == 0) {
        missing++;
      } else {
        others++;
        double ratio = a / n;
        factor = Double.isNaN(factor) ? ratio : factor;
        double slack = SAME_FACTOR + tolerance / Math.abs(n);
        sameFactor &= Math.abs(ratio - factor) <= slack * Math.max(1, Math.abs(factor));
      }
    }

    int wrong() {
      return missing + extra + others;
    }

    /// Whether a relation holds for exactly the wrong pairs.
    boolean matches(Pairs.Relation relation) {
      for (int i = 0; i < wrong.length; i++) {
        for (int j = 0; j < wrong[i].length; j++) {
          if (tells[i][j] && relation.holds(i, j) != wrong[i][j]) {
            return false;
          }
        }
      }
      return true;
    }
  }

  /// The relations, the narrowest first.
  private static List<Pairs> pairs(Shape x, Shape y, String path) {
    List<Pairs> all = new ArrayList<>();
    String to = "the paths from " + path + " to outputs ";
    for (int p = 0; p < x.rank(); p++) {
      for (int q = 0; q < y.rank(); q++) {
        if (x.dim(p) == y.dim(q) && x.dim(p) > 1) {
          String noun = Axes.noun(x, p) + (p == q ? "" : ", counted along axis " + q + " there");
          addSteps(all, x, y, p, q, to, noun);
        }
      }
    }
    if (x.equals(y)) {
      all.add(new Pairs(to + "at the same place", (i, j) -> i == j));
      all.add(new Pairs(to + "at other places", (i, j) -> i != j));
    }
    return all;
  }

  private static void addSteps(
      List<Pairs> all, Shape x, Shape y, int p, int q, String to, String noun) {
    IntBinaryOperator step = (i, j) -> Axes.index(y, q, j) - Axes.index(x, p, i);
    all.add(new Pairs(to + "of the same " + noun, (i, j) -> step.applyAsInt(i, j) == 0));
    all.add(new Pairs(to + "of the next " + noun, (i, j) -> step.applyAsInt(i, j) == 1));
    all.add(new Pairs(to + "of the previous " + noun, (i, j) -> step.applyAsInt(i, j) == -1));
    all.add(new Pairs(to + "of a later " + noun, (i, j) -> step.applyAsInt(i, j) > 0));
    all.add(new Pairs(to + "of an earlier " + noun, (i, j) -> step.applyAsInt(i, j) < 0));
    all.add(
        new Pairs(
            to + "more than one " + noun + " away", (i, j) -> Math.abs(step.applyAsInt(i, j)) > 1));
    all.add(new Pairs(to + "of another " + noun, (i, j) -> step.applyAsInt(i, j) != 0));
  }
}
