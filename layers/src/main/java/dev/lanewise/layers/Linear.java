package dev.lanewise.layers;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Optional;

/// The fully connected layer `Y = X·W + b`, with or without the bias.
///
/// X is `[n,in]`, one example in each row, W is `[in,out]`, b is `[out]` and added to each row, and
/// Y is `[n,out]`.
///
/// @param weight W
/// @param bias b, or nothing
public record Linear(Parameter weight, Optional<Parameter> bias) implements Layer {
  /// A layer of existing parameters.
  ///
  /// @param weight W
  /// @param bias b, or nothing
  /// @throws ShapeException if W is not a matrix, or b is not a vector of W's columns
  /// @throws IllegalArgumentException if the two differ in element type
  public Linear {
    ShapeException.requireRank("Linear", "the weight", 2, weight.shape());
    if (bias.isPresent()) {
      Parameter b = bias.get();
      ShapeException.requireRank("Linear", "the bias", 1, b.shape());
      ShapeException.requireSameAxis(
          "Linear", "the bias", b.shape(), 0, "the weight", weight.shape(), 1);
      if (b.dtype() != weight.dtype()) {
        throw new IllegalArgumentException(
            "Linear: the weight is "
                + weight.dtype().label()
                + " but the bias is "
                + b.dtype().label()
                + ".");
      }
    }
  }

  /// A float32 layer with drawn weights and a bias of zeros.
  ///
  /// @param in the number of inputs
  /// @param out the number of outputs
  /// @param initialiser what the weights are drawn from
  /// @param key the address of the draws; give every layer its own
  /// @return a new layer
  /// @throws IllegalArgumentException if a number is negative
  public static Linear of(int in, int out, Initialiser initialiser, Key key) {
    Parameter bias = Parameter.of(Tensor.zeros(DType.FLOAT32, Shape.of(out)));
    return new Linear(drawn(in, out, initialiser, key), Optional.of(bias));
  }

  /// A float32 layer with drawn weights and no bias.
  ///
  /// @param in the number of inputs
  /// @param out the number of outputs
  /// @param initialiser what the weights are drawn from
  /// @param key the address of the draws; give every layer its own
  /// @return a new layer
  /// @throws IllegalArgumentException if a number is negative
  public static Linear withoutBias(int in, int out, Initialiser initialiser, Key key) {
    return new Linear(drawn(in, out, initialiser, key), Optional.empty());
  }

  @Override
  public Node apply(Node x) {
    ShapeException.requireRank("Linear", "the input", 2, x.shape());
    ShapeException.requireSameAxis(
        "Linear", "the input", x.shape(), 1, "the weight", weight.shape(), 0);
    Node product = x.graph().apply(new MatMul(), x, x.graph().parameter(weight));
    if (bias.isEmpty()) {
      return product;
    }
    return x.graph().apply(new AddRowVector(), product, x.graph().parameter(bias.get()));
  }

  private static Parameter drawn(int in, int out, Initialiser initialiser, Key key) {
    Tensor weight = Tensor.zeros(DType.FLOAT32, Shape.of(in, out));
    initialiser.fill(weight, key);
    return Parameter.of(weight);
  }
}
