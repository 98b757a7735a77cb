package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ops with a right gradient that break a contract in another way.
final class ProtocolMistakes {
  private ProtocolMistakes() {}

  /// Sums over rows; refuses what is no matrix without a word.
  record ColumnSums() implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.of(inputs.getFirst().dim(1));
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      Tensor x = inputs.getFirst();
      for (int j = 0; j < output.size(); j++) {
        double sum = 0;
        for (int i = 0; i < x.shape().rows(); i++) {
          sum += x.get(i, j);
        }
        output.setFlat(j, sum);
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
      Tensor gradient = sink.buffer(0);
      int columns = outputGradient.size();
      for (int i = 0; i < gradient.size(); i++) {
        double old = sink.beta(0) == 1 ? gradient.getFlat(i) : 0;
        gradient.setFlat(i, old + outputGradient.getFlat(i % columns));
      }
    }
  }

  /// Takes half the mean of every column away: a centring over the batch.
  ///
  /// @param claimsRows whether it calls itself row-wise, which it is not
  record MinusMean(boolean claimsRows) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      centre(inputs.getFirst(), output, 0);
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
      centre(outputGradient, sink.buffer(0), sink.beta(0));
    }

    @Override
    public boolean rowwise(int input) {
      return claimsRows;
    }

    private static void centre(Tensor x, Tensor y, double beta) {
      int rows = x.shape().rows();
      int columns = x.shape().rowSize();
      for (int j = 0; j < columns; j++) {
        double mean = 0;
        for (int i = 0; i < rows; i++) {
          mean += x.getFlat(i * columns + j) / rows;
        }
        for (int i = 0; i < rows; i++) {
          int at = i * columns + j;
          double old = beta == 0 ? 0 : y.getFlat(at);
          y.setFlat(at, old + x.getFlat(at) - mean / 2);
        }
      }
    }
  }
}
