package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `yᵣ = x` at row `rowsᵣ`: turns a variable into something computed row by row from a batch (of
/// row numbers), so that what follows is shared out in shards and the variable still has a
/// gradient. The checker's own, without the kernels, as its other ops are.
public record PickRows() implements Op<@Nullable Void> {
  private static final int ROWS = 0;
  private static final int X = 1;

  /// All rows of a node, in order.
  ///
  /// @param x a node with at least one axis
  /// @return a node of the same value, row by row from a batch
  public static Node all(Node x) {
    double[] rows = IntStream.range(0, x.shape().rows()).asDoubleStream().toArray();
    return x.graph().apply(new PickRows(), x.graph().batch(DoubleTensor.vector(rows)), x);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(X).withRows(inputs.get(ROWS).rows());
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor rows = inputs.get(ROWS);
    Tensor x = inputs.get(X);
    int rowSize = x.shape().rowSize();
    for (int i = 0; i < output.size(); i++) {
      output.setFlat(i, x.getFlat(source(rows, rowSize, i)));
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
    Tensor rows = inputs.get(ROWS);
    Tensor gradient = sink.buffer(X);
    if (sink.beta(X) == 0) {
      for (int i = 0; i < gradient.size(); i++) {
        gradient.setFlat(i, 0);
      }
    }
    int rowSize = gradient.shape().rowSize();
    for (int i = 0; i < outputGradient.size(); i++) {
      int at = source(rows, rowSize, i);
      gradient.setFlat(at, gradient.getFlat(at) + outputGradient.getFlat(i));
    }
  }

  /// The position in x that a position in the output comes from.
  private static int source(Tensor rows, int rowSize, int position) {
    return ((int) rows.getFlat(position / rowSize)) * rowSize + position % rowSize;
  }

  @Override
  public boolean rowwise(int input) {
    return input == ROWS;
  }
}
