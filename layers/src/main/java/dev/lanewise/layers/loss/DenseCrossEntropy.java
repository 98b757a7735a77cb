package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// `ℓᵢ = −Σⱼ tᵢⱼ·log softmax(zᵢ)ⱼ` for each row. Gradient: `dzᵢ = dℓᵢ·(sᵢ·softmax(zᵢ) − tᵢ)` with
/// `sᵢ = Σⱼ tᵢⱼ`, which is 1 but for rounding. Forward computes loss and bracket from the same
/// exponentials, and saves the bracket.
record DenseCrossEntropy() implements Op<Tensor> {
  /// How far the sum of a target row may be from 1: rounding, not truncation to a few decimals.
  static final double SUM_TOLERANCE = 1e-4;

  private static final String NAME = "SoftmaxCrossEntropy";

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Checks.requireTwo(name(), inputs);
    Shape z = inputs.get(Checks.PREDICTION);
    ShapeException.requireRank(name(), "the prediction", 2, z);
    ShapeException.requireEqual(
        name(), "the prediction", z, "the target", inputs.get(Checks.TARGET));
    return Shape.of(z.rows());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Tensor output, Pass pass) {
    Tensor z = inputs.get(Checks.PREDICTION);
    Tensor t = inputs.get(Checks.TARGET);
    requireDistributions(t, pass);
    Tensor slopes = pass.saved(z.shape());
    TensorMath.denseCrossEntropy(z, t, output, slopes);
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
    return "SoftmaxCrossEntropy with distributions";
  }

  private static void requireDistributions(Tensor t, Pass pass) {
    Tensor negated = pass.scratch(t.shape());
    TensorMath.scale(-1, t, negated);
    // Written so that a NaN, which compares as false, is refused.
    if (!(TensorMath.max(negated) <= 0)) {
      for (int i = 0; i < t.size(); i++) {
        if (!(t.getFlat(i) >= 0)) {
          throw new IllegalArgumentException(
              NAME + ": a target is " + t.getFlat(i) + ", but a probability is never negative.");
        }
      }
    }
    Tensor sums = pass.scratch(Shape.of(t.shape().rows()));
    Rows.sum(t, sums, pass);
    for (int row = 0; row < sums.size(); row++) {
      double sum = sums.getFlat(row);
      if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            NAME + ": the targets of an example have the sum " + sum + ", but must have 1.");
      }
    }
  }
}
