package dev.lanewise.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the calls of a run are told of it.
class PassTest {
  private static final Tensor X =
      DoubleTensor.matrix(new double[] {1, -2}, new double[] {3, 4}, new double[] {5, -6});

  private final Set<String> told = new ConcurrentSkipListSet<>();
  private final Parameter v = Parameter.of(DoubleTensor.vector(1, 2));
  private final Parameter w =
      Parameter.of(DoubleTensor.matrix(new double[] {1, -2}, new double[] {3, 4}));

  @Test
  void everyCallIsToldWhetherTheRunTrains() {
    try (Workspace workspace = Workspace.of(2, 2)) {
      for (boolean training : new boolean[] {false, true, false}) {
        told.clear();
        try (Graph graph = training ? workspace.training(Key.of(1)) : workspace.inference()) {
          graph.backward(loss(graph, false));
        }
        assertEquals(
            Set.of(
                "prepare " + training,
                "forward " + training,
                "backward " + training,
                "sumOverBatch " + training,
                "activation's backward " + training),
            told);
      }
    }
  }

  @Test
  void theSumOverTheBatchDrawsNothing() {
    try (Workspace workspace = Workspace.of(2, 2);
        Graph graph = workspace.training(Key.of(1))) {
      Node loss = loss(graph, true);
      String message =
          assertThrows(IllegalStateException.class, () -> graph.backward(loss)).getMessage();
      assertTrue(message.contains("in a sum over the batch"), message);
    }
  }

  /// The product does the activation's forward, so that of the activation only backward is called.
  private Node loss(Graph graph, boolean draws) {
    Node sum = graph.apply(new AskingRow(told, draws), graph.batch(X), graph.parameter(v));
    Node product = graph.apply(new MatMul(), sum, graph.parameter(w));
    return graph.apply(Sum.plain(), graph.apply(new AskingRelu(told), product));
  }

  /// `X + v`, with gradients that do not matter here, and with a draw where there is none to have.
  private record AskingRow(Set<String> told, boolean draws) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return new AddRowVector().outputShape(inputs);
    }

    @Override
    public @Nullable Object prepare(
        List<Tensor> inputs, IntPredicate wanted, Pass pass, Workers workers) {
      told.add("prepare " + pass.training());
      return null;
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      told.add("forward " + pass.training());
      return new AddRowVector().forward(inputs, output, pass);
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      told.add("backward " + pass.training());
    }

    @Override
    public boolean rowwise(int input) {
      return input == 0;
    }

    @Override
    public boolean summedOverBatch(int input) {
      return input == 1;
    }

    @Override
    public void sumOverBatch(
        int input,
        int from,
        int to,
        List<Tensor> inputs,
        Tensor outputGradient,
        double beta,
        Tensor rows,
        Pass pass) {
      told.add("sumOverBatch " + pass.training());
      if (draws) {
        pass.random();
      }
    }
  }

  private record AskingRelu(Set<String> told) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      told.add("activation's forward");
      return new Relu().forward(inputs, output, pass);
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      told.add("activation's backward " + pass.training());
      new Relu().backward(saved, inputs, output, outputGradient, sink, pass);
    }

    @Override
    public boolean rowwise(int input) {
      return true;
    }

    @Override
    public Activation activation() {
      return Activation.RELU;
    }
  }
}
