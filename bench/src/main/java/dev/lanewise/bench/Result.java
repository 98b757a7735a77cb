package dev.lanewise.bench;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/// What one benchmark with one set of parameters reached.
///
/// @param name the class and method, for example `GemmBenchmark.product`
/// @param parameters the values of its parameters
/// @param score JMH's score, the mean over all forks
/// @param unit the score's unit
/// @param gflops GFLOP/s of each fork, the median of its iterations
/// @param fractions the same as fractions of the peak measured before each iteration
/// @param garbage of each fork
public record Result(
    String name,
    String parameters,
    double score,
    String unit,
    List<Double> gflops,
    List<Double> fractions,
    Garbage garbage) {

  /// Forks that are further apart than this are two programs, not one measured twice.
  private static final double TOLERATED_SPREAD = 0.15;

  /// The result of a run of JMH with a counter `flop` and one `peak`.
  ///
  /// @param run one benchmark with one set of parameters
  public static Result of(RunResult run) {
    return new Result(
        name(run),
        parameters(run),
        run.getPrimaryResult().getScore(),
        run.getPrimaryResult().getScoreUnit(),
        perFork(run, Result::gflops),
        perFork(run, iteration -> gflops(iteration) / counter(iteration, "peak")),
        Garbage.of(run));
  }

  /// The class and method of a benchmark, for example `GemmBenchmark.product`.
  static String name(RunResult run) {
    String full = run.getParams().getBenchmark();
    return full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
  }

  /// The values of a benchmark's parameters.
  static String parameters(RunResult run) {
    return run.getParams().getParamsKeys().stream()
        .map(run.getParams()::getParam)
        .collect(Collectors.joining(" "));
  }

  /// GFLOP/s, the median over the forks.
  public double medianGflops() {
    return median(gflops);
  }

  /// The fraction of the peak, the median over the forks.
  public double medianFraction() {
    return median(fractions);
  }

  /// Whether the fastest and the slowest fork are too far apart. The fractions are compared,
  /// because they leave out what the machine was busy with.
  public boolean isTorn() {
    double slowest = Collections.min(fractions);
    double fastest = Collections.max(fractions);
    return slowest < (1 - TOLERATED_SPREAD) * fastest;
  }

  private static List<Double> perFork(RunResult run, ToDoubleFunction<IterationResult> figure) {
    return run.getBenchmarkResults().stream().map(fork -> medianOf(fork, figure)).toList();
  }

  private static double medianOf(BenchmarkResult fork, ToDoubleFunction<IterationResult> figure) {
    return median(fork.getIterationResults().stream().mapToDouble(figure));
  }

  private static double gflops(IterationResult iteration) {
    return counter(iteration, "flop") / 1e9;
  }

  static double counter(IterationResult iteration, String name) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get(name), name).getScore();
  }

  /// The middle value, or the mean of the two middle ones.
  ///
  /// @param values at least one
  public static double median(List<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
