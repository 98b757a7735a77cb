package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An op that is a matrix product with the rows of its input 0, and that can do on the way what the
/// ops beside it would do with its numbers once more: while the caches have them. It is asked to
/// where nobody else uses what lies between.
///
/// Everything has the same bits as the ops one after the other. What lies between may not have been
/// computed: backward must read neither the output nor, if the product came from [#with], what that
/// op alone would have had as its input 0; they may be null or old.
public interface Product extends Op<@Nullable Void> {
  /// The product that also does what an op does with this one's output as its input 0. It takes the
  /// inputs of this op, and then the other inputs of that one, whose backward must need nothing
  /// saved.
  ///
  /// @param next an op
  /// @return such a product; null if there is none
  default @Nullable Product with(Op<?> next) {
    return null;
  }

  /// Computes the activation of the output.
  ///
  /// @param inputs the inputs
  /// @param activation the activation
  /// @param output where its result goes
  /// @param pass as in [Op#forward]
  void forward(List<Tensor> inputs, Activation activation, Tensor output, Pass pass);

  /// [Op#backward], where input 0 is the output of an activation that has no other use: the
  /// gradient by it, times the activation's derivative, goes into the buffer for input 0. `beta(0)`
  /// is 0.
  ///
  /// @param inputs the inputs of forward
  /// @param outputGradient the gradient by the output
  /// @param activation the activation of which input 0 is the output
  /// @param operand what its derivative is computed from, see [Activation#backward]
  /// @param sink where the gradients go
  /// @param pass as in [Op#backward]
  void backward(
      List<Tensor> inputs,
      Tensor outputGradient,
      Activation activation,
      Tensor operand,
      GradientSink sink,
      Pass pass);
}
