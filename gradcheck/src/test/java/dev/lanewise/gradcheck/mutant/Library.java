package dev.lanewise.gradcheck.mutant;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The library's layers as other tests see them.
public final class Library {
  private Library() {}

  /// A layer with a right or wrong derivative.
  public static final class Specimen {
    private final String category;
    private final PlainLayer layer;

    private Specimen(String category, PlainLayer layer) {
      this.category = category;
      this.layer = layer;
    }

    /// What kind of mistake it has; `right` if none.
    public String category() {
      return category;
    }

    /// What it is called.
    public String name() {
      return layer.name();
    }

    /// The layer at normal inputs.
    public Problem problem(long seed) {
      return layer.problem(seed);
    }

    /// Checks it from normal inputs on, all of them times a factor.
    public GradientReport check(GradientChecker checker, double factor) {
      Map<String, Tensor> scaled = new LinkedHashMap<>();
      layer
          .draw(Key.of(checker.seed()).with(name()))
          .forEach((name, tensor) -> scaled.put(name, times(factor, tensor)));
      return checker.checkOp(layer.op(), scaled.values().toArray(Tensor[]::new));
    }

    private static Tensor times(double factor, Tensor tensor) {
      for (int i = 0; i < tensor.size(); i++) {
        tensor.setFlat(i, factor * tensor.getFlat(i));
      }
      return tensor;
    }
  }

  /// All layers with right derivatives.
  public static List<Specimen> right() {
    return RightLayers.all().stream().map(layer -> new Specimen("right", layer)).toList();
  }

  /// All layers with mistakes, made anew, since some keep state.
  public static List<Specimen> mutants() {
    return Mutants.all().stream()
        .map(mutant -> new Specimen(mutant.category(), mutant.layer()))
        .toList();
  }
}
