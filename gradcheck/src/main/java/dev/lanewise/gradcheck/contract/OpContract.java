package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// What every op must keep. A test class that implements this gets all of it:
///
/// ```java
/// class MatMulContractTest implements OpContract {
///   @Override
///   public Op<?> op() {
///     return new MatMul();
///   }
///
///   @Override
///   public Arbitrary<List<Shape>> shapes() {
///     return Shapes.of("[n,k]", "[k,m]");
///   }
/// }
/// ```
///
/// The op is one that is differentiated by all its inputs, and accepts normally distributed ones.
/// All draws have fixed seeds.
public interface OpContract {
  /// The op.
  ///
  /// @return the op, equal at each call
  Op<?> op();

  /// The shapes of inputs that fit.
  ///
  /// @return the arbitrary, of one shape for each input
  Arbitrary<List<Shape>> shapes();

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

  /// Gradients agree with differences in all regimes, and no law is broken.
  ///
  /// @param shapes the inputs' shapes
  /// @param seed of all draws
  @Property(tries = 8, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradients(
      @ForAll("fittingShapes") List<Shape> shapes,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    OpSpecimen specimen = OpSpecimen.drawn(op(), shapes, Key.of(seed));
    Verification.requireNoFailure(specimen, checker(seed));
  }

  /// Nor is a law that an op has by what it declares to be: the same in float32, row-wise, smooth.
  ///
  /// @param shapes the inputs' shapes
  /// @param seed of all draws
  @Property(tries = 6, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void keepsTheLawsItDeclares(
      @ForAll("fittingShapes") List<Shape> shapes,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    ByShapes.require(
        "keepsTheLawsItDeclares",
        shapes,
        seed,
        each -> {
          OpSpecimen specimen = OpSpecimen.drawn(op(), each, Key.of(seed));
          DeclaredLaws.of(specimen, smooth() && !flat()).require(seed);
        });
  }

  /// Some derivative other than zero is confirmed: the checks above mean something.
  ///
  /// @param many the inputs' shapes, several times
  @Property(tries = 1, seed = "5", edgeCases = EdgeCasesMode.NONE)
  default void isCheckedWithPower(@ForAll("manyFittingShapes") List<List<Shape>> many) {
    GradientChecker checker = checker(1);
    boolean confirmed =
        many.stream()
            .map(shapes -> OpSpecimen.drawn(op(), shapes, Key.of(1)))
            .anyMatch(specimen -> specimen.check(checker).verdict() == Verdict.PASS);
    if (!confirmed) {
      throw new AssertionError(
          op().name()
              + ": no check at any shape has power. Choose shapes at which every input matters, or"
              + " override flat() if the gradient is zero everywhere.");
    }
  }

  /// In a random graph, with shared nodes, gradients agree with differences and with the graph's
  /// expanded tree.
  ///
  /// @param dag the graph
  /// @param seed of all draws
  @Property(tries = 12, seed = "3", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void hasRightGradientsInRandomGraphs(
      @ForAll("graphsWithTheOp") Dag dag, @ForAll @IntRange(min = 0, max = 9999) int seed) {
    TreeComparison.requireEqual(dag);
    Verification.requireNoFailure(new DagSpecimen(dag), DagSpecimen.checker(seed));
  }

  /// The result does not depend on threads, nor, beyond the order of sums, on shards.
  ///
  /// @param shapes the inputs' shapes
  /// @param seed of all draws
  @Property(tries = 5, seed = "4", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void givesTheSameInShards(
      @ForAll("fittingShapes") List<Shape> shapes,
      @ForAll @IntRange(min = 0, max = 9999) int seed) {
    ByShapes.require(
        "givesTheSameInShards",
        shapes,
        seed,
        each -> {
          OpSpecimen specimen = OpSpecimen.drawn(op(), each, Key.of(seed));
          for (DType dtype : DType.values()) {
            Execution.requireTheSameInShards(
                specimen.label(), setup(specimen.inputs(), dtype), dtype);
          }
        });
  }

  /// Shapes that do not fit are refused with a message that names the op and the shape; what is
  /// accepted is computed.
  ///
  /// @param shapes the inputs' shapes
  @Property(tries = 4, seed = "6", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  default void refusesShapesByName(@ForAll("fittingShapes") List<Shape> shapes) {
    List<Shape> more = new ArrayList<>(shapes);
    more.add(shapes.getLast());
    for (List<Shape> wrong : List.of(more, shapes.subList(1, shapes.size()))) {
      requireRefused(wrong);
    }
    int refused = 0;
    for (int i = 0; i < shapes.size(); i++) {
      int position = i;
      for (Shape near : NearShapes.near(shapes.get(i))) {
        boolean no =
            NearShapes.refused(
                op().name() + ", input" + i,
                op().name(),
                near,
                shape -> {
                  List<Shape> changed = new ArrayList<>(shapes);
                  changed.set(position, shape);
                  OpSpecimen specimen = OpSpecimen.drawn(op(), changed, Key.of(1));
                  setup(specimen.inputs(), DType.FLOAT64).run(1, 2);
                });
        refused += no ? 1 : 0;
      }
    }
    if (shapes.size() > 1 && refused == 0) {
      throw new AssertionError(
          op().name() + " accepts any shapes together: there is no broadcasting by accident.");
    }
  }

  /// The shapes, for the properties.
  ///
  /// @return [#shapes]
  @Provide
  default Arbitrary<List<Shape>> fittingShapes() {
    return shapes();
  }

  /// The shapes, many at a time.
  ///
  /// @return lists of [#shapes]
  @Provide
  default Arbitrary<List<List<Shape>>> manyFittingShapes() {
    return shapes().list().ofSize(20);
  }

  /// Random graphs in which the op stands at least once.
  ///
  /// @return the arbitrary
  @Provide
  default Arbitrary<Dag> graphsWithTheOp() {
    return Dags.with(op(), shapes());
  }

  private GradientChecker checker(int seed) {
    GradientChecker checker = GradientChecker.seeded(seed);
    return flat() ? checker.flatFunction() : checker;
  }

  private void requireRefused(List<Shape> shapes) {
    try {
      op().outputShape(shapes);
    } catch (ShapeException e) {
      if (String.valueOf(e.getMessage()).contains(op().name())) {
        return;
      }
      throw new AssertionError("The message must name " + op().name() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new AssertionError(
          op().name() + " must refuse " + shapes + " with a ShapeException, not with " + e, e);
    }
    throw new AssertionError(op().name() + " must refuse the inputs " + shapes + ".");
  }

  private Execution.Setup setup(List<Tensor> inputs, DType dtype) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      named.put("input" + i, inputs.get(i).to(dtype));
    }
    return new Execution.Setup(
        (graph, nodes) -> {
          Node[] given = new Node[inputs.size()];
          for (int i = 0; i < given.length; i++) {
            Node node = nodes.get("input" + i);
            boolean batch = op().rowwise(i) && node.shape().rank() > 0;
            given[i] = batch ? Execution.asBatch(node) : node;
          }
          return graph.apply(op(), given);
        },
        named,
        new Parameters(Map.of()));
  }
}
