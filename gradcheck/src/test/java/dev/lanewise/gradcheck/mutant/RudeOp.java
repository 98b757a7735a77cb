package dev.lanewise.gradcheck.mutant;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;

/// An op that has a right derivative and breaks the rules all the same: it may write where it must
/// not, and remember what it must forget.
///
/// @param right what it should compute
/// @param forward how it does
/// @param backward how it computes gradients; the copy of the output that it is given is what
///     forward saved
record RudeOp(PlainOp right, ForwardStep forward, BackwardStep backward) implements Op<Tensor> {
  /// The arguments of a call of forward.
  record ForwardCall(PlainOp right, List<Tensor> inputs, Tensor output, Pass pass) {
    /// Does what is right.
    void compute() {
      right.forward(inputs, output, pass);
    }
  }

  /// The arguments of a call of backward.
  record BackwardCall(
      PlainOp right,
      Tensor saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor upstream,
      GradientSink sink,
      Pass pass) {
    /// The right gradients.
    double[][] gradients() {
      return right.gradients(inputs, output, upstream.toDoubles());
    }

    /// Hands in gradients as is right.
    void give(double[][] gradients) {
      for (int t = 0; t < gradients.length; t++) {
        if (sink.needs(t)) {
          PlainOp.write(gradients[t], sink, t);
        }
      }
    }
  }

  /// What forward does.
  @FunctionalInterface
  interface ForwardStep {
    void apply(ForwardCall call);
  }

  /// What backward does.
  @FunctionalInterface
  interface BackwardStep {
    void apply(BackwardCall call);
  }

  static RudeOp forward(PlainOp right, ForwardStep step) {
    return new RudeOp(right, step, call -> call.give(call.gradients()));
  }

  static RudeOp backward(PlainOp right, BackwardStep step) {
    return new RudeOp(right, ForwardCall::compute, step);
  }

  @Override
  public String name() {
    return right.name();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return right.outputShape(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Tensor output, Pass pass) {
    forward.apply(new ForwardCall(right, inputs, output, pass));
    Tensor saved = pass.saved(output.shape());
    for (int i = 0; i < output.size(); i++) {
      saved.setFlat(i, output.getFlat(i));
    }
    return saved;
  }

  @Override
  public void backward(
      Tensor saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    backward.apply(new BackwardCall(right, saved, inputs, output, outputGradient, sink, pass));
  }

  @Override
  public boolean rowwise(int input) {
    return right.rowwise(input);
  }
}
