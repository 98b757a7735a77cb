package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A differentiable primitive `y = f(x₁ … xₙ)` with a hand-written derivative: an immutable value,
/// best a record, because structures with equal ops share their plan.
///
/// An op keeps nothing between calls. What backward needs is what forward returns; outputs, saved
/// values and gradients belong to the graph run, one set for each node, so that the same op may
/// stand at many nodes and be executed by several threads at once. Inputs, the output, the output
/// gradient and saved values are read-only in backward.
///
/// All tensors of a call have the same element type. Everything an op computes must depend on its
/// arguments alone: on the same input it gives the same bits.
///
/// @param <S> what backward needs from forward; `Void`, with null, if nothing
public interface Op<S extends @Nullable Object> {
  /// The shape of the output.
  ///
  /// @param inputs the shapes of the inputs
  /// @return the output's shape
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes do not fit; the message names
  ///     the op, the shapes and the axis
  Shape outputShape(List<Shape> inputs);

  /// Computes, once for all shards of a batch and before them, what each of them would otherwise
  /// compute anew from the inputs that they share: weights in the order in which a product reads
  /// them, say. Their forward and backward find it in [Pass#prepared()]. Where a batch makes one
  /// shard only, or an op is not shared out, this is not called, and the bits are the same.
  ///
  /// @param inputs the inputs; those that are row-wise have no values yet
  /// @param wanted whether the gradient by an input may be asked for
  /// @param pass scratch memory, and memory for the result
  /// @param workers who may share the work
  /// @return what the shards share, or null
  default @Nullable Object prepare(
      List<Tensor> inputs, IntPredicate wanted, Pass pass, Workers workers) {
    return null;
  }

  /// Computes the output.
  ///
  /// @param inputs the inputs
  /// @param output where the result goes: every element must be written; its content before is
  ///     undefined
  /// @param pass training or inference, scratch memory, draws
  /// @return what backward needs; tensors in it are inputs, the output, or from
  ///     [Pass#saved(Shape)]
  S forward(List<Tensor> inputs, Tensor output, Pass pass);

  /// Computes the gradients by the inputs from the gradient by the output: for each input `i` that
  /// [GradientSink#needs], `buffer(i) ← beta(i)·buffer(i) + ∂L/∂xᵢ`.
  ///
  /// @param saved what forward returned
  /// @param inputs the inputs of forward
  /// @param output the output of forward
  /// @param outputGradient the gradient by the output, of the output's shape
  /// @param sink where the gradients go; an input whose buffer is never asked for gets the gradient
  ///     zero
  /// @param pass the same run, scratch memory
  void backward(
      S saved,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      GradientSink sink,
      Pass pass);

  /// Whether, of one input, each row of the output depends on the same row alone: the promise that
  /// lets the rows of a batch be shared out over threads. The output must then have as many rows as
  /// that input, and a row's bits must not depend on which other rows are there, neither in forward
  /// nor in what backward gives that row.
  ///
  /// A batch is shared out where every input that holds its rows is row-wise, and every other input
  /// (a parameter, a constant) is not, and so is given whole: `X·W` is row-wise in X, not in W.
  ///
  /// @param input the input's position
  /// @return whether it is so; false unless overridden
  default boolean rowwise(int input) {
    return false;
  }

  /// Whether the gradient by an input that every shard is given whole comes from [#sumOverBatch],
  /// in one go over all rows of the batch. Otherwise every shard computes a contribution of its
  /// own, as large as the input, in [#backward], and the contributions are added: much traffic for
  /// the weights of a wide layer.
  ///
  /// @param input the position of an input that is not row-wise
  /// @return whether it is so; false unless overridden
  default boolean summedOverBatch(int input) {
    return false;
  }

  /// Computes some rows of the gradient by an input that is [#summedOverBatch]:
  /// `rows ← beta·rows + (∂L/∂xᵢ)[from:to]`. It is called when the gradient by the output is
  /// complete, for several ranges of rows at once, in as many threads. The bits of a row must not
  /// depend on the range it is in. A gradient with fewer than two axes is always asked for as a
  /// whole.
  ///
  /// [#backward] computes the same gradient, up to rounding, where the op is not shared out.
  ///
  /// @param input the input's position
  /// @param from the first row of the gradient
  /// @param to the row after the last
  /// @param inputs the inputs of forward, all rows of the batch
  /// @param outputGradient the gradient by the output, all rows of the batch
  /// @param beta what becomes of the old content: 0 to overwrite it, 1 to add to it
  /// @param rows the rows of the gradient
  /// @param pass scratch memory; nothing can be saved or drawn
  default void sumOverBatch(
      int input,
      int from,
      int to,
      List<Tensor> inputs,
      Tensor outputGradient,
      double beta,
      Tensor rows,
      Pass pass) {
    throw new UnsupportedOperationException(
        name() + " does not sum the gradient by input " + input + " over the batch.");
  }

  /// The activation that this op computes from its only input, if it is one that a [Product] can
  /// compute on the way, with the same bits. Then products may be asked to do the work of forward
  /// or backward, and backward may be called although forward was not: it is given nothing saved,
  /// and must read the output alone where [Activation#derivativeOfOutput], else input and output.
  ///
  /// @return the activation; null, unless overridden
  default @Nullable Activation activation() {
    return null;
  }

  /// The op's name in messages and listings.
  ///
  /// @return the simple name of the class unless overridden
  default String name() {
    return getClass().getSimpleName();
  }
}
