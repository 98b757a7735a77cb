package dev.lanewise.experiments.readme;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// The README's second example: the layer `y = e^(−x²)`, with its derivative `−2x·y` by hand.
record Gaussian() implements Layer, Op<Tensor> {
  @Override
  public Node apply(Node x) {
    return x.graph().apply(this, x);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Tensor y, Pass pass) {
    Tensor x = inputs.getFirst();
    TensorMath.multiply(x, x, 0, y);
    TensorMath.scale(-1, y, y);
    TensorMath.exp(y, y);
    Tensor slope = pass.saved(x.shape());
    TensorMath.multiply(x, y, 0, slope);
    TensorMath.scale(-2, slope, slope);
    return slope;
  }

  @Override
  public void backward(
      Tensor slope, List<Tensor> inputs, Tensor y, Tensor dy, GradientSink sink, Pass pass) {
    if (sink.needs(0)) {
      TensorMath.multiply(dy, slope, sink.beta(0), sink.buffer(0));
    }
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }
}
