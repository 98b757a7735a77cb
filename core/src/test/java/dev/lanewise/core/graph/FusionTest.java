package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When each rule of fusion applies and when not, seen by what the ops are asked to do.
class FusionTest {
  private final List<String> log = new ArrayList<>();
  private final SpiedProduct product = new SpiedProduct("product", new MatMul(), log);
  private final SpiedActivation relu = new SpiedActivation(new Relu(), log);
  private final SpiedActivation tanh = new SpiedActivation(new Tanh(), log);
  private final Parameter w =
      Parameter.of(DoubleTensor.matrix(new double[] {1, -2}, new double[] {3, 4}));
  private final Parameter v = Parameter.of(DoubleTensor.vector(-1, 1));
  private final Tensor x = DoubleTensor.matrix(new double[] {5, 6}, new double[] {-7, 8});
  private final Workspace workspace = Workspace.of(1);

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void theProductAddsTheRow() {
    try (Graph graph = training()) {
      Node y = row(times(graph.variable(x)));
      y.value();
      assertEquals(List.of("product+row"), log);
      assertArrayEquals(new double[] {22, 15, 16, 47}, y.value().toDoubles());
      graph.backward(y, x);
      assertEquals(List.of("product+row", "backward product+row"), log);
    }
  }

  @Test
  void theProductFinishesReluAlsoWhileTraining() {
    try (Graph graph = training()) {
      apply(relu, row(times(graph.variable(x)))).value();
      apply(relu, times(graph.variable(x))).value();
      assertEquals(List.of("product+row, relu", "product, relu"), log);
    }
  }

  @Test
  void theProductFinishesTanhInInferenceAlone() {
    try (Graph graph = training()) {
      apply(tanh, row(times(graph.variable(x)))).value();
      assertEquals(List.of("product+row", "tanh"), log);
    }
    log.clear();
    try (Graph graph = workspace.inference()) {
      Node y = apply(tanh, row(times(graph.variable(x))));
      y.value();
      assertEquals(List.of("product+row, tanh"), log);
      graph.backward(y, x);
      assertEquals(
          List.of("product+row, tanh", "product+row", "backward tanh", "backward product+row"),
          log,
          "the derivative is computed from the input, which was left out");
    }
  }

  @Test
  void theNextProductMultipliesWithTheDerivative() {
    try (Graph graph = training()) {
      Node h = apply(relu, row(times(graph.variable(x))));
      Node y = times(apply(tanh, row(times(h))));
      y.value();
      log.clear();
      graph.backward(y, x);
      assertEquals(
          List.of("backward product, tanh'", "backward product+row, relu'", "backward product+row"),
          log);
    }
  }

  @Test
  void nothingIsLeftOutThatIsUsedTwice() {
    try (Graph graph = training()) {
      Node a = times(graph.variable(x));
      graph.apply(new Add(), row(a), a).value();
      Node b = row(times(graph.variable(x)));
      graph.apply(new Add(), apply(relu, b), b).value();
      assertEquals(List.of("product", "product+row", "relu"), log);
      log.clear();
      Node h = apply(relu, row(times(graph.variable(x))));
      graph.backward(graph.apply(new Multiply(), times(h), h), x);
      assertEquals(
          List.of(
              "product+row, relu",
              "product",
              "backward product",
              "backward relu",
              "backward product+row"),
          log);
    }
  }

  @Test
  void aProductThatComesLaterThanAnotherOpKeepsItsPlace() {
    try (Graph graph = training()) {
      Node a = times(graph.variable(x));
      Node other = times(graph.variable(x));
      graph.apply(new Add(), row(a), other).value();
      assertEquals(List.of("product", "product"), log, "gradients by w would be added otherwise");
    }
  }

  @Test
  void whatIsOfAnotherStageStaysApart() {
    try (Graph graph = training()) {
      Node early = apply(relu, graph.parameter(w));
      Node y = times(graph.batch(x), early);
      graph.backward(y, x);
      assertEquals(List.of("relu", "product", "backward product", "backward relu"), log);
    }
  }

  @Test
  void aProductOfTheWholeBatchStaysApartFromItsRows() {
    try (Graph graph = training()) {
      Node a = times(graph.batch(x));
      Node ofBatch = graph.batch(DoubleTensor.vector(1, 2));
      graph.apply(new AddRowVector(), a, ofBatch).value();
      assertEquals(List.of("product"), log, "the sum is computed as a whole, the product by rows");
      log.clear();
      Node h = apply(relu, graph.apply(new AddRowVector(), graph.batch(x), graph.parameter(v)));
      Node y = times(h, graph.batch(x));
      graph.backward(y, x);
      assertEquals(List.of("relu", "product", "backward product", "backward relu"), log);
    }
  }

  /// The plan is used again, and its rules change in the middle of a run.
  @Test
  void rulesThatComeAndGoLeaveNothingBehind() {
    try (Workspace fused = Workspace.of(1, 100);
        Workspace plain = Workspace.unfused(1, 100)) {
      int width = 130; // with so many rows, both operands of its products are packed
      Parameter weight = Parameter.of(Tensor.zeros(DType.FLOAT64, Shape.of(width, width)));
      Parameter row = Parameter.of(Tensor.zeros(DType.FLOAT64, Shape.of(width)));
      Tensor rows = Tensor.zeros(DType.FLOAT64, Shape.of(260, width));
      RandomGenerator random = Key.of(1).generator();
      for (int tail : new int[] {3, 1, 3, 0, 1, 2, 0, 3, 2, 1}) {
        for (Tensor each : List.of(weight.value(), row.value(), rows)) {
          for (int i = 0; i < each.size(); i++) {
            each.setFlat(i, random.nextGaussian());
          }
        }
        List<Tensor> expected = withTail(plain, tail, rows, weight, row);
        List<Tensor> found = withTail(fused, tail, rows, weight, row);
        for (int i = 0; i < expected.size(); i++) {
          assertTrue(expected.get(i).sameBits(found.get(i)), "gradient " + i + ", tail " + tail);
        }
      }
    }
  }

  private static List<Tensor> withTail(
      Workspace in, int tail, Tensor rows, Parameter weight, Parameter row) {
    try (Graph graph = in.training(Key.of(1))) {
      Node b = graph.parameter(row);
      Node input = graph.apply(new AddRowVector(), graph.batch(rows), b);
      Node a = graph.apply(new MatMul(), input, graph.parameter(weight));
      Node sum = graph.apply(new AddRowVector(), a, b);
      sum.value();
      Node root =
          switch (tail) {
            case 0 -> apply(new Relu(), sum);
            case 1 -> graph.apply(new Add(), sum, a);
            case 3 -> sum;
            default -> graph.apply(new Multiply(), sum, sum);
          };
      Gradients found = graph.backward(root, rows);
      return List.of(found.of(weight).copy(), found.of(row).copy());
    }
  }

  @Test
  void aRootThatIsAnActivationGetsItsGradientAsGiven() {
    try (Graph graph = training()) {
      Node h = apply(relu, row(times(graph.variable(x))));
      times(h).value();
      log.clear();
      Gradients gradients = graph.backward(h, x);
      assertEquals(List.of("backward relu", "backward product+row"), log);
      assertArrayEquals(x.toDoubles(), gradients.of(h).toDoubles());
    }
  }

  @Test
  void aUseThatIsRecordedLaterUndoesARule() {
    try (Graph graph = training()) {
      Node sum = row(times(graph.variable(x)));
      Node h = apply(relu, sum);
      h.value();
      Node y = graph.apply(new Add(), h, sum);
      assertArrayEquals(new double[] {44, 30, 32, 94}, y.value().toDoubles());
      assertEquals(List.of("product+row, relu", "product+row"), log);
    }
  }

  @Test
  void valuesThatWereLeftOutAreComputedWhenAsked() {
    try (Graph graph = training()) {
      Node a = times(graph.variable(x));
      Node sum = row(a);
      apply(relu, sum).value();
      assertArrayEquals(new double[] {23, 14, 17, 46}, a.value().toDoubles());
      assertArrayEquals(new double[] {22, 15, 16, 47}, sum.value().toDoubles());
      assertEquals(List.of("product+row, relu", "product", "product+row"), log);
    }
  }

  @Test
  void aValueThatIsThereIsFinishedFromThere() {
    try (Graph graph = training()) {
      Node sum = row(times(graph.variable(x)));
      Node h = apply(relu, sum);
      sum.value();
      h.value();
      assertEquals(List.of("product+row", "relu"), log);
    }
  }

  @Test
  void gradientsThatWereLeftOutAreComputedWhenAskedAndKeptFromThenOn() {
    for (int round = 0; round < 2; round++) {
      log.clear();
      try (Graph graph = training()) {
        Node input = graph.variable(x);
        Node a = times(input);
        Node h = apply(relu, row(a));
        Node y = times(h);
        Gradients gradients = graph.backward(y, x);
        assertTrue(gradients.has(a) && gradients.has(h));
        int steps = log.size();
        assertArrayEquals(
            new double[] {5 - 12, 15 + 24, -7 - 16, -21 + 32}, gradients.of(h).toDoubles());
        assertArrayEquals(
            new double[] {5 - 12, 15 + 24, -7 - 16, -21 + 32}, gradients.of(a).toDoubles());
        assertEquals(round == 0, log.size() > steps, "round " + round);
      }
    }
  }

  @Test
  void aGradientThatWasLeftOutCannotBeHadAfterAChange() {
    try (Graph graph = training()) {
      Node input = graph.variable(x);
      Node a = times(input);
      Gradients gradients = graph.backward(row(a), x);
      graph.changed(input);
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> gradients.of(a));
      assertTrue(error.getMessage().contains("unfused"), error.getMessage());
      assertArrayEquals(
          new double[] {5 - 12, 15 + 24, -7 - 16, -21 + 32}, gradients.of(input).toDoubles());
    }
  }

  @Test
  void aLeafRecordedAfterAGradientThatWasLeftOutMayChange() {
    try (Graph graph = training()) {
      Node a = times(graph.variable(x));
      graph.backward(row(a), x).of(a);
      Tensor late = x.copy();
      Node leaf = graph.variable(late);
      Node y = apply(relu, leaf);
      assertEquals(5, y.value().getFlat(0));
      late.setFlat(0, 9);
      graph.changed(leaf);
      assertEquals(9, y.value().getFlat(0));
    }
  }

  @Test
  void whatDoesNotDependOnAVariableHasNoGradientFusedEither() {
    try (Graph graph = training()) {
      Node a = graph.apply(product, graph.constant(x), graph.constant(w.value()));
      Gradients gradients = graph.backward(row(a), x);
      assertFalse(gradients.has(a));
      assertTrue(gradients.has(v));
    }
  }

  @Test
  void aProductOfAnActivationWithoutGradientHasNoDerivativeToMultiplyWith() {
    try (Graph graph = training()) {
      Node h = apply(tanh, graph.apply(product, graph.constant(x), graph.constant(w.value())));
      Node y = times(h);
      graph.backward(y, x);
      assertEquals(List.of("product, tanh", "product", "backward product"), log);
    }
  }

  @Test
  void anUnfusedWorkspaceGoesNodeByNode() {
    try (Workspace plain = Workspace.unfused(1, 32);
        Graph graph = plain.training(Key.of(1))) {
      Node y = times(apply(relu, row(times(graph.variable(x)))));
      graph.backward(graph.apply(Sum.plain(), y));
      assertEquals(
          List.of(
              "product",
              "relu",
              "product",
              "backward product",
              "backward relu",
              "backward product"),
          log);
    }
  }

  private Graph training() {
    return workspace.training(Key.of(1));
  }

  private Node times(Node left) {
    return times(left, left.graph().parameter(w));
  }

  private Node times(Node left, Node right) {
    return left.graph().apply(product, left, right);
  }

  private Node row(Node node) {
    return node.graph().apply(new AddRowVector(), node, node.graph().parameter(v));
  }

  private static Node apply(Op<?> op, Node node) {
    return node.graph().apply(op, node);
  }

  /// Writes down what a product is asked to do.
  private record SpiedProduct(String name, Product inner, List<String> log) implements Product {
    @Override
    public @Nullable Product with(Op<?> next) {
      Product both = inner.with(next);
      return both == null ? null : new SpiedProduct(name + "+row", both, log);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inner.outputShape(inputs);
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      log.add(name);
      return inner.forward(inputs, output, pass);
    }

    @Override
    public void forward(List<Tensor> inputs, Activation activation, Tensor output, Pass pass) {
      log.add(name + ", " + activation.name().toLowerCase(Locale.ROOT));
      inner.forward(inputs, activation, output, pass);
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      log.add("backward " + name);
      inner.backward(saved, inputs, output, outputGradient, sink, pass);
    }

    @Override
    public void backward(
        List<Tensor> inputs,
        Tensor outputGradient,
        Activation activation,
        Tensor operand,
        GradientSink sink,
        Pass pass) {
      log.add("backward " + name + ", " + activation.name().toLowerCase(Locale.ROOT) + "'");
      inner.backward(inputs, outputGradient, activation, operand, sink, pass);
    }

    @Override
    public boolean rowwise(int input) {
      return inner.rowwise(input);
    }
  }

  /// Writes down what an activation is asked to do.
  private record SpiedActivation(Op<@Nullable Void> inner, List<String> log)
      implements Op<@Nullable Void> {
    @Override
    public String name() {
      return inner.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable Activation activation() {
      return inner.activation();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inner.outputShape(inputs);
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      log.add(name());
      return inner.forward(inputs, output, pass);
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      log.add("backward " + name());
      inner.backward(saved, inputs, output, outputGradient, sink, pass);
    }

    @Override
    public boolean rowwise(int input) {
      return true;
    }
  }
}
