package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
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
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// What every layer must keep. A test class that implements this gets all of it:
///
/// ```java
/// class LinearContractTest implements LayerContract {
///   @Override
///   public Layer layer(Shape input) {
///     return Linear.of(input.dim(1), 3, Initialisers.lecunNormal(), Key.of(1));
///   }
/// }
/// ```
///
/// The layer is made for the shape of an input, so that widths are drawn as well, and a failure
/// shrinks to the narrowest layer. Its trainable parameters are moved away from their initial
/// values. All draws have fixed seeds.
public interface LayerContract {
  /// A layer for inputs of a shape.
  ///
  /// @param input the shape, one of [#inputs] or a smaller one
  /// @return a new layer, of any element type; the same for the same shape
  Layer layer(Shape input);

  /// The shapes of inputs, of which the first axis is the batch.
  ///
  /// @return matrices unless overridden
  default Arbitrary<Shape> inputs() {
    return Shapes.matrices();
  }

  /// Whether the gradient is zero wherever there is one, as of a hard threshold.
  ///
  /// @return false unless overridden
  default boolean flat() {
    return false;
  }

  /// Whether the second derivative is continuous, so that it must be symmetric.
  ///
  /// @return true; to be overridden with false for what has kinks
  default boolean smooth() {
    return true;
  }

  /// Whether no example knows of another.
  ///
  /// @return true; to be overridden with false for what normalises over the batch and the like
  default boolean independentRows() {
    return true;
  }

  /// Gradients agree with differences in all regimes, and no law is broken.
  ///
  /// @param input the input's shape
  /// @param seed of all draws
  @Property(tries = 8, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradients(
      @ForAll("fittingInputs") Shape input, @ForAll @IntRange(min = 0, max = 9999) int seed) {
    Verification.requireNoFailure(
        LayerSpecimen.drawn(this::layer, input, Key.of(seed)), checker(seed));
  }

  /// Nor is a law that a layer has by what it declares to be: the same in float32, independent
  /// rows, smooth; and batches of no example and of one are batches.
  ///
  /// @param input the input's shape
  /// @param seed of all draws
  @Property(tries = 6, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void keepsTheLawsItDeclares(
      @ForAll("fittingInputs") Shape input, @ForAll @IntRange(min = 0, max = 9999) int seed) {
    ByShapes.requireOne(
        "keepsTheLawsItDeclares",
        input,
        seed,
        each -> {
          LayerSpecimen specimen = LayerSpecimen.drawn(this::layer, each, Key.of(seed));
          DeclaredLaws.of(specimen, independentRows(), smooth() && !flat()).require(seed);
        });
  }

  /// The same with a batch of one example.
  ///
  /// @param input the input's shape but for the batch
  @Property(tries = 2, seed = "7", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradientsOfOneExample(@ForAll("fittingInputs") Shape input) {
    Shape one = input.withRows(1);
    Verification.requireNoFailure(LayerSpecimen.drawn(this::layer, one, Key.of(1)), checker(1));
  }

  /// Some derivative other than zero is confirmed: the checks above mean something.
  ///
  /// @param many shapes of inputs
  @Property(tries = 1, seed = "5", edgeCases = EdgeCasesMode.NONE)
  default void isCheckedWithPower(@ForAll("manyFittingInputs") List<Shape> many) {
    GradientChecker checker = checker(1);
    boolean confirmed =
        many.stream()
            .map(shape -> LayerSpecimen.drawn(this::layer, shape, Key.of(1)))
            .anyMatch(specimen -> specimen.check(checker).verdict() == Verdict.PASS);
    if (!confirmed) {
      throw new AssertionError(
          name(layer(many.getFirst()))
              + ": no check at any shape has power. Choose inputs at which every parameter"
              + " matters, or override flat() if the gradient is zero everywhere.");
    }
  }

  /// The result does not depend on threads, nor, beyond the order of sums, on shards.
  ///
  /// @param input the input's shape
  /// @param seed of all draws
  @Property(tries = 5, seed = "4", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void givesTheSameInShards(
      @ForAll("fittingInputs") Shape input, @ForAll @IntRange(min = 0, max = 9999) int seed) {
    ByShapes.requireOne(
        "givesTheSameInShards",
        input,
        seed,
        each -> {
          LayerSpecimen specimen = LayerSpecimen.drawn(this::layer, each, Key.of(seed));
          for (DType dtype : DType.values()) {
            Execution.requireTheSameInShards(
                specimen.label(), setup(specimen.layer(), specimen.x(), dtype), dtype);
          }
        });
  }

  /// Inputs of a shape that does not fit are refused when they are recorded, with a message that
  /// names the shape; what is accepted is computed.
  ///
  /// @param input the input's shape
  @Property(tries = 4, seed = "6", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void refusesShapesByName(@ForAll("fittingInputs") Shape input) {
    Layer layer = Layers.moved(layer(input), Key.of(1));
    for (Shape near : NearShapes.near(input)) {
      Tensor x = CheckInputs.normal(near, Key.of(1).with("x"));
      try (Workspace workspace = Workspace.of(1);
          Graph graph = workspace.training(Key.of(1))) {
        Node node = graph.variable(x);
        boolean refused = NearShapes.refused(name(layer), "", near, shape -> layer.apply(node));
        if (!refused) {
          requireComputed(layer, node);
        }
      }
    }
  }

  /// The shapes, for the properties.
  ///
  /// @return [#inputs]
  @Provide
  default Arbitrary<Shape> fittingInputs() {
    return inputs();
  }

  /// The shapes, many at a time.
  ///
  /// @return lists of [#inputs]
  @Provide
  default Arbitrary<List<Shape>> manyFittingInputs() {
    return inputs().list().ofSize(20);
  }

  private GradientChecker checker(int seed) {
    GradientChecker checker = GradientChecker.seeded(seed);
    return flat() ? checker.flatFunction() : checker;
  }

  private static void requireComputed(Layer layer, Node x) {
    try {
      x.graph().forward(layer.apply(x));
    } catch (RuntimeException e) {
      throw new AssertionError(
          name(layer)
              + " accepts an input "
              + x.shape()
              + " when it is recorded, but cannot compute it; it must throw a ShapeException"
              + " before.",
          e);
    }
  }

  private static String name(Layer layer) {
    return layer.getClass().getSimpleName();
  }

  private static Execution.Setup setup(Layer layer, Tensor x, DType dtype) {
    Layer converted = Parameters.convert(layer, dtype);
    return new Execution.Setup(
        (graph, nodes) -> converted.apply(Execution.asBatch(nodes.get("x"))),
        Map.of("x", x.to(dtype)),
        Parameters.of(converted));
  }
}
