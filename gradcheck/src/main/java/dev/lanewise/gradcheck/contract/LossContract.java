package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.Verdict;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
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
  @Example
  default void hasRightGradientsOfOneExample() {
    Verification.requireNoFailure(specimen(example().withRows(1), 1), GradientChecker.seeded(1));
  }

  /// Some derivative other than zero is confirmed: the checks above mean something.
  @Example
  default void isCheckedWithPower() {
    GradientChecker checker = GradientChecker.seeded(1);
    RandomGenerator<Shape> generator = predictions().generator(1000);
    Random random = new Random(1);
    boolean confirmed =
        IntStream.range(0, 20)
            .mapToObj(i -> specimen(generator.next(random).value(), i))
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
  @Example
  default void refusesAnEmptyBatch() {
    Shape prediction = example();
    Shape target = target(prediction, Key.of(1)).shape();
    Shape none = prediction.withRows(0);
    boolean refused =
        NearShapes.refused(
            name(),
            name(),
            none,
            shape ->
                compute(
                    Tensor.zeros(DType.FLOAT64, shape),
                    Tensor.zeros(DType.FLOAT64, target.withRows(0))));
    if (!refused) {
      throw new AssertionError(name() + " must refuse an empty batch.");
    }
  }

  /// A target whose shape does not fit is refused, with a message that names the loss and the
  /// shape; above all `[n]` against `[n,1]`. One with fewer axes and the right rows may be another
  /// kind of target, as labels are besides distributions.
  @Example
  default void refusesShapesByName() {
    Shape shape = example();
    Tensor prediction = CheckInputs.normal(shape, Key.of(1).with("prediction"));
    Shape right = target(shape, Key.of(1)).shape();
    for (Shape near : NearShapes.near(right)) {
      boolean otherKind = near.rank() > 0 && near.rank() < right.rank();
      boolean refused =
          NearShapes.refused(
              name(),
              name(),
              near,
              wrong -> compute(prediction, Tensor.zeros(DType.FLOAT64, wrong)));
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

  private LossSpecimen specimen(Shape prediction, int seed) {
    Key key = Key.of(seed);
    return LossSpecimen.drawn(loss(), shape -> target(shape, key.with("target")), prediction, key);
  }

  private Shape example() {
    RandomGenerator<Shape> generator = predictions().generator(1000);
    Random random = new Random(1);
    return IntStream.range(0, 100)
        .mapToObj(i -> generator.next(random).value())
        .filter(shape -> shape.rank() > 0 && shape.rows() > 1)
        .findFirst()
        .orElseThrow(() -> new AssertionError("predictions() gives no batch of rows."));
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

  private void compute(Tensor prediction, Tensor target) {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.training(Key.of(1))) {
      Node loss = loss().of(graph.variable(prediction), graph.constant(target));
      graph.forward(loss);
    }
  }
}
