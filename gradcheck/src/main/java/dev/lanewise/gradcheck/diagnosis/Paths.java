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
    double largest = 0;
    for (double[] row : n.value()) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    int right = 0;
    int missing = 0;
    int extra = 0;
    int others = 0;
    boolean[][] wrong = new boolean[clues.size()][a.length];
    boolean[][] tells = new boolean[clues.size()][a.length];
    double factor = Double.NaN;
    boolean sameFactor = true;
    for (int i = 0; i < clues.size(); i++) {
      for (int j = 0; j < a.length; j++) {
        double expected = n.value()[i][j];
        double tolerance = Clues.HALF_WIDTHS * n.width()[i][j] + 1e-12 * largest;
        boolean zero = Math.abs(expected) <= tolerance;
        wrong[i][j] = !(Math.abs(a[j][i] - expected) <= tolerance);
        tells[i][j] = wrong[i][j] || !zero;
        if (!wrong[i][j]) {
          right += zero ? 0 : 1;
        } else if (zero) {
          extra++;
        } else if (a[j][i] == 0) {
          missing++;
        } else {
          others++;
          double ratio = a[j][i] / expected;
          double slack = 1e-6 + tolerance / Math.abs(expected) * Math.max(1, Math.abs(ratio));
          factor = Double.isNaN(factor) ? ratio : factor;
          sameFactor &= Math.abs(ratio - factor) <= slack * Math.max(1, Math.abs(factor));
        }
      }
    }
    if (right == 0 || missing + extra + others == 0) {
      return Optional.empty();
    }
    Optional<String> where = where(clues, wrong, tells);
    if (related && where.isEmpty()) {
      return Optional.empty();
    }
    if (missing > 0 && extra + others == 0) {
      return Hypothesis.found(
          Cause.PATH,
          "the gradient of "
              + clues.path()
              + " misses "
              + where.orElse(missing + " of " + (missing + right) + " paths")
              + ": backward gives them nothing, the rest is right");
    }
    if (extra > 0 && missing + others == 0) {
      return Hypothesis.found(
          Cause.PATH,
          "the gradient of "
              + clues.path()
              + " has too much: "
              + where.orElse(extra + " paths")
              + " get something, though the output does not depend on the element");
    }
    boolean told = related ? sameFactor : where.isPresent() || sameFactor;
    if (others > 0 && missing + extra == 0 && told) {
      return Hypothesis.found(
          Cause.PATH,
          "the gradient of "
              + clues.path()
              + " is wrong for "
              + where.orElse(others + " of " + (others + right) + " paths")
              + (sameFactor ? ", by the factor " + NamedNumbers.number(factor) : "")
              + "; the rest is right");
    }
    return Optional.empty();
  }

  /// The relation that holds for exactly the wrong pairs.
  private static Optional<String> where(Clues clues, boolean[][] wrong, boolean[][] told) {
    return pairs(clues.shape(), clues.evidence().outputShape(), clues.path()).stream()
        .filter(each -> matches(each.relation(), wrong, told))
        .map(Pairs::name)
        .findFirst();
  }

  private static boolean matches(Pairs.Relation relation, boolean[][] wrong, boolean[][] told) {
    for (int i = 0; i < wrong.length; i++) {
      for (int j = 0; j < wrong[i].length; j++) {
        if (told[i][j] && relation.holds(i, j) != wrong[i][j]) {
          return false;
        }
      }
    }
    return true;
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
