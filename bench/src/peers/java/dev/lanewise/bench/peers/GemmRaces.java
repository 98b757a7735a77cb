package dev.lanewise.bench.peers;

import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The three products of linear layers: squares, then the layers of small networks on images of 28
/// × 28.
final class GemmRaces {
  /// Batch × inputs × outputs.
  static final List<String> SQUARES =
      List.of(
          "16x16x16",
          "32x32x32",
          "64x64x64",
          "128x128x128",
          "256x256x256",
          "512x512x512",
          "1024x1024x1024",
          "2048x2048x2048");

  static final List<String> LAYERS =
      List.of("128x784x512", "128x512x256", "128x256x10", "32x784x128", "1x784x512");

  /// Smaller products than this gain nothing by four threads.
  private static final long LEAST_SHARED = 1L << 30;

  /// A larger product than this takes the Java libraries more than 20 ms.
  private static final long MOST_IN_JAVA = 1L << 26;

  /// A larger product than this takes the scalar twin more than a millisecond or two.
  private static final long MOST_IN_SCALARS = 1L << 21;

  private GemmRaces() {}

  static List<Supplier<Race>> all(String group, DType dtype, int threads) {
    VectorBlas.load();
    List<String> layers = new ArrayList<>(SQUARES);
    if (threads > 1) {
      layers.removeIf(layer -> Problem.of(dtype, GemmVariant.NN, layer).flop() < 2 * LEAST_SHARED);
    }
    layers.addAll(LAYERS);
    List<Supplier<Race>> races = new ArrayList<>();
    for (GemmVariant variant : GemmVariant.values()) {
      for (String layer : layers) {
        races.add(() -> race(group, dtype, variant, layer, threads));
      }
    }
    return races;
  }

  /// The products of DL4J beside ours, on one thread.
  static List<Supplier<Race>> allBesideDl4j(String group, DType dtype) {
    List<Supplier<Race>> races = new ArrayList<>();
    for (GemmVariant variant : GemmVariant.values()) {
      Stream.concat(SQUARES.stream(), LAYERS.stream())
          .forEach(layer -> races.add(() -> raceBesideDl4j(group, dtype, variant, layer)));
    }
    return races;
  }

  static Race raceBesideDl4j(String group, DType dtype, GemmVariant variant, String layer) {
    Problem problem = Problem.of(dtype, variant, layer);
    Supplier<Problem.Expected> expected = once(problem::expected);
    return new Race(
        cell(group, problem, layer),
        List.of(
            contender(Library.LANEWISE, expected, LanewiseGemm.product(problem, 1)),
            contender(Library.DL4J, expected, Nd4jGemm.product(problem))),
        true);
  }

  private static Cell cell(String group, Problem problem, String layer) {
    DType dtype = problem.dtype();
    double bytes =
        (double) dtype.bytes() * (problem.a().size() + problem.b().size() + problem.sizeOfC());
    return new Cell(
        group,
        dtype,
        List.of(
            dtype.toString().toLowerCase(Locale.ROOT),
            problem.variant().toString(),
            layer.replace('x', '×')),
        problem.flop(),
        bytes,
        1);
  }

  static Race race(String group, DType dtype, GemmVariant variant, String layer, int threads) {
    Problem problem = Problem.of(dtype, variant, layer);
    Supplier<Problem.Expected> expected = once(problem::expected);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(contender(Library.LANEWISE, expected, LanewiseGemm.product(problem, threads)));
    contenders.add(contender(Library.OPENBLAS, expected, OpenBlas.product(problem, threads)));
    contenders.add(contender(Library.LIBTORCH, expected, LibTorch.product(problem, threads)));
    if (threads == 1 && problem.flop() <= 2 * MOST_IN_JAVA) {
      contenders.add(contender(Library.VECTORBLAS, expected, VectorBlas.product(problem)));
      contenders.add(contender(Library.EJML, expected, Ejml.product(problem)));
      contenders.add(contender(Library.OJALGO, expected, OjAlgo.product(problem)));
    }
    if (threads == 1 && problem.flop() <= 2 * MOST_IN_SCALARS) {
      contenders.add(contender(Library.SCALAR, expected, LanewiseGemm.scalar(problem)));
    }
    return new Race(cell(group, problem, layer), contenders, threads == 1);
  }

  private static Contender contender(
      Library library, Supplier<Problem.Expected> expected, Product product) {
    return new Contender(
        library,
        product.multiply(),
        () -> expected.get().verify(library, product.result()),
        product.close());
  }

  private static <T> Supplier<T> once(Supplier<T> supplier) {
    AtomicReference<@Nullable T> kept = new AtomicReference<>();
    return () -> {
      T value = kept.get();
      if (value == null) {
        value = supplier.get();
        kept.set(value);
      }
      return value;
    };
  }
}
