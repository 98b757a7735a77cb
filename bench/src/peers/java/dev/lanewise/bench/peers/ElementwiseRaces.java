package dev.lanewise.bench.peers;

import static org.bytedeco.pytorch.global.torch.exp_out;
import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.relu_out;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.sigmoid_out;
import static org.bytedeco.pytorch.global.torch.softmax_out;
import static org.bytedeco.pytorch.global.torch.softplus_out;
import static org.bytedeco.pytorch.global.torch.tanh_out;

import dev.lanewise.bench.ElementwiseFunction;
import dev.lanewise.bench.Numbers;
import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Functions of each element of an array, and softmax of its rows.
final class ElementwiseRaces {
  private static final List<Integer> SIZES = List.of(1_000, 100_000, 10_000_000);

  /// Loops over single elements take too long beyond this.
  private static final int MOST_ONE_BY_ONE = 100_000;

  private ElementwiseRaces() {}

  static List<Supplier<Race>> all(String group) {
    List<Supplier<Race>> races = new ArrayList<>();
    for (ElementwiseFunction function : ElementwiseFunction.values()) {
      for (DType dtype : DType.values()) {
        for (int size : SIZES) {
          races.add(() -> race(group, function, dtype, size));
        }
      }
    }
    return races;
  }

  static Race race(String group, ElementwiseFunction function, DType dtype, int size) {
    Numbers x = Numbers.drawn(dtype, size);
    Cell cell =
        new Cell(
            group,
            dtype,
            List.of(
                function.toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                dtype.toString().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%,d", size)),
            0,
            2.0 * size * dtype.bytes(),
            size);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(inJava(Library.LANEWISE, function, x, y -> run(function, x, y)));
    contenders.add(onLibTorch(function, x));
    contenders.add(inJava(Library.JDK, function, x, y -> function.runOnJdk(x, y)));
    if (size <= MOST_ONE_BY_ONE) {
      contenders.add(inJava(Library.MATH, function, x, y -> function.runOnMath(x, y)));
      contenders.add(inJava(Library.SCALAR, function, x, y -> runScalar(function, x, y)));
    }
    Numbers copy = Numbers.zeros(dtype, size);
    contenders.add(new Contender(Library.COPY, () -> x.copyTo(copy), () -> {}));
    return new Race(cell, contenders, true);
  }

  private static void run(ElementwiseFunction function, Numbers x, Numbers y) {
    function.run(Kernels.FLOAT, Kernels.DOUBLE, x, y);
  }

  private static Contender inJava(
      Library library, ElementwiseFunction function, Numbers x, Consumer<Numbers> call) {
    Numbers y = Numbers.zeros(x.dtype(), x.size());
    return new Contender(
        library, () -> call.accept(y), () -> function.verify(library.title(), x, y::get));
  }

  private static void runScalar(ElementwiseFunction function, Numbers x, Numbers y) {
    FloatKernels floats = new ScalarFloatKernels();
    DoubleKernels doubles = new ScalarDoubleKernels();
    function.run(floats, doubles, x, y);
  }

  private static Contender onLibTorch(ElementwiseFunction function, Numbers x) {
    set_num_threads(1);
    return switch (x.dtype()) {
      case FLOAT32 -> {
        FloatPointer y = new FloatPointer(x.size());
        yield onLibTorch(
            function, x, new FloatPointer(x.floats()), y, ScalarType.Float, i -> y.get(i));
      }
      case FLOAT64 -> {
        DoublePointer y = new DoublePointer(x.size());
        yield onLibTorch(
            function, x, new DoublePointer(x.doubles()), y, ScalarType.Double, i -> y.get(i));
      }
    };
  }

  private static Contender onLibTorch(
      ElementwiseFunction function,
      Numbers x,
      Pointer from,
      Pointer to,
      ScalarType type,
      IntToDoubleFunction result) {
    int columns = function.columns() == 0 ? x.size() : function.columns();
    long[] shape = {x.size() / columns, columns};
    Tensor input = from_blob(from, shape, new TensorOptions(type));
    Tensor output = from_blob(to, shape, new TensorOptions(type));
    Runnable call =
        switch (function) {
          case EXP -> () -> exp_out(output, input).close();
          case LOGISTIC -> () -> sigmoid_out(output, input).close();
          case TANH -> () -> tanh_out(output, input).close();
          case SOFTPLUS -> () -> softplus_out(output, input).close();
          case RELU -> () -> relu_out(output, input).close();
          case SOFTMAX_10, SOFTMAX_1000 -> () -> softmax_out(output, input, 1).close();
        };
    return new Contender(
        Library.LIBTORCH,
        call,
        () -> function.verify(Library.LIBTORCH.title(), x, result),
        () -> {
          // A tensor only borrows the memory behind a pointer.
          from.close();
          to.close();
        });
  }
}
