package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.graph.Product;
import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The affine map `Y = X·W + v` of `[m,k]`, `[k,n]` and `[n]`: [MatMul], and then [AddRowVector],
/// in one go and with the same bits.
///
/// Gradients: `dX = dY·Wᵀ`, `dW = Xᵀ·dY`, `dv` = the sum of the rows of dY.
public record Affine() implements Product {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 3, inputs);
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    Shape v = inputs.get(2);
    ShapeException.requireRank(name(), "X", 2, x);
    ShapeException.requireRank(name(), "W", 2, w);
    ShapeException.requireRank(name(), "v", 1, v);
    ShapeException.requireSameAxis(name(), "X", x, 1, "W", w, 0);
    ShapeException.requireSameAxis(name(), "v", v, 0, "W", w, 1);
    return Shape.of(x.dim(0), w.dim(1));
  }

  @Override
  public Object prepare(List<Tensor> inputs, IntPredicate wanted, Pass pass, Workers workers) {
    return Products.prepare(inputs.get(0), inputs.get(1), wanted, pass, workers);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor v = inputs.get(2);
    Products.forward(inputs.get(0), inputs.get(1), Epilogue.ADD_ROW, v, output, pass);
    return null;
  }

  @Override
  public void forward(List<Tensor> inputs, Activation activation, Tensor output, Pass pass) {
    Tensor v = inputs.get(2);
    Epilogue epilogue = activation.afterAddingRow();
    Products.forward(inputs.get(0), inputs.get(1), epilogue, v, output, pass);
  }

  @Override
  public void backward(
      @Nullable Void saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    Products.leftGradient(inputs.get(1), outputGradient, sink, pass);
    wholeGradients(inputs, outputGradient, sink, pass);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor outputGradient,
      Activation activation,
      Tensor operand,
      GradientSink sink,
      Pass pass) {
    Tensor w = inputs.get(1);
    Products.leftGradient(w, outputGradient, activation.backward(), operand, sink, pass);
    wholeGradients(inputs, outputGradient, sink, pass);
  }

  private static void wholeGradients(
      List<Tensor> inputs, Tensor outputGradient, GradientSink sink, Pass pass) {
    Products.rightGradient(inputs.get(0), outputGradient, sink, pass);
    if (sink.needs(2)) {
      TensorMath.columnSums(outputGradient, sink.beta(2), sink.buffer(2));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return input == 0;
  }

  @Override
  public boolean summedOverBatch(int input) {
    return input != 0;
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
    if (input == 1) {
      Products.rightGradient(inputs.get(0), from, to, outputGradient, beta, rows, pass);
    } else {
      TensorMath.columnSums(outputGradient, beta, rows);
    }
  }
}
