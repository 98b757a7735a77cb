package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is simpler than a tensor, or than several that belong together: shorter axes, plainer
/// numbers. The step of every [Specimen].
final class Simpler {
  private Simpler() {}

  /// An axis length that becomes a smaller one, wherever it occurs. Because sizes of different
  /// meaning are drawn differently, equal ones mean the same, and shapes that fit still fit.
  ///
  /// @param from the length
  /// @param to the smaller one
  /// @param last whether the last elements of the axis stay, not the first
  record Resize(int from, int to, boolean last) {
    Shape apply(Shape shape) {
      return Shape.of(IntStream.of(shape.dims()).map(d -> d == from ? to : d).toArray());
    }

    Tensor apply(Tensor tensor) {
      return block(tensor, apply(tensor.shape()));
    }

    /// The elements of a tensor that stay when its axes become as short as a shape says.
    Tensor block(Tensor tensor, Shape shape) {
      Tensor block = Tensor.zeros(DType.FLOAT64, shape);
      int[] index = new int[shape.rank()];
      for (int i = 0; i < block.size(); i++) {
        int rest = i;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
          int skipped = last ? tensor.shape().dim(axis) - shape.dim(axis) : 0;
          index[axis] = skipped + rest % shape.dim(axis);
          rest /= shape.dim(axis);
        }
        block.setFlat(i, tensor.get(index));
      }
      return block;
    }
  }

  /// All ways to make axes shorter: for the longest first, to 1, 2, the half, one less.
  static Stream<Resize> resizes(Collection<Shape> shapes) {
    TreeSet<Integer> sizes = new TreeSet<>(Comparator.reverseOrder());
    shapes.forEach(shape -> IntStream.of(shape.dims()).forEach(sizes::add));
    return sizes.stream()
        .flatMap(
            size ->
                IntStream.of(1, 2, size / 2, size - 1)
                    .filter(to -> to >= 1 && to < size)
                    .distinct()
                    .boxed()
                    .flatMap(
                        to -> Stream.of(new Resize(size, to, false), new Resize(size, to, true))));
  }

  /// Whether a block of a shape can be taken out of a tensor.
  static boolean contains(Shape whole, Shape block) {
    return whole.rank() == block.rank()
        && IntStream.range(0, whole.rank()).allMatch(axis -> block.dim(axis) <= whole.dim(axis));
  }

  /// The same tensors with plainer numbers in one of them: all alike, all whole, then one element
  /// at a time.
  static Stream<List<Tensor>> values(List<Tensor> tensors) {
    return IntStream.range(0, tensors.size())
        .boxed()
        .flatMap(
            at ->
                values(tensors.get(at))
                    .map(
                        plainer ->
                            IntStream.range(0, tensors.size())
                                .mapToObj(i -> i == at ? plainer : tensors.get(i))
                                .toList()));
  }

  /// A candidate, unless it cannot be made: shapes that do not fit are no counterexample.
  static <T> Stream<T> attempt(Supplier<T> candidate) {
    try {
      return Stream.of(candidate.get());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Stream.empty();
    }
  }

  private static final List<DoubleUnaryOperator> PLAINER =
      List.of(x -> 0, x -> 1, Math::rint, x -> Math.rint(x * 10) / 10, x -> (float) x);

  private static Stream<Tensor> values(Tensor tensor) {
    Stream<Tensor> whole = PLAINER.stream().map(plainer -> map(tensor, plainer, -1));
    Stream<Tensor> each =
        IntStream.range(0, tensor.size())
            .boxed()
            .flatMap(i -> PLAINER.stream().map(plainer -> map(tensor, plainer, i)));
    double cost = cost(tensor);
    return Stream.concat(whole, tensor.size() > 1 ? each : Stream.empty())
        .filter(plainer -> cost(plainer) < cost);
  }

  private static Tensor map(Tensor tensor, DoubleUnaryOperator plainer, int only) {
    Tensor mapped = tensor.copy();
    for (int i = 0; i < tensor.size(); i++) {
      if (only < 0 || i == only) {
        // Plus zero, so that there is no −0.
        mapped.setFlat(i, plainer.applyAsDouble(tensor.getFlat(i)) + 0.0);
      }
    }
    return mapped;
  }

  /// How much there is to read; falls with every step, so that shrinking ends.
  private static double cost(Tensor tensor) {
    double cost = 0;
    for (double x : tensor.toDoubles()) {
      cost += x == 0 ? 0 : x == 1 ? 0.5 : Double.toString(x).length();
    }
    return cost;
  }
}
