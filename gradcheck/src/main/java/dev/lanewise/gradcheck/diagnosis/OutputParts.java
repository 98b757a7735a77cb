package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Only some rows, or columns, of the output contribute as they should: with the upstream masked to
/// one of them, backward is right or wrong.
///
/// @param missingOnly whether the others must contribute nothing at all
record OutputParts(boolean missingOnly) implements Hypothesis {
  /// What backward makes of one slice of the upstream.
  private enum Contribution {
    RIGHT,
    MISSING,
    WRONG,
    NONE
  }

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    Shape shape = clues.evidence().outputShape();
    Optional<Jacobian> jacobian = clues.u().length > 1 ? clues.jacobian() : Optional.empty();
    // A few wrong coordinates make some outputs look wrong, but a list of them says more.
    if (jacobian.isEmpty() || (!missingOnly && clues.fewAreWrong())) {
      return Optional.empty();
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) > 1) {
        Optional<Diagnosis> found = explain(clues, jacobian.get(), axis);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Diagnosis> explain(Clues clues, Jacobian jacobian, int axis) {
    Shape shape = clues.evidence().outputShape();
    List<String> right = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    boolean allMissing = true;
    double factor = Double.NaN;
    boolean sameFactor = true;
    for (int k = 0; k < shape.dim(axis); k++) {
      double[] masked = new double[clues.u().length];
      for (int j = 0; j < masked.length; j++) {
        masked[j] = Axes.index(shape, axis, j) == k ? clues.u()[j] : 0;
      }
      double[] a = clues.backward(masked);
      Approximate n = jacobian.gradient(masked);
      Contribution contribution = contribution(clues, a, n);
      if (contribution == Contribution.RIGHT) {
        right.add(String.valueOf(k));
      } else if (contribution != Contribution.NONE) {
        wrong.add(String.valueOf(k));
        allMissing &= contribution == Contribution.MISSING;
        OptionalDouble ratio = ratio(clues, a, n);
        sameFactor &=
            ratio.isPresent()
                && (Double.isNaN(factor) || Math.abs(ratio.getAsDouble() - factor) < 1e-6);
        factor = ratio.orElse(Double.NaN);
      }
    }
    if (right.isEmpty() || wrong.isEmpty() || (missingOnly && !allMissing)) {
      return Optional.empty();
    }
    String noun = shape.rank() == 1 ? "output" : Axes.noun(shape, axis) + " of the output";
    String batch = axis == 0 && shape.rank() > 1 ? "row of the batch" : noun;
    String what;
    if (allMissing) {
      what =
          "only "
              + numbered(batch, right)
              + (right.size() == 1 ? " contributes" : " contribute")
              + " to the gradient of "
              + clues.path()
              + ", "
              + numbered(batch, wrong)
              + " nothing: assigned instead of accumulated?";
    } else {
      what =
          "the contribution of "
              + numbered(batch, wrong)
              + " to the gradient of "
              + clues.path()
              + " is wrong"
              + (sameFactor && !Double.isNaN(factor)
                  ? " by the factor " + NamedNumbers.number(factor)
                  : "")
              + "; that of "
              + numbered(batch, right)
              + " is right"
              + (right.getFirst().equals("0")
                      && axis == 0
                      && shape.rank() > 1
                      && !withinRows(clues, jacobian)
                  ? ": if rows are steps in time, is a path through earlier steps missing?"
                  : "");
    }
    return Hypothesis.found(Cause.BATCH_ROWS, what);
  }

  /// Whether each row of the output depends on the same row of the variable alone, so that no path
  /// leads from one row to another.
  private static boolean withinRows(Clues clues, Jacobian jacobian) {
    Shape output = clues.evidence().outputShape();
    if (clues.shape().rank() == 0 || clues.shape().dim(0) != output.dim(0)) {
      return false;
    }
    for (int i = 0; i < clues.size(); i++) {
      for (int j = 0; j < output.size(); j++) {
        boolean sameRow = Axes.index(clues.shape(), 0, i) == Axes.index(output, 0, j);
        if (!sameRow && jacobian.depends(i, j)) {
          return false;
        }
      }
    }
    return true;
  }

  private static String numbered(String noun, List<String> numbers) {
    int space = noun.indexOf(' ');
    String head = space < 0 ? noun : noun.substring(0, space);
    String rest = space < 0 ? "" : noun.substring(space);
    List<String> few = numbers.size() > 6 ? numbers.subList(0, 6) : numbers;
    return head
        + (numbers.size() == 1 ? " " : "s ")
        + String.join(", ", few)
        + (numbers.size() > 6 ? ", ..." : "")
        + rest;
  }

  private static Contribution contribution(Clues clues, double[] a, Approximate n) {
    boolean right = true;
    boolean zero = true;
    boolean tells = false;
    for (int i = 0; i < a.length; i++) {
      double tolerance = clues.tolerance(n.value()[i], n.width()[i]);
      right &= Math.abs(a[i] - n.value()[i]) <= tolerance;
      zero &= a[i] == 0;
      tells |= Math.abs(n.value()[i]) > 2 * tolerance || a[i] != 0;
    }
    if (!tells) {
      return Contribution.NONE;
    }
    return right ? Contribution.RIGHT : zero ? Contribution.MISSING : Contribution.WRONG;
  }

  private static OptionalDouble ratio(Clues clues, double[] a, Approximate n) {
    int steepest = 0;
    for (int i = 0; i < a.length; i++) {
      steepest = Math.abs(n.value()[i]) > Math.abs(n.value()[steepest]) ? i : steepest;
    }
    double c = a[steepest] / n.value()[steepest];
    for (int i = 0; i < a.length; i++) {
      if (!(Math.abs(a[i] - c * n.value()[i])
          <= clues.tolerance(c * n.value()[i], Math.abs(c) * n.width()[i])
              + 1e-9 * Math.abs(a[i]))) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(c);
  }
}
