package dev.lanewise.core.op;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.graph.Product;
import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The matrix product `Y = A·B` of `[m,k]` and `[k,n]`.
///
/// Gradients: `dA = dY·Bᵀ`, `dB = Aᵀ·dY`.
public record MatMul() implements Product {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Arity.require(name(), 2, inputs);
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    ShapeException.requireRank(name(), "A", 2, a);
    ShapeException.requireRank(name(), "B", 2, b);
    ShapeException.requireSameAxis(name(), "A", a, 1, "B", b, 0);
    return Shape.of(a.dim(0), b.dim(1));
  }

  @Override
  public @Nullable Product with(Op<?> next) {
    return next instanceof AddRowVector ? new Affine() : null;
  }

  @Override
  public Object prepare(List<Tensor> inputs, IntPredicate wanted, Pass pass, Workers workers) {
    return Products.prepare(inputs.get(0), inputs.get(1), wanted, pass, workers);
  }

  @Override
  public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Products.forward(inputs.get(0), inputs.get(1), Epilogue.NONE, output, output, pass);
    return null;
  }

  @Override
  public void forward(List<Tensor> inputs, Activation activation, Tensor output, Pass pass) {
    Products.forward(inputs.get(0), inputs.get(1), activation.epilogue(), output, output, pass);
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
    Products.rightGradient(inputs.get(0), outputGradient, sink, pass);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor outputGradient,
      Activation activation,
      Tensor operand,
      GradientSink sink,
      Pass pass) {
    Tensor b = inputs.get(1);
    Products.leftGradient(b, outputGradient, activation.backward(), operand, sink, pass);
    Products.rightGradient(inputs.get(0), outputGradient, sink, pass);
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
    Products.rightGradient(inputs.get(0), from, to, outputGradient, beta, rows, pass);
  }
}
