package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Softmax;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/// Arbitrary graphs of core ops over normally distributed tensors: every vertex may be used again,
/// so that error signals meet. They have up to [#MOST_OPS] ops and no leaf that the output does not
/// depend on.
///
/// HardThreshold is left out: behind it there is no derivative to check, and in front of it a
/// rounding error becomes a jump.
public final class Dags {
  /// The most ops that a drawn graph has.
  public static final int MOST_OPS = 10;

  static final List<Choice> CORE_OPS =
      List.of(
          Choice.ofAny(new Tanh()),
          Choice.ofAny(new Logistic()),
          Choice.ofAny(new Softplus()),
          Choice.ofAny(new Relu()),
          Choice.ofAny(new Scale(-1.75)),
          Choice.ofAny(new Sum(3)),
          Choice.ofMatrix(new Softmax()),
          Choice.ofMatrix(new LogSoftmax()),
          Choice.ofPair(new Add()),
          Choice.ofPair(new Multiply()),
          // More often than the others, because they fan out.
          Choice.ofPair(new Add()),
          Choice.ofPair(new Multiply()),
          Choice.ofMatrix(new AddRowVector(), x -> Shape.of(x.dim(1))),
          Choice.ofMatrix(new MatMul(), a -> Shape.of(a.dim(1), a.dim(1) == 3 ? 5 : 3)));

  private Dags() {}

  /// Graphs of core ops.
  ///
  /// @return the arbitrary
  public static Arbitrary<Dag> any() {
    return Shapes.matrices()
        .filter(Dags::small)
        .flatMap(shape -> Tensors.keys().map(key -> DagBuilder.around(key, shape)));
  }

  /// Graphs in which a given op stands once or twice among core ops, and the output depends on it.
  ///
  /// @param op the op
  /// @param shapes the shapes of inputs that fit the op
  /// @return the arbitrary
  public static Arbitrary<Dag> with(Op<?> op, Arbitrary<List<Shape>> shapes) {
    return shapes
        .filter(each -> each.stream().allMatch(Dags::small))
        .flatMap(each -> Tensors.keys().map(key -> DagBuilder.around(key, op, each)));
  }

  /// Small enough for a graph of several.
  private static boolean small(Shape shape) {
    return shape.size() <= 24;
  }

  /// An op that may be placed on a vertex.
  ///
  /// @param op the op
  /// @param matrixOnly whether it takes matrices alone
  /// @param others the shapes of its further inputs, for that of the first
  record Choice(Op<?> op, boolean matrixOnly, List<UnaryOperator<Shape>> others) {
    static Choice ofAny(Op<?> op) {
      return new Choice(op, false, List.of());
    }

    static Choice ofPair(Op<?> op) {
      return new Choice(op, false, List.of(shape -> shape));
    }

    static Choice ofMatrix(Op<?> op) {
      return new Choice(op, true, List.of());
    }

    static Choice ofMatrix(Op<?> op, UnaryOperator<Shape> other) {
      return new Choice(op, true, List.of(other));
    }

    boolean fits(Shape first) {
      return !matrixOnly || first.rank() == 2;
    }

    List<Shape> inputs(Shape first) {
      return Stream.concat(Stream.of(first), others.stream().map(other -> other.apply(first)))
          .toList();
    }
  }
}
