package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.op.Add;
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

  /// Gradients agree with differences in all regimes, and no law is broken.
  ///
  /// @param prediction the prediction's shape
  /// @param seed of all draws
  @Property(tries = 8, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradients(
      @ForAll("fittingPredictions") Shape prediction,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    Verification.requireNoFailure(specimen(loss(), prediction, seed), GradientChecker.seeded(seed));
  }

  /// The same of a prediction that is used twice, so that the loss must add to a gradient as well.
  ///
  /// @param prediction the prediction's shape
  /// @param seed of all draws
  @Property(tries = 3, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradientsWhenUsedTwice(
      @ForAll("fittingPredictions") Shape prediction,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    Loss twice = (y, t) -> y.graph().apply(new Add(), loss().of(y, t), loss().of(y, t));
    Verification.requireNoFailure(specimen(twice, prediction, seed), GradientChecker.seeded(seed));
  }

  /// The same with a batch of one example.
  @Example
  default void hasRightGradientsOfOneExample() {
    Verification.requireNoFailure(
        specimen(loss(), example().withRows(1), 1), GradientChecker.seeded(1));
  }

  /// Some derivative other than zero is confirmed: the checks above mean something.
  @Example
  default void isCheckedWithPower() {
    GradientChecker checker = GradientChecker.seeded(1);
    RandomGenerator<Shape> generator = predictions().generator(1000);
    Random random = new Random(1);
    boolean confirmed =
        IntStream.range(0, 20)
            .mapToObj(i -> specimen(loss(), generator.next(random).value(), i))
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
    for (DType dtype : DType.values()) {
      LossSpecimen specimen = specimen(loss(), prediction, seed);
      Tensor target = specimen.target().to(dtype);
      Execution.Setup setup =
          new Execution.Setup(
              (graph, nodes) ->
                  loss().of(Execution.asBatch(nodes.get("prediction")), graph.batch(target)),
              Map.of("prediction", specimen.prediction().to(dtype)),
              new Parameters(Map.of()));
      Execution.requireTheSameInShards(specimen.label(), setup, dtype);
    }
  }

  /// There is no mean over no examples.
  @Example
  default void refusesAnEmptyBatch() {
    Shape prediction = example();
    Shape target = target(prediction, Key.of(1)).shape();
    Shape none = prediction.withRows(0);
    boolean refused =
        ShapeErrors.refused(
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
  /// shape; above all `[n]` against `[n,1]`.
  @Example
  default void refusesShapesByName() {
    Shape shape = example();
    Tensor prediction = CheckInputs.normal(shape, Key.of(1).with("prediction"));
    for (Shape near : ShapeErrors.near(target(shape, Key.of(1)).shape())) {
      boolean refused =
          ShapeErrors.refused(
              name(),
              name(),
              near,
              wrong -> compute(prediction, Tensor.zeros(DType.FLOAT64, wrong)));
      if (!refused) {
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

  private LossSpecimen specimen(Loss used, Shape prediction, int seed) {
    Key key = Key.of(seed);
    return LossSpecimen.drawn(used, shape -> target(shape, key.with("target")), prediction, key);
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

  private void compute(Tensor prediction, Tensor target) {
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.training(Key.of(1))) {
      Node loss = loss().of(graph.variable(prediction), graph.constant(target));
      graph.forward(loss);
    }
  }
}
