package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangedLeafTest {
  private final Workspace workspace = Workspace.of(1, 2);

  @AfterEach
  void close() {
    workspace.close();
  }

  /// The identity, counting how often it is computed.
  private record Counted(AtomicInteger count) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      count.incrementAndGet();
      for (int i = 0; i < output.size(); i++) {
        output.setFlat(i, inputs.getFirst().getFlat(i));
      }
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
      throw new AssertionError("not asked for");
    }
  }

  @Test
  void onlyWhatDependsOnTheChangedLeafIsComputedAnew() {
    AtomicInteger aside = new AtomicInteger();
    AtomicInteger above = new AtomicInteger();
    Tensor a = DoubleTensor.vector(2, 3);
    Tensor b = DoubleTensor.vector(5, 7);
    try (Graph graph = workspace.training(Key.of(1))) {
      Node first = graph.variable(a);
      Node second = graph.variable(b);
      Node y =
          graph.apply(
              new Multiply(),
              graph.apply(new Counted(aside), first),
              graph.apply(new Counted(above), second));
      assertArrayEquals(new double[] {10, 21}, y.value().toDoubles());
      b.setFlat(0, -1);
      graph.changed(second);
      assertArrayEquals(new double[] {-2, 21}, y.value().toDoubles());
      assertEquals(1, aside.get(), "the branch that does not depend on the change");
      assertEquals(2, above.get(), "the branch that does");
    }
  }

  @Test
  void afterAChangeValuesAndGradientsAreThoseOfAFreshGraph() {
    Parameter w = Parameter.of(DoubleTensor.matrix(new double[] {0.5, -1}, new double[] {2, 0.25}));
    Tensor rows =
        DoubleTensor.matrix(new double[] {1, 2}, new double[] {3, -1}, new double[] {0, 1});
    Tensor upstream =
        DoubleTensor.matrix(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
    double[] values;
    double[] gradient;
    try (Graph graph = workspace.training(Key.of(1))) {
      Node weight = graph.parameter(w);
      Node y = graph.apply(new Tanh(), graph.apply(new MatMul(), graph.batch(rows), weight));
      graph.backward(y, upstream);
      w.value().setFlat(3, -0.75);
      graph.changed(weight);
      values = y.value().toDoubles();
      gradient = graph.backward(y, upstream).of(w).toDoubles();
    }
    try (Workspace fresh = Workspace.of(1, 2);
        Graph graph = fresh.training(Key.of(1))) {
      Node y =
          graph.apply(new Tanh(), graph.apply(new MatMul(), graph.batch(rows), graph.parameter(w)));
      assertArrayEquals(y.value().toDoubles(), values);
      assertArrayEquals(graph.backward(y, upstream).of(w).toDoubles(), gradient);
    }
  }

  @Test
  void aComputedNodeCannotChangeByItself() {
    try (Graph graph = workspace.training(Key.of(1))) {
      Node y = graph.apply(new Scale(2), graph.variable(DoubleTensor.vector(1)));
      assertThrows(IllegalArgumentException.class, () -> graph.changed(y));
    }
  }

  @Test
  void aSubstituteStandsForTheParameterInThisGraphAlone() {
    Parameter p = Parameter.of(DoubleTensor.vector(3));
    try (Graph graph = workspace.training(Key.of(1))) {
      Node other = graph.substitute(p, DoubleTensor.vector(10));
      assertSame(other, graph.parameter(p));
      Node y = graph.apply(new Multiply(), other, graph.parameter(p));
      assertEquals(100, y.value().item());
      assertEquals(20, graph.backward(y).of(p).item());
    }
    assertEquals(3, p.value().item());
    try (Graph graph = workspace.training(Key.of(1))) {
      assertEquals(3, graph.parameter(p).value().item());
    }
  }

  @Test
  void aSubstituteMustFitAndComeFirst() {
    Parameter p = Parameter.of(DoubleTensor.vector(3));
    try (Graph graph = workspace.training(Key.of(1))) {
      assertThrows(ShapeException.class, () -> graph.substitute(p, DoubleTensor.vector(1, 2)));
      assertThrows(
          IllegalArgumentException.class,
          () -> graph.substitute(p, Tensor.zeros(DType.FLOAT32, Shape.of(1))));
      graph.parameter(p);
      assertThrows(IllegalStateException.class, () -> graph.substitute(p, DoubleTensor.vector(1)));
    }
  }
}
