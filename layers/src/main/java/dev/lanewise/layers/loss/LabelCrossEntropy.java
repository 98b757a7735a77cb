package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Labels;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// `ℓᵢ = −log softmax(zᵢ)_t` for each row, t being the row's label. Gradient:
/// `dzᵢ = dℓᵢ·(softmax(zᵢ) − onehot(t))`, whose entry t is `−Σ_{j≠t} pⱼ`.
///
/// Forward computes loss and bracket from the same exponentials, and saves the bracket: its entry t
/// also gives the loss of a row with p_t > ½ without cancellation, as `−log1p(−Σ_{j≠t} pⱼ)`.
record LabelCrossEntropy() implements Op<Tensor> {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Checks.requireTwo(name(), inputs);
    Shape z = inputs.get(Checks.PREDICTION);
    Shape labels = inputs.get(Checks.TARGET);
    ShapeException.requireRank(name(), "the prediction", 2, z);
    ShapeException.requireRank(name(), "the labels", 1, labels);
    ShapeException.requireSameAxis(name(), "the prediction", z, 0, "the labels", labels, 0);
    return labels;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor z = inputs.get(Checks.PREDICTION);
    Tensor labels = inputs.get(Checks.TARGET);
    int classes = z.shape().dim(1);
    for (int row = 0; row < labels.size(); row++) {
      Labels.at("SoftmaxCrossEntropy (in a shard of the batch)", labels, row, classes);
    }
    Tensor slopes = pass.saved(z.shape());
    TensorMath.labelCrossEntropy(z, labels, output, slopes);
    return slopes;
  }

  @Override
  public void backward(
      Tensor slopes,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass) {
    Checks.refuseTargetGradient(name(), sink);
    if (!sink.needs(Checks.PREDICTION)) {
      return;
    }
    TensorMath.scaleRows(
        outputGradient, slopes, sink.beta(Checks.PREDICTION), sink.buffer(Checks.PREDICTION));
  }

  @Override
  public boolean rowwise(int input) {
    return true;
  }

  @Override
  public String name() {
    return "SoftmaxCrossEntropy with labels";
  }
}
