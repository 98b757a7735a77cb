package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A right op with a wrong derivative.
///
/// @param mistake what is wrong
/// @param right the op whose forward is used
/// @param wrong the wrong backward
record WrongOp(String mistake, Op<@Nullable Void> right, Backward wrong)
    implements Op<@Nullable Void> {
  /// A backward, given what every op is given.
  @FunctionalInterface
  interface Backward {
    void apply(Call call);
  }

  /// The arguments of one call, with the right backward at hand.
  record Call(
      Op<@Nullable Void> right,
      List<Tensor> inputs,
      Tensor output,
      Tensor upstream,
      GradientSink sink,
      Pass pass) {
    /// The right gradient by an input, in a tensor of its own.
    Tensor gradient(int input) {
      return gradient(input, upstream);
    }

    /// The gradient by an input for another upstream.
    Tensor gradient(int input, Tensor otherUpstream) {
      Tensor gradient = Tensor.zeros(inputs.get(input).dtype(), inputs.get(input).shape());
      right.backward(null, inputs, output, otherUpstream, new OnlyOne(input, gradient), pass);
      return gradient;
    }

    /// Hands a gradient in as the contract wants it.
    void give(int input, Tensor gradient) {
      Tensor buffer = sink.buffer(input);
      boolean add = sink.beta(input) == 1;
      for (int i = 0; i < buffer.size(); i++) {
        buffer.setFlat(i, (add ? buffer.getFlat(i) : 0) + gradient.getFlat(i));
      }
    }

    /// Hands in the right gradients by all inputs but one.
    void giveAllBut(int wrongInput) {
      for (int i = 0; i < inputs.size(); i++) {
        if (i != wrongInput) {
          give(i, gradient(i));
        }
      }
    }
  }

  private record OnlyOne(int input, Tensor gradient) implements GradientSink {
    @Override
    public boolean needs(int other) {
      return other == input;
    }

    @Override
    public Tensor buffer(int other) {
      return gradient;
    }

    @Override
    public double beta(int other) {
      return 0;
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return right.outputShape(inputs);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    return right.forward(inputs, output, pass);
  }

  @Override
  public void backward(
      @Nullable Void saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    wrong.apply(new Call(right, inputs, output, outputGradient, sink, pass));
  }

  @Override
  public boolean rowwise(int input) {
    return right.rowwise(input);
  }

  @Override
  public String name() {
    return right.name() + " (" + mistake + ")";
  }
}
