package dev.lanewise.data;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Powers and products of features, so that a linear model of them is a polynomial of the features:
/// all monomials `x₀^a·x₁^b·…` of total degree 1 to `degree`, or only the powers of single
/// features.
///
/// The order: by degree, and within a degree as `x0^2, x0*x1, x1^2`. The constant monomial is left
/// out, because it is the model's bias. Each monomial is computed in double, from the left to the
/// right, from the features in double.
///
/// @param degree the highest total degree, at least 1
/// @param interactions whether there are products of different features too
public record PolynomialFeatures(int degree, boolean interactions) {
  /// A transform.
  ///
  /// @throws IllegalArgumentException if the degree is less than 1
  public PolynomialFeatures {
    if (degree < 1) {
      throw new IllegalArgumentException(
          "The degree of polynomial features must be at least 1, but is " + degree + ".");
    }
  }

  /// How many features there are afterwards: `C(n + degree, degree) − 1`, or `n·degree` without
  /// interactions.
  ///
  /// @param features n
  /// @return the number
  /// @throws ArithmeticException if it does not fit a long
  public long count(int features) {
    if (!interactions) {
      return Math.multiplyExact((long) features, degree);
    }
    long count = 1;
    for (int k = 1; k <= degree; k++) {
      count = Math.multiplyExact(count, features + (long) k) / k; // a binomial at each step
    }
    return count - 1;
  }

  /// A dataset with such features, made whenever they are copied.
  ///
  /// @param dataset a set whose features have the shape `[n]`
  /// @return the view
  /// @throws ShapeException if the features have another rank
  /// @throws IllegalArgumentException if there would be more than 2²⁴ features
  public Dataset apply(Dataset dataset) {
    ShapeException.requireRank("PolynomialFeatures", "a row", 1, dataset.featureShape());
    int features = dataset.featureShape().size();
    if (features > 0 && tooMany(features)) {
      throw new IllegalArgumentException(
          "Polynomial features of degree "
              + degree
              + " of "
              + features
              + " features would be more than "
              + MOST
              + ".");
    }
    return new View(dataset, monomials(features));
  }

  private static final int MOST = 1 << 24;

  private boolean tooMany(int features) {
    try {
      return count(features) > MOST;
    } catch (ArithmeticException e) {
      return true;
    }
  }

  /// A monomial: another one times a feature.
  ///
  /// @param parent the position of the other, or −1 for 1
  /// @param factor the feature, not before any of the parent's
  private record Monomial(int parent, int factor) {}

  private List<Monomial> monomials(int features) {
    List<Monomial> all = new ArrayList<>();
    for (int factor = 0; factor < features; factor++) {
      all.add(new Monomial(-1, factor));
    }
    int from = 0;
    for (int power = 2; power <= degree; power++) {
      int to = all.size();
      for (int parent = from; parent < to; parent++) {
        int first = all.get(parent).factor();
        int last = interactions ? features - 1 : first;
        for (int factor = first; factor <= last; factor++) {
          all.add(new Monomial(parent, factor));
        }
      }
      from = to;
    }
    return all;
  }

  private record View(Dataset source, List<Monomial> monomials) implements Dataset {
    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Shape featureShape() {
      return Shape.of(monomials.size());
    }

    @Override
    public Shape targetShape() {
      return source.targetShape();
    }

    @Override
    public List<String> featureNames() {
      List<String> names = source.featureNames();
      int[] powers = new int[names.size()];
      List<String> all = new ArrayList<>();
      for (int i = 0; i < monomials.size(); i++) {
        all.add(name(i, names, powers.clone()));
      }
      return all;
    }

    private String name(int monomial, List<String> names, int[] powers) {
      for (int i = monomial; i >= 0; i = monomials.get(i).parent()) {
        powers[monomials.get(i).factor()]++;
      }
      List<String> factors = new ArrayList<>();
      for (int i = 0; i < powers.length; i++) {
        if (powers[i] > 0) {
          factors.add(powers[i] == 1 ? names.get(i) : names.get(i) + "^" + powers[i]);
        }
      }
      return String.join("*", factors);
    }

    @Override
    public List<String> classLabels() {
      return source.classLabels();
    }

    @Override
    public Provenance provenance() {
      return source.provenance().then(monomials.size() + " polynomial features");
    }

    @Override
    public void copyFeatures(int[] rows, Tensor features) {
      RowBlocks.require("copyFeatures", size(), rows, featureShape(), features);
      Tensor plain = Tensor.zeros(DType.FLOAT64, source.featureBatch(rows.length));
      source.copyFeatures(rows, plain);
      int width = source.featureShape().size();
      double[] values = new double[monomials.size()];
      for (int row = 0; row < rows.length; row++) {
        for (int i = 0; i < values.length; i++) {
          Monomial each = monomials.get(i);
          double factor = plain.getFlat(row * width + each.factor());
          values[i] = each.parent() < 0 ? factor : values[each.parent()] * factor;
          features.setFlat(row * values.length + i, values[i]);
        }
      }
    }

    @Override
    public void copyTargets(int[] rows, Tensor targets) {
      source.copyTargets(rows, targets);
    }
  }
}
