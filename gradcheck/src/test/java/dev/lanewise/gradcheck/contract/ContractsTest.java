package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

/// What breaks a contract fails it: each of a contract's tests once, by calling it.
class ContractsTest {
  private record Of(Op<?> op, Arbitrary<List<Shape>> shapes, boolean smooth)
      implements OpContract {}

  private record OfLayer(Function<Shape, Layer> maker) implements LayerContract {
    @Override
    public Layer layer(Shape input) {
      return maker.apply(input);
    }
  }

  private record OfLoss(Loss loss) implements LossContract {
    @Override
    public Tensor target(Shape prediction, Key key) {
      return CheckInputs.normal(prediction, key);
    }
  }

  private static void assertFails(String word, Runnable test) {
    AssertionError error = assertThrows(AssertionError.class, test::run);
    assertTrue(String.valueOf(error.getMessage()).contains(word), error::getMessage);
  }

  @Example
  void aWrongGradientFailsAloneAndInGraphs() {
    Mistake mistake = Mistake.LOGISTIC_WITHOUT_A_FACTOR;
    Of contract = new Of(mistake.op(), mistake.shapes(), true);
    assertFails("FAIL", () -> contract.hasRightGradients(List.of(Shape.of(2, 3)), 1));
    Dag dag =
        new Dag(
            List.of(
                new Dag.Leaf(CheckInputs.normal(Shape.of(2, 3), Key.of(1))),
                new Dag.Apply(contract.op(), List.of(0)),
                new Dag.Apply(new Multiply(), List.of(1, 1))));
    assertFails("FAIL", () -> contract.hasRightGradientsInRandomGraphs(dag, 1));
  }

  @Example
  void anAssignedGradientDiffersFromTheTree() {
    Dag dag =
        new Dag(
            List.of(
                new Dag.Leaf(CheckInputs.normal(Shape.of(2, 3), Key.of(1))),
                new Dag.Apply(Mistake.MULTIPLY_ASSIGNS_WHERE_IT_SHOULD_ADD.op(), List.of(0, 0)),
                new Dag.Apply(new Add(), List.of(1, 0))));
    assertFails("expanded tree", () -> TreeComparison.requireEqual(dag));
  }

  @Example
  void aGradientThatIsZeroEverywhereHasNoPower() {
    Of flat = new Of(new Scale(0), Shapes.alike(1), true);
    assertFails(
        "no check at any shape has power",
        () -> flat.isCheckedWithPower(List.of(List.of(Shape.of(2, 3)))));
  }

  @Example
  void aFalseClaimOfRowsFails() {
    Of contract = new Of(new ProtocolMistakes.MinusMean(true), Shapes.of("[n,k]"), true);
    assertFails("law", () -> contract.hasRightGradients(List.of(Shape.of(5, 3)), 1));
    assertFails("in shards", () -> contract.givesTheSameInShards(List.of(Shape.of(5, 3)), 1));
    OfLayer layer =
        new OfLayer(input -> x -> x.graph().apply(new ProtocolMistakes.MinusMean(false), x));
    assertFails("rows are independent", () -> layer.keepsTheLawsItDeclares(Shape.of(5, 3), 1));
  }

  @Example
  void anEmptyBatchThatIsRefusedFails() {
    OfLayer layer =
        new OfLayer(
            input ->
                x -> {
                  if (x.shape().rows() == 0) {
                    throw new IllegalArgumentException("empty");
                  }
                  return x.graph().apply(new Relu(), x);
                });
    assertFails("batch of 0", () -> layer.keepsTheLawsItDeclares(Shape.of(5, 3), 1));
  }

  @Example
  void shapesThatAreNotRefusedByNameFail() {
    Of contract = new Of(new ProtocolMistakes.ColumnSums(), Shapes.of("[n,k]"), true);
    assertFails(
        "ColumnSums must refuse the inputs",
        () -> contract.refusesShapesByName(List.of(Shape.of(2, 3))));
    OfLayer layer =
        new OfLayer(input -> x -> x.graph().apply(new ProtocolMistakes.ColumnSums(), x));
    assertFails("ShapeException", () -> layer.refusesShapesByName(Shape.of(2, 3)));
  }

  @Example
  void aLossThatIgnoresTheTargetsShapeFails() {
    OfLoss loss = new OfLoss((y, t) -> y.graph().apply(new Sum(1), y));
    assertFails("must refuse a target", () -> loss.refusesShapesByName(Shape.of(2, 3)));
    assertFails("must refuse an empty batch", () -> loss.refusesAnEmptyBatch(Shape.of(2, 3)));
  }

  @Example
  void aLossThatDependsOnTheShardFails() {
    OfLoss loss =
        new OfLoss(
            (y, t) ->
                y.graph()
                    .apply(new Sum(1), y.graph().apply(new ProtocolMistakes.MinusMean(true), y)));
    assertFails("shards", () -> loss.givesTheSameInShards(Shape.of(5, 3), 1));
  }
}
