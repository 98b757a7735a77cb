package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.HardThreshold;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GraphTest {
  private final Workspace workspace = Workspace.of(1);

  @AfterEach
  void close() {
    workspace.close();
  }

  private Graph graph() {
    return workspace.training(Key.of(1));
  }

  @Test
  void productHasTheGradientsOfTheLecture() {
    Parameter w = Parameter.of(DoubleTensor.matrix(new double[] {1, 2}, new double[] {3, 4}));
    try (Graph graph = graph()) {
      Node x = graph.variable(DoubleTensor.matrix(new double[] {5, 6}));
      Node y = graph.apply(new MatMul(), x, graph.parameter(w));
      assertArrayEquals(new double[] {23, 34}, y.value().toDoubles());
      Gradients gradients = graph.backward(y, DoubleTensor.matrix(new double[] {1, 10}));
      assertArrayEquals(new double[] {21, 43}, gradients.of(x).toDoubles());
      assertArrayEquals(new double[] {5, 50, 6, 60}, gradients.of(w).toDoubles());
    }
  }

  @Test
  void errorSignalsAreSummedAtFanOut() {
    try (Graph graph = graph()) {
      Node x = graph.variable(DoubleTensor.vector(3, -2));
      Node square = graph.apply(new Multiply(), x, x);
      Node y = graph.apply(new Add(), square, graph.apply(new Scale(5), x));
      Gradients gradients = graph.backward(graph.apply(Sum.plain(), y));
      assertArrayEquals(new double[] {11, 1}, gradients.of(x).toDoubles());
    }
  }

  @Test
  void theSameNodeAtEveryPositionOfAnOpIsSummedOnce() {
    try (Graph graph = graph()) {
      Node x = graph.variable(DoubleTensor.vector(3));
      Node y = graph.apply(new Add(), x, x);
      Node z = graph.apply(new Add(), y, y);
      assertEquals(4, graph.backward(z, DoubleTensor.vector(1)).of(x).item());
    }
  }

  @Test
  void anInputThatAnOpIgnoresGetsTheGradientZero() {
    try (Graph graph = graph()) {
      Node x = graph.variable(DoubleTensor.vector(3, -4));
      Node y = graph.apply(new HardThreshold(), x);
      assertArrayEquals(
          new double[] {0, 0}, graph.backward(y, DoubleTensor.vector(1, 1)).of(x).toDoubles());
      Node z = graph.apply(new Add(), y, x);
      assertArrayEquals(
          new double[] {1, 1}, graph.backward(z, DoubleTensor.vector(1, 1)).of(x).toDoubles());
    }
  }

  @Test
  void backwardCanBeRepeatedAndEachCallKeepsItsGradients() {
    try (Graph graph = graph()) {
      Node x = graph.variable(DoubleTensor.vector(0.5, -1));
      Node y = graph.apply(new Tanh(), x);
      Gradients first = graph.backward(y, DoubleTensor.vector(1, 1));
      Gradients second = graph.backward(y, DoubleTensor.vector(2, 2));
      for (int i = 0; i < 2; i++) {
        assertEquals(2 * first.of(x).getFlat(i), second.of(x).getFlat(i));
      }
    }
  }

  @Test
  void readingAfterCloseThrows() {
    Node y;
    Tensor value;
    Tensor gradient;
    Gradients gradients;
    Node x;
    try (Graph graph = graph()) {
      x = graph.variable(DoubleTensor.vector(1));
      y = graph.apply(new Tanh(), x);
      value = y.value();
      gradients = graph.backward(y, DoubleTensor.vector(1));
      gradient = gradients.of(x);
    }
    assertThrows(IllegalStateException.class, y::value);
    assertThrows(IllegalStateException.class, () -> value.getFlat(0));
    assertThrows(IllegalStateException.class, value::copy);
    assertThrows(IllegalStateException.class, () -> gradients.of(x));
    assertThrows(IllegalStateException.class, gradient::item);
  }

  @Test
  void aClosedGraphSaysSoWhateverItsGradientsAreAskedFor() {
    Parameter used = Parameter.of(DoubleTensor.vector(1));
    Parameter unknown = Parameter.of(DoubleTensor.vector(1));
    Graph graph = graph();
    Node y = graph.apply(new Tanh(), graph.parameter(used));
    Gradients gradients = graph.backward(y);
    graph.close();
    graph.close();
    for (Executable use :
        List.<Executable>of(
            () -> gradients.of(used),
            () -> gradients.of(unknown),
            () -> gradients.of(y),
            () -> gradients.has(used),
            () -> gradients.has(unknown),
            () -> gradients.has(y),
            () -> graph.backward(y),
            () -> graph.parameter(used),
            graph::parameters,
            graph::nodes)) {
      String message = assertThrows(IllegalStateException.class, use).getMessage();
      assertTrue(message.contains("The graph is closed"), message);
    }
  }

  @Test
  void aClosedWorkspaceSaysSoWhateverIsAskedOfItOrItsGraphs() {
    Graph graph = graph();
    Node x = graph.variable(DoubleTensor.vector(1));
    Node y = graph.apply(new Tanh(), x);
    Tensor value = y.value();
    Gradients gradients = graph.backward(y);
    Tensor gradient = gradients.of(x);
    workspace.close();
    workspace.close();
    for (Executable use :
        List.<Executable>of(
            () -> workspace.training(Key.of(1)),
            workspace::inference,
            () -> workspace.share(1, (task, worker) -> {}),
            () -> graph.apply(new Tanh(), y),
            () -> graph.backward(y),
            y::value,
            value::item,
            gradient::item,
            () -> gradients.of(x))) {
      String message = assertThrows(IllegalStateException.class, use).getMessage();
      assertTrue(message.contains("The workspace is closed"), message);
    }
    graph.close();
  }

  @Test
  void aClosedWorkspaceLetsGoOfItsMemoryAlsoWhenAGraphIsClosedLater() {
    List<WeakReference<Object>> memory = new ArrayList<>();
    Graph before = graph();
    computeIn(before, memory);
    before.close();
    Graph after = graph();
    computeIn(after, memory);
    workspace.close();
    after.close();
    assertEquals(4, memory.size());
    for (WeakReference<Object> each : memory) {
      for (int i = 0; i < 100 && !each.refersTo(null); i++) {
        System.gc();
      }
      assertTrue(each.refersTo(null), "the workspace still holds memory of a run");
    }
    assertEquals(1, workspace.threads());
  }

  /// Computes, and notes where a value and an op's scratch lie.
  private static void computeIn(Graph graph, List<WeakReference<Object>> memory) {
    Node x = graph.variable(DoubleTensor.vector(1, 2, 3));
    Node y = graph.apply(new CopyByScratch(memory), x);
    memory.add(new WeakReference<>(((DoubleTensor) y.value()).array()));
  }

  private record CopyByScratch(List<WeakReference<Object>> memory) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      Tensor scratch = pass.scratch(output.shape());
      memory.add(new WeakReference<>(((DoubleTensor) scratch).array()));
      TensorMath.copy(inputs.getFirst(), scratch);
      TensorMath.copy(scratch, output);
      return null;
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      throw new AssertionError("only values are computed of this op");
    }

    @Override
    public boolean rowwise(int input) {
      return true;
    }
  }

  @Test
  void aGradientByANodeOfAnotherGraphIsRefusedByThatReason() {
    try (Graph graph = graph();
        Graph other = graph()) {
      Node x = graph.variable(DoubleTensor.vector(1));
      Gradients gradients = graph.backward(graph.apply(new Tanh(), x));
      Node elsewhere = other.variable(DoubleTensor.vector(1));
      assertFalse(gradients.has(elsewhere));
      String message =
          assertThrows(IllegalArgumentException.class, () -> gradients.of(elsewhere)).getMessage();
      assertTrue(message.contains("in another graph"), message);
    }
  }

  @Test
  void aFrozenParameterHasNoGradientAndOneOutOfReachNeither() {
    Parameter trained = Parameter.of(DoubleTensor.vector(1));
    Parameter frozen = Parameter.frozen(DoubleTensor.vector(2));
    Parameter elsewhere = Parameter.of(DoubleTensor.vector(3));
    try (Graph graph = graph()) {
      Node y = graph.apply(new Add(), graph.parameter(trained), graph.parameter(frozen));
      graph.parameter(elsewhere);
      Gradients gradients = graph.backward(y);
      assertTrue(gradients.has(trained));
      assertFalse(gradients.has(frozen));
      assertFalse(gradients.has(elsewhere));
      assertThrows(IllegalArgumentException.class, () -> gradients.of(frozen));
    }
  }

  @Test
  void equalStructuresUseTheSameMemoryAgain() {
    double[] first = null;
    for (int step = 0; step < 3; step++) {
      try (Graph graph = graph()) {
        Node y = graph.apply(new Relu(), graph.variable(DoubleTensor.vector(step, -step)));
        double[] memory = ((DoubleTensor) y.value()).array();
        assertEquals(step, memory[0]);
        if (first == null) {
          first = memory;
        }
        assertSame(first, memory);
      }
    }
  }

  @Test
  void graphsThatAreOpenAtOnceDoNotShareMemory() {
    try (Graph one = graph();
        Graph two = graph()) {
      Node a = one.apply(new Relu(), one.variable(DoubleTensor.vector(1)));
      Node b = two.apply(new Relu(), two.variable(DoubleTensor.vector(2)));
      assertEquals(1, a.value().item());
      assertEquals(2, b.value().item());
      assertEquals(1, a.value().item());
    }
  }

  @Test
  void nodesMayBeRecordedAfterValuesWereRead() {
    for (int step = 0; step < 3; step++) {
      try (Graph graph = graph()) {
        Node x = graph.variable(DoubleTensor.vector(2));
        Node y = graph.apply(new Scale(3), x);
        assertEquals(6, y.value().item());
        Node z = graph.apply(step == 1 ? new Scale(10) : new Relu(), y);
        assertEquals(step == 1 ? 60 : 6, z.value().item());
        assertEquals(step == 1 ? 30 : 3, graph.backward(z).of(x).item());
      }
    }
  }

  @Test
  void errorsNameTheOperationAndTheShapes() {
    try (Graph graph = graph();
        Graph other = graph()) {
      Node x = graph.variable(Tensor.zeros(DType.FLOAT64, Shape.of(2, 3)));
      Node w = graph.variable(Tensor.zeros(DType.FLOAT64, Shape.of(4, 5)));
      String message =
          assertThrows(ShapeException.class, () -> graph.apply(new MatMul(), x, w)).getMessage();
      assertTrue(message.contains("MatMul"), message);
      assertTrue(message.contains("[2,3]") && message.contains("[4,5]"), message);
      assertThrows(ShapeException.class, () -> graph.backward(x));
      assertThrows(IllegalArgumentException.class, () -> other.apply(new Relu(), x));
      Node floats = graph.constant(Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)));
      assertThrows(IllegalArgumentException.class, () -> graph.apply(new Add(), x, floats));
      assertThrows(IllegalArgumentException.class, () -> graph.backward(floats, floats.value()));
      graph.batch(Tensor.zeros(DType.FLOAT64, Shape.of(7, 3)));
      assertThrows(
          ShapeException.class, () -> graph.batch(Tensor.zeros(DType.FLOAT64, Shape.of(8))));
    }
  }
}
