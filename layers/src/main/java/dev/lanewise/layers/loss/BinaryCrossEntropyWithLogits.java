package dev.lanewise.layers.loss;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cross-entropy of yes-or-no targets under the logistic function of the prediction:
/// `L = (1/m)·Σ −[t·log σ(z) + (1 − t)·log(1 − σ(z))]`, mean over all m elements, of all examples.
///
/// Prediction and target have the same shape, `[n]` or `[n,…]`; the prediction z are logits (no
/// logistic activation before), the targets probabilities in [0, 1]. Each element is computed as
/// `t·softplus(−z) + (1 − t)·softplus(z)`, two terms of one sign, so nothing overflows or cancels:
/// at z = ±1000 loss and gradient are exact. The gradient by the prediction is `(σ(z) − t)/m`.
public record BinaryCrossEntropyWithLogits() implements Loss {
  private static final String NAME = "BinaryCrossEntropyWithLogits";

  /// Records the loss. A target outside [0, 1] is refused with [IllegalArgumentException] when the
  /// value is computed.
  ///
  /// @param prediction z, of shape `[n]` or `[n,…]`
  /// @param target t, of the same shape
  /// @return a scalar
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes differ or are empty
  @Override
  public Node of(Node prediction, Node target) {
    Shape shape = prediction.shape();
    Checks.requireSameRows(NAME, shape, target.shape());
    Checks.requireNotEmpty(NAME, shape);
    Node losses = prediction.graph().apply(new OfRows(), prediction, target);
    return prediction.graph().apply(new Sum(shape.size()), losses);
  }

  /// `ℓᵢ = Σⱼ tᵢⱼ·softplus(−zᵢⱼ) + (1 − tᵢⱼ)·softplus(zᵢⱼ)` for each row. Gradient:
  /// `dzᵢⱼ = dℓᵢ·[(1 − tᵢⱼ)·σ(zᵢⱼ) − tᵢⱼ·σ(−zᵢⱼ)]`.
  record OfRows() implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Checks.requireTwo(name(), inputs);
      Checks.requireSameRows(name(), inputs.get(0), inputs.get(1));
      return Shape.of(inputs.get(0).rows());
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      Tensor z = inputs.get(Checks.PREDICTION);
      Tensor t = inputs.get(Checks.TARGET);
      Tensor losses = pass.scratch(z.shape());
      Tensor other = pass.scratch(z.shape());
      TensorMath.scale(-1, t, other);
      requireProbabilities(t, other);
      TensorMath.scale(-1, z, losses);
      TensorMath.softplus(losses, losses);
      TensorMath.multiply(t, losses, 0, losses);
      oneMinus(t, other);
      Tensor softplus = pass.scratch(z.shape());
      TensorMath.softplus(z, softplus);
      TensorMath.multiply(other, softplus, 1, losses);
      Rows.sum(losses, output, pass);
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
      Checks.refuseTargetGradient(name(), sink);
      if (!sink.needs(Checks.PREDICTION)) {
        return;
      }
      Tensor z = inputs.get(Checks.PREDICTION);
      Tensor t = inputs.get(Checks.TARGET);
      Tensor dz = sink.buffer(Checks.PREDICTION);
      Tensor upstream = pass.scratch(z.shape());
      Rows.spread(outputGradient, upstream, pass);
      Tensor weight = pass.scratch(z.shape());
      oneMinus(t, weight);
      TensorMath.multiply(weight, upstream, 0, weight);
      TensorMath.softplusBackward(z, weight, sink.beta(Checks.PREDICTION), dz);
      TensorMath.multiply(t, upstream, 0, weight);
      TensorMath.scale(-1, weight, weight);
      TensorMath.scale(-1, z, upstream);
      TensorMath.softplusBackward(upstream, weight, 1, dz);
    }

    @Override
    public boolean rowwise(int input) {
      return true;
    }

    @Override
    public String name() {
      return NAME;
    }

    private static void oneMinus(Tensor t, Tensor result) {
      TensorMath.fill(1, result);
      TensorMath.axpy(-1, t, result);
    }

    private static void requireProbabilities(Tensor t, Tensor minusT) {
      if (TensorMath.max(t) <= 1 && TensorMath.max(minusT) <= 0) {
        return;
      }
      for (int i = 0; i < t.size(); i++) {
        double value = t.getFlat(i);
        if (!(value >= 0 && value <= 1)) {
          throw new IllegalArgumentException(
              NAME + ": a target is " + value + ", but must be a probability from 0 to 1.");
        }
      }
    }
  }
}
