package dev.lanewise.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/// What the element-wise kernels reached, and what their rivals did.
///
/// @param name function, element type and number of elements
/// @param bytes of a read and a write of one element
/// @param forks the figures of each fork
/// @param garbage of each fork
record ElementwiseResult(String name, int bytes, List<Figures> forks, Garbage garbage) {
  /// Nanoseconds per element, the medians over a fork's iterations.
  ///
  /// @param kernel the kernel
  /// @param jdk the JDK's vector functions
  /// @param math a loop around [Math]
  /// @param scalar the scalar kernel
  /// @param copy a copy of the array
  record Figures(double kernel, double jdk, double math, double scalar, double copy) {
    /// How many times as fast as the better of the JDK's two ways.
    double lead() {
      return Math.min(jdk, math) / kernel;
    }
  }

  static boolean isOne(RunResult run) {
    return run.getParams().getBenchmark().startsWith(ElementwiseBenchmark.class.getName() + ".");
  }

  static ElementwiseResult of(RunResult run) {
    String dtype = run.getParams().getParam("dtype");
    String name =
        run.getParams().getParam("function") + " " + dtype + " " + run.getParams().getParam("size");
    return new ElementwiseResult(
        name.toLowerCase(Locale.ROOT),
        dtype.equals("FLOAT64") ? 16 : 8,
        run.getBenchmarkResults().stream().map(ElementwiseResult::figures).toList(),
        Garbage.of(run));
  }

  /// The table of some results.
  static List<String> lines(List<ElementwiseResult> results) {
    List<String> lines = results.stream().map(ElementwiseResult::line).collect(Collectors.toList());
    lines.addFirst(
        "%-30s %8s %8s %8s %8s %7s %6s %7s %6s  %s"
            .formatted(
                "ns/element",
                "kernel",
                "JDK",
                "Math",
                "scalar",
                "GB/s",
                "copy",
                "lead",
                "B/op",
                "each"));
    return lines;
  }

  String line() {
    double kernel = median(forks.stream().map(Figures::kernel).toList());
    double copy = median(forks.stream().map(fork -> fork.copy() / fork.kernel()).toList());
    return String.format(
        Locale.ROOT,
        "%-30s %8.3f %8.3f %8.3f %8.3f %7.1f %5.0f%% %6.2fx %6.0f  %s",
        name,
        kernel,
        median(forks.stream().map(Figures::jdk).toList()),
        median(forks.stream().map(Figures::math).toList()),
        median(forks.stream().map(Figures::scalar).toList()),
        bytes / kernel,
        100 * copy,
        median(forks.stream().map(Figures::lead).toList()),
        garbage.most(),
        forks.stream()
            .map(fork -> String.format(Locale.ROOT, "%.2f", fork.lead()))
            .collect(Collectors.joining(" ")));
  }

  private static Figures figures(BenchmarkResult fork) {
    List<IterationResult> iterations = List.copyOf(fork.getIterationResults());
    return new Figures(
        median(iterations.stream().map(i -> 1e9 / Result.counter(i, "elements")).toList()),
        median(iterations.stream().map(i -> Result.counter(i, "jdk")).toList()),
        median(iterations.stream().map(i -> Result.counter(i, "math")).toList()),
        median(iterations.stream().map(i -> Result.counter(i, "scalar")).toList()),
        median(iterations.stream().map(i -> Result.counter(i, "copy")).toList()));
  }

  private static double median(List<Double> values) {
    return Result.median(values);
  }
}
