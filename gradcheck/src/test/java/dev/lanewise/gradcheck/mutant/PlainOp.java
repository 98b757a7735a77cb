package dev.lanewise.gradcheck.mutant;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An op of plain loops over double arrays, without kernels: a few lines each, right or wrong.
///
/// The loops see copies and never the tensors themselves, so that only derivatives can be wrong
/// here; [RudeOp] is for ops that misuse tensors.
///
/// @param name what it is called
/// @param outputShape the output's shape
/// @param forward the function
/// @param backward its derivative
/// @param rowwise the inputs of which each row of the output depends on the same row alone
record PlainOp(
    String name, OutputShape outputShape, Forward forward, Backward backward, Set<Integer> rowwise)
    implements Op<@Nullable Void> {
  /// The output's shape from the inputs'.
  @FunctionalInterface
  interface OutputShape {
    Shape of(List<Shape> inputs);
  }

  /// A function of arrays in row-major order.
  @FunctionalInterface
  interface Forward {
    /// Computes y, which is all zero before, from the inputs x.
    void apply(double[][] x, double[] y);
  }

  /// A derivative.
  @FunctionalInterface
  interface Backward {
    /// Computes the gradients g by the inputs, which are all zero before, from the inputs x, the
    /// output y and the upstream u.
    void apply(double[][] x, double[] y, double[] u, double[][] g);
  }

  PlainOp with(Backward other) {
    return new PlainOp(name, outputShape, forward, other, rowwise);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return outputShape.of(inputs);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    double[] y = new double[output.size()];
    forward.apply(arrays(inputs), y);
    for (int i = 0; i < y.length; i++) {
      output.setFlat(i, y[i]);
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
    double[][] g = gradients(inputs, output, outputGradient.toDoubles());
    for (int t = 0; t < g.length; t++) {
      if (sink.needs(t)) {
        write(g[t], sink, t);
      }
    }
  }

  /// The gradients by all inputs.
  double[][] gradients(List<Tensor> inputs, Tensor output, double[] upstream) {
    double[][] g = new double[inputs.size()][];
    for (int t = 0; t < g.length; t++) {
      g[t] = new double[inputs.get(t).size()];
    }
    backward.apply(arrays(inputs), output.toDoubles(), upstream, g);
    return g;
  }

  /// Overwrites or adds to a buffer, as it is asked to.
  static void write(double[] gradient, GradientSink sink, int input) {
    Tensor buffer = sink.buffer(input);
    boolean add = sink.beta(input) == 1;
    for (int i = 0; i < gradient.length; i++) {
      buffer.setFlat(i, add ? buffer.getFlat(i) + gradient[i] : gradient[i]);
    }
  }

  @Override
  public boolean rowwise(int input) {
    return rowwise.contains(input);
  }

  private static double[][] arrays(List<Tensor> tensors) {
    double[][] arrays = new double[tensors.size()][];
    for (int t = 0; t < arrays.length; t++) {
      arrays[t] = tensors.get(t).toDoubles();
    }
    return arrays;
  }
}
