package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An op of plain loops over arrays, whose backward may be as wrong as a test wants it.
record PlainOp(String name, Shape output, Forward forward, Backward backward)
    implements Op<@Nullable Void> {
  /// Computes y.
  interface Forward {
    double[] of(double[][] x);
  }

  /// Computes one gradient for each input.
  interface Backward {
    double[][] of(double[][] x, double[] y, double[] u);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return output;
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor result, Pass pass) {
    double[] y = forward.of(arrays(inputs));
    for (int j = 0; j < y.length; j++) {
      result.setFlat(j, y[j]);
    }
    return null;
  }

  @Override
  public void backward(
      @Nullable Void saved,
      List<Tensor> inputs,
      Tensor result,
      Tensor upstream,
      GradientSink sink,
      Pass pass) {
    double[][] gradients = backward.of(arrays(inputs), result.toDoubles(), upstream.toDoubles());
    for (int t = 0; t < gradients.length; t++) {
      if (sink.needs(t)) {
        Tensor buffer = sink.buffer(t);
        for (int i = 0; i < gradients[t].length; i++) {
          double old = sink.beta(t) == 0 ? 0 : buffer.getFlat(i);
          buffer.setFlat(i, old + gradients[t][i]);
        }
      }
    }
  }

  /// The same op with a wrong backward.
  PlainOp wrong(Backward other) {
    return new PlainOp(name, output, forward, other);
  }

  /// The same op with the gradient by one input spoilt.
  PlainOp spoilt(int input, Spoil spoil) {
    return wrong(
        (x, y, u) -> {
          double[][] gradients = backward.of(x, y, u);
          gradients[input] = spoil.of(gradients[input], x, y, u);
          return gradients;
        });
  }

  /// Makes a gradient wrong.
  interface Spoil {
    double[] of(double[] g, double[][] x, double[] y, double[] u);
  }

  private static double[][] arrays(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toDoubles).toArray(double[][]::new);
  }
}
