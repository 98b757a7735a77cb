package dev.lanewise.layers;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Dropout: in training each element is zero with a probability, and the others are larger by as
/// much as keeps the mean; in inference `y = x`.
///
/// `y = x·m`, `m = 0` with probability `rate`, else `1/(1 − rate)`; `dx = dy·m` with the same m.
/// Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, *Dropout: a simple way to prevent
/// neural networks from overfitting* (2014); scaled in training instead of in inference, as in
/// PyTorch and Keras. The probability is a multiple of 2⁻³². The draws belong to the step, the node
/// and the shard, so that a run can be repeated.
///
/// @param rate the probability, from 0 to less than 1
public record Dropout(double rate) implements Layer {
  /// Dropout.
  ///
  /// @throws IllegalArgumentException if the rate is not from 0 to less than 1
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "The rate of dropout must be from 0 on and below 1, but is " + rate + ".");
    }
  }

  @Override
  public Node apply(Node x) {
    return x.graph().apply(new Mask(rate), x);
  }

  /// The saved value is m; null in inference.
  record Mask(double rate) implements Op<@Nullable Tensor> {
    private static final double TWO_TO_THE_32 = 0x1p32;

    @Override
    public String name() {
      return "dropout";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      if (inputs.size() != 1) {
        throw new ShapeException("dropout takes 1 input, but was given " + inputs.size() + ".");
      }
      return inputs.get(0);
    }

    @Override
    public @Nullable Tensor forward(List<Tensor> inputs, Tensor output, Pass pass) {
      if (!pass.training() || rate == 0) {
        TensorMath.copy(inputs.get(0), output);
        return null;
      }
      Tensor mask = pass.saved(output.shape());
      draw(mask, pass.random());
      TensorMath.multiply(inputs.get(0), mask, 0, output);
      return mask;
    }

    @Override
    public void backward(
        @Nullable Tensor mask,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      if (!sink.needs(0)) {
        return;
      }
      if (mask == null) {
        TensorMath.accumulate(outputGradient, sink.beta(0), sink.buffer(0));
      } else {
        TensorMath.multiply(outputGradient, mask, sink.beta(0), sink.buffer(0));
      }
    }

    @Override
    public boolean rowwise(int input) {
      return true;
    }

    private void draw(Tensor mask, RandomGenerator draws) {
      double kept = 1 / (1 - rate);
      long dropped = (long) (rate * TWO_TO_THE_32);
      for (int i = 0; i < mask.size(); i++) {
        mask.setFlat(i, Integer.toUnsignedLong(draws.nextInt()) < dropped ? 0 : kept);
      }
    }
  }
}
