package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// What every loss must keep. A test class that implements this gets all of it:
///
/// ```java
/// class SquaredErrorContractTest implements LossContract {
///   @Override
///   public Loss loss() {
///     return new SquaredError();
///   }
///
///   @Override
///   public Tensor target(Shape prediction, Key key) {
///     return CheckInputs.normal(prediction, key);
///   }
/// }
/// ```
///
/// All draws have fixed seeds.
public interface LossContract {
  /// The loss.
  ///
  /// @return the loss, a mean over the examples
  Loss loss();

  /// A target for predictions of a shape.
  ///
  /// @param prediction the prediction's shape, one of [#predictions] or a smaller one
  /// @param key the address of the draws
  /// @return a float64 target, one row per example
  Tensor target(Shape prediction, Key key);

  /// The shapes of predictions, of which the first axis is the batch.
  ///
  /// @return ranks from 1 to 3 unless overridden
  default Arbitrary<Shape> predictions() {
    return Shapes.batches();
  }

  /// Whether the second derivative is continuous, so that it must be symmetric.
  ///
  /// @return true; to be overridden with false for what has kinks
  default boolean smooth() {
    return true;
  }

  /// Gradients agree with differences in all regimes, and no law is broken.
  ///
  /// @param prediction the prediction's shape
  /// @param seed of all draws
  @Property(tries = 8, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradients(
      @ForAll("fittingPredictions") Shape prediction,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    Verification.requireNoFailure(specimen(prediction, seed), GradientChecker.seeded(seed));
  }

  /// Nor is a law that a loss has by what it declares to be: the same in float32, smooth; and a
  /// batch of one is a batch.
  ///
  /// @param prediction the prediction's shape
  /// @param seed of all draws
  @Property(tries = 6, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void keepsTheLawsItDeclares(
      @ForAll("fittingPredictions") Shape prediction,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    ByShapes.requireOne(
        "keepsTheLawsItDeclares",
        prediction,
        seed,
        each -> DeclaredLaws.of(specimen(each, seed), smooth()).require(seed));
  }

  /// The same with a batch of one example.
  ///
  /// @param prediction the prediction's shape but for the batch
  @Property(tries = 2, seed = "7", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradientsOfOneExample(@ForAll("fittingPredictions") Shape prediction) {
    Verification.requireNoFailure(specimen(prediction.withRows(1), 1), GradientChecker.seeded(1));
  }

  /// Some derivative other than zero is confirmed: the checks above mean something.
  ///
  /// @param many shapes of predictions
  @Property(tries = 1, seed = "5", edgeCases = EdgeCasesMode.NONE)
  default void isCheckedWithPower(@ForAll("manyFittingPredictions") List<Shape> many) {
    GradientChecker checker = GradientChecker.seeded(1);
    boolean confirmed =
        many.stream()
            .map(shape -> specimen(shape, 1))
            .anyMatch(specimen -> specimen.check(checker).verdict() == Verdict.PASS);
    if (!confirmed) {
      throw new AssertionError(name() + ": no check at any shape has power.");
    }
  }

  /// The result does not depend on threads, nor, beyond the order of sums, on shards.
  ///
  /// @param prediction the prediction's shape
  /// @param seed of all draws
  @Property(tries = 5, seed = "4", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void givesTheSameInShards(
      @ForAll("fittingPredictions") Shape prediction,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    ByShapes.requireOne(
        "givesTheSameInShards",
        prediction,
        seed,
        each -> {
          LossSpecimen specimen = specimen(each, seed);
          for (DType dtype : DType.values()) {
            Execution.requireTheSameInShards(specimen.label(), setup(specimen, dtype), dtype);
          }
        });
  }

  /// There is no mean over no examples.
  ///
  /// @param prediction the prediction's shape but for the batch
  @Property(tries = 2, seed = "8", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void refusesAnEmptyBatch(@ForAll("fittingPredictions") Shape prediction) {
    Shape target = target(prediction, Key.of(1)).shape();
    Shape none = prediction.withRows(0);
    boolean refused =
        NearShapes.refused(
            name(),
            name(),
            none,
            shape ->
                record(
                    Tensor.zeros(DType.FLOAT64, shape),
                    Tensor.zeros(DType.FLOAT64, target.withRows(0))));
    if (!refused) {
      throw new AssertionError(name() + " must refuse an empty batch.");
    }
  }

  /// A target whose shape does not fit is refused, with a message that names the loss and the
  /// shape; above all `[n]` against `[n,1]`. One of the prediction's shape, or with fewer axes, may
  /// be another kind of target, as distributions and labels are.
  ///
  /// @param shape the prediction's shape
  @Property(tries = 4, seed = "6", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void refusesShapesByName(@ForAll("fittingPredictions") Shape shape) {
    Tensor prediction = CheckInputs.normal(shape, Key.of(1).with("prediction"));
    Shape right = target(shape, Key.of(1)).shape();
    for (Shape near : NearShapes.near(right)) {
      boolean otherKind = near.equals(shape) || (near.rank() > 0 && near.rank() < right.rank());
      boolean refused =
          NearShapes.refused(
              name(),
              name(),
              near,
              wrong -> record(prediction, Tensor.zeros(DType.FLOAT64, wrong)));
      if (!refused && !otherKind) {
        throw new AssertionError(
            name() + " must refuse a target " + near + " for a prediction " + shape + ".");
      }
    }
  }

  /// The shapes, for the properties.
  ///
  /// @return [#predictions]
  @Provide
  default Arbitrary<Shape> fittingPredictions() {
    return predictions();
  }

  /// The shapes, many at a time.
  ///
  /// @return lists of [#predictions]
  @Provide
  default Arbitrary<List<Shape>> manyFittingPredictions() {
    return predictions().list().ofSize(20);
  }

  private LossSpecimen specimen(Shape prediction, int seed) {
    Key key = Key.of(seed);
    return LossSpecimen.drawn(loss(), shape -> target(shape, key.with("target")), prediction, key);
  }

  private String name() {
    return loss().getClass().getSimpleName();
  }

  private Execution.Setup setup(LossSpecimen specimen, DType dtype) {
    Tensor target = specimen.target().to(dtype);
    return new Execution.Setup(
        (graph, nodes) ->
            loss().of(Execution.asBatch(nodes.get("prediction")), graph.batch(target)),
        Map.of("prediction", specimen.prediction().to(dtype)),
        new Parameters(Map.of()));
  }

  private void record(Tensor prediction, Tensor target) {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.training(Key.of(1))) {
      loss().of(graph.variable(prediction), graph.constant(target));
    }
  }
}
