package dev.lanewise.optim.direct;

import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Linear;
import java.util.Arrays;

/// Whether a plane separates two classes, with the proof either way.
///
/// Either there are w and b with `x·w + b > 0` for every row of class 1 and `< 0` for every row of
/// class 0, or the convex hulls of the two classes have a point in common; never both (the
/// separating hyperplane theorem; for linear programs, Farkas' lemma). Decided by linear
/// programming (O. L. Mangasarian, *Linear and nonlinear separation of patterns by linear
/// programming*, Operations Research 13, 1965).
public sealed interface Separation {
  /// The classes can be separated.
  ///
  /// @param plane the layer `y = x·w + b` of one output, of float64: positive for class 1, negative
  ///     for class 0
  /// @param margin the distance of the nearest row from the plane, positive
  record Separable(Linear plane, double margin) implements Separation {}

  /// The classes cannot be separated.
  ///
  /// @param weights for each row its share of the common point: at least 0, with the sum 1 over
  ///     each class
  /// @param common the common point, as the first class's rows give it
  /// @param distance how far the point that the second class's rows give is from it: 0 up to
  ///     rounding
  record Inseparable(double[] weights, double[] common, double distance) implements Separation {}

  /// Decides whether two classes are linearly separable.
  ///
  /// @param dataset a set of two classes, both with rows
  /// @return the proof
  /// @throws ShapeException if the features of a row are no vector
  /// @throws DataException if there are other than two classes or one has no rows, a feature is not
  ///     finite, or the classes come so near to each other that rounding hides the answer
  static Separation of(Dataset dataset) {
    Examples examples = new Examples("Linear separation", dataset);
    if (dataset.classLabels().size() != 2 || dataset.targetShape().rank() != 0) {
      throw new DataException(
          "Linear separation is about two classes, but this set has "
              + dataset.classLabels().size()
              + ".");
    }
    Examples.All all = examples.all();
    for (int each = 0; each < 2; each++) {
      int label = each;
      if (Arrays.stream(all.targets()).noneMatch(t -> t == label)) {
        throw new DataException(
            "Linear separation: no row has the class '" + dataset.classLabels().get(each) + "'.");
      }
    }
    // Rows of class 0 are turned round, so that every residual 1 − w·z shall be at most 0.
    Whitened rows = Whitened.of(examples, Factors.of(examples));
    double[] turned = rows.values().clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] *= all.targets()[i / rows.columns()] == 1 ? 1 : -1;
    }
    double[] ones = new double[examples.rows()];
    Arrays.fill(ones, 1);
    BoxProgram.Solution solution = new BoxProgram(turned, rows.columns(), ones, 0, 1).solve();
    // Any combination with a row at its bound has at least the value 1.
    return solution.lower() < 0.5
        ? Certificates.plane(rows, solution.w(), all)
        : Certificates.common(solution.a(), all, examples.features());
  }
}
