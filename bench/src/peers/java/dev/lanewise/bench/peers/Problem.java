package dev.lanewise.bench.peers;

import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// One product `C = op(A)·op(B)` to be computed by every library.
///
/// @param variant which operand is stored transposed
/// @param a the first operand as stored
/// @param b the second operand as stored
record Problem(GemmVariant variant, Tensor a, Tensor b) {

  /// The product of a linear layer: `NN` its output `X·W`, `NT` the gradient `dY·Wᵀ` by its input,
  /// `TN` the gradient `Xᵀ·dY` by its weights. Elements are uniform in [-1, 1).
  ///
  /// @param dtype the element type
  /// @param variant which of the three
  /// @param layer batch × inputs × outputs, for example `128x784x512`
  static Problem of(DType dtype, GemmVariant variant, String layer) {
    int[] dims = Arrays.stream(layer.split("x")).mapToInt(Integer::parseInt).toArray();
    Shape x = Shape.of(dims[0], dims[1]);
    Shape w = Shape.of(dims[1], dims[2]);
    Shape y = Shape.of(dims[0], dims[2]);
    RandomGenerator random = Key.of(1).with("operands").generator();
    return new Problem(
        variant,
        drawn(dtype, variant == GemmVariant.NT ? y : x, random),
        drawn(dtype, variant == GemmVariant.TN ? y : w, random));
  }

  /// The rows of C.
  int m() {
    return a.shape().dim(isATransposed() ? 1 : 0);
  }

  /// The columns of C.
  int n() {
    return b.shape().dim(isBTransposed() ? 0 : 1);
  }

  /// The length of the inner products.
  int k() {
    return a.shape().dim(isATransposed() ? 0 : 1);
  }

  boolean isATransposed() {
    return variant == GemmVariant.TN;
  }

  boolean isBTransposed() {
    return variant == GemmVariant.NT;
  }

  DType dtype() {
    return a.dtype();
  }

  /// The floating-point operations of one product.
  long flop() {
    return 2L * m() * n() * k();
  }

  /// The number of elements of C.
  long sizeOfC() {
    return (long) m() * n();
  }

  /// The product by our kernels on one thread, and the same of the operands' sizes.
  Expected expected() {
    return new Expected(
        this, computed(this), computed(new Problem(variant, absolute(a), absolute(b))));
  }

  /// What a library must compute.
  ///
  /// @param problem the problem
  /// @param product op(A)·op(B) by our kernels
  /// @param sizes op(|A|)·op(|B|) by our kernels
  record Expected(Problem problem, Product.Matrix product, Product.Matrix sizes) {
    /// A large product is checked at only so many elements, as checking takes longer than
    /// computing.
    private static final long CHECKED = 100_000;

    /// Asserts that a library computed what our kernels compute. Each has an error of at most
    /// γₖ·Σ|aᵢ·bᵢ| in an element, whatever its order of summation (N. Higham, Accuracy and
    /// Stability of Numerical Algorithms, 2nd ed., §3.5), so they are at most twice that apart.
    ///
    /// @throws AssertionError if an element is further off
    void verify(Library library, Product.Matrix found) {
      double roundoff = problem.dtype() == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
      int step = (int) (problem.sizeOfC() / CHECKED) + 1;
      for (int i = 0; i < problem.m(); i++) {
        for (int j = i % step; j < problem.n(); j += step) {
          double difference = Math.abs(found.get(i, j) - product.get(i, j));
          if (!(difference <= 2 * (problem.k() + 1) * roundoff * sizes.get(i, j))) {
            throw new AssertionError(
                "%s, %s %s, %d × %d × %d: element (%d, %d) is %s but ours is %s"
                    .formatted(
                        library,
                        problem.dtype(),
                        problem.variant,
                        problem.m(),
                        problem.k(),
                        problem.n(),
                        i,
                        j,
                        found.get(i, j),
                        product.get(i, j)));
          }
        }
      }
    }
  }

  static float[] floats(Tensor tensor) {
    FloatTensor floats = (FloatTensor) tensor;
    return Arrays.copyOfRange(floats.array(), floats.offset(), floats.offset() + floats.size());
  }

  static double[] doubles(Tensor tensor) {
    DoubleTensor doubles = (DoubleTensor) tensor;
    return Arrays.copyOfRange(doubles.array(), doubles.offset(), doubles.offset() + doubles.size());
  }

  private static Product.Matrix computed(Problem problem) {
    Product product = LanewiseGemm.product(problem, 1);
    product.multiply().run();
    return product.result();
  }

  private static Tensor absolute(Tensor tensor) {
    double[] elements = Arrays.stream(tensor.toDoubles()).map(Math::abs).toArray();
    return Tensor.of(tensor.dtype(), tensor.shape(), elements);
  }

  private static Tensor drawn(DType dtype, Shape shape, RandomGenerator random) {
    return Tensor.of(dtype, shape, random.doubles(shape.size(), -1, 1).toArray());
  }
}
