package dev.lanewise.bench.peers;

import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.mm_out;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// `torch.mm` into a given tensor, by the bindings of JavaCPP; no gradient is recorded.
final class LibTorch {
  private LibTorch() {}

  static Product product(Problem problem, int threads) {
    set_num_threads(threads);
    return switch (problem.dtype()) {
      case FLOAT32 -> {
        FloatPointer c = new FloatPointer((long) problem.m() * problem.n());
        yield new Product(
            multiply(
                problem,
                new FloatPointer(Problem.floats(problem.a())),
                new FloatPointer(Problem.floats(problem.b())),
                c,
                ScalarType.Float),
            (i, j) -> c.get((long) i * problem.n() + j));
      }
      case FLOAT64 -> {
        DoublePointer c = new DoublePointer((long) problem.m() * problem.n());
        yield new Product(
            multiply(
                problem,
                new DoublePointer(Problem.doubles(problem.a())),
                new DoublePointer(Problem.doubles(problem.b())),
                c,
                ScalarType.Double),
            (i, j) -> c.get((long) i * problem.n() + j));
      }
    };
  }

  private static Runnable multiply(
      Problem problem, Pointer a, Pointer b, Pointer c, ScalarType type) {
    Tensor storedA = tensor(a, problem.a().shape().dim(0), problem.a().shape().dim(1), type);
    Tensor storedB = tensor(b, problem.b().shape().dim(0), problem.b().shape().dim(1), type);
    Tensor left = problem.isATransposed() ? storedA.t() : storedA;
    Tensor right = problem.isBTransposed() ? storedB.t() : storedB;
    Tensor result = tensor(c, problem.m(), problem.n(), type);
    return new Runnable() {
      // A tensor only borrows the memory behind a pointer, so the operands must stay reachable.
      private final Pointer[] memory = {a, b, c};

      @Override
      public void run() {
        if (memory[2].isNull()) {
          throw new IllegalStateException("The result's memory was given back.");
        }
        mm_out(result, left, right).close();
      }
    };
  }

  private static Tensor tensor(Pointer memory, int rows, int columns, ScalarType type) {
    return from_blob(memory, new long[] {rows, columns}, new TensorOptions(type));
  }
}
