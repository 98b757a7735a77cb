package dev.lanewise.bench.peers;

import dev.lanewise.bench.BenchMain;
import dev.lanewise.bench.Result;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.tensor.DType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures the matrix products of public libraries beside ours, and prints a table of ratios.
///
/// A round gives every product one fork per library, one library right after the other; the rounds
/// (`-f`, five if not given) follow each other, so that the forks of one library are spread over
/// the whole run. Takes JMH's options; `-p layer=… -p dtype=… -p variant=… -p library=…` choose a
/// part. The results are also written as JSON, under `runs` unless `-rff` names a file.
public final class PeersMain {
  private static final int ROUNDS = 5;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "1", "OMP_WAIT_POLICY", "PASSIVE");

  /// Batch × inputs × outputs: squares, then the layers of small networks on images of 28 × 28.
  private static final List<String> LAYERS =
      List.of(
          "16x16x16",
          "32x32x32",
          "64x64x64",
          "128x128x128",
          "256x256x256",
          "512x512x512",
          "1024x1024x1024",
          "2048x2048x2048",
          "128x784x512",
          "128x512x256",
          "128x256x10",
          "32x784x128",
          "1x784x512");

  private PeersMain() {}

  /// The command.
  ///
  /// @param arguments JMH's options
  /// @throws IOException if the results cannot be written
  /// @throws RunnerException if a benchmark fails, for example because a library's result is wrong
  public static void main(String[] arguments) throws IOException, RunnerException {
    CommandLineOptions wish = BenchMain.parse(arguments);
    if (wish.shouldHelp()) {
      wish.showHelp();
      return;
    }
    requireOneThread();
    String file = wish.getResult().orElse(BenchMain.resultFile("peers").toString());
    List<Library> libraries = chosen(wish, "library", Library.class);
    List<Cell> cells = cells(wish, libraries);
    if (cells.isEmpty()) {
      System.err.println("lanewise bench: Lanewise and at least one peer must be chosen.");
      System.exit(2);
    }
    Map<Cell, Map<Library, RunResult>> runs = measure(wish, libraries, cells);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, file)
        .writeOut(runs.values().stream().flatMap(run -> run.values().stream()).toList());
    List<Comparison> comparisons = new ArrayList<>();
    runs.forEach((cell, byLibrary) -> comparisons.add(comparison(cell, byLibrary)));
    System.out.println();
    System.out.println("Java " + Runtime.version() + ", " + Kernels.description() + "; GFLOP/s.");
    System.out.println();
    PeerTable.lines(libraries, comparisons).forEach(System.out::println);
    System.out.println("The results are in " + file + ".");
  }

  /// Some libraries take their number of threads from the environment alone, which a running JVM
  /// cannot change.
  private static void requireOneThread() {
    List<String> missing =
        ENVIRONMENT.entrySet().stream()
            .filter(wanted -> !wanted.getValue().equals(System.getenv(wanted.getKey())))
            .map(wanted -> wanted.getKey() + "=" + wanted.getValue())
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      System.err.println(
          "lanewise bench: the peers need the environment variables "
              + String.join(" ", missing)
              + "; ./lanewise bench --peers sets them.");
      System.exit(2);
    }
  }

  private static List<Cell> cells(CommandLineOptions wish, List<Library> libraries) {
    List<Cell> cells = new ArrayList<>();
    for (DType dtype : chosen(wish, "dtype", DType.class)) {
      for (GemmVariant variant : chosen(wish, "variant", GemmVariant.class)) {
        for (String layer : wish.getParameter("layer").orElse(LAYERS)) {
          Cell cell = new Cell(layer, dtype, variant);
          if (libraries.contains(Library.LANEWISE)
              && libraries.stream().filter(cell::suits).count() > 1) {
            cells.add(cell);
          }
        }
      }
    }
    return cells;
  }

  private static <E extends Enum<E>> List<E> chosen(
      CommandLineOptions wish, String parameter, Class<E> type) {
    Collection<String> all = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return wish.getParameter(parameter).orElse(all).stream()
        .map(name -> Enum.valueOf(type, name))
        .toList();
  }

  private static Map<Cell, Map<Library, RunResult>> measure(
      CommandLineOptions wish, List<Library> libraries, List<Cell> cells) throws RunnerException {
    int rounds = wish.getForkCount().orElse(ROUNDS);
    Map<Cell, Map<Library, RunResult>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Cell cell : cells) {
        String[] suitable =
            libraries.stream().filter(cell::suits).map(Library::name).toArray(String[]::new);
        Map<Library, RunResult> row =
            runs.computeIfAbsent(cell, key -> new EnumMap<>(Library.class));
        StringBuilder progress =
            new StringBuilder("round %d of %d: %s:".formatted(round + 1, rounds, cell));
        for (RunResult run : new Runner(options(wish, cell, suitable)).run()) {
          Library library = Library.valueOf(run.getParams().getParam("library"));
          row.merge(library, run, PeersMain::together);
          progress.append(
              " %s %.0f %%".formatted(library.title(), 100 * Result.of(run).medianFraction()));
        }
        System.err.println(progress);
      }
    }
    return runs;
  }

  private static Options options(CommandLineOptions wish, Cell cell, String[] libraries) {
    return new OptionsBuilder()
        .parent(wish)
        .include(PeerGemmBenchmark.class.getName())
        .param("layer", cell.layer())
        .param("dtype", cell.dtype().name())
        .param("variant", cell.variant().name())
        .param("library", libraries)
        .forks(1)
        .shouldFailOnError(true)
        .verbosity(wish.verbosity().orElse(VerboseMode.SILENT))
        .build();
  }

  private static RunResult together(RunResult earlier, RunResult later) {
    List<BenchmarkResult> forks = new ArrayList<>(earlier.getBenchmarkResults());
    forks.addAll(later.getBenchmarkResults());
    return new RunResult(earlier.getParams(), forks);
  }

  private static Comparison comparison(Cell cell, Map<Library, RunResult> runs) {
    Map<Library, Result> results = new EnumMap<>(Library.class);
    runs.forEach((library, run) -> results.put(library, Result.of(run)));
    return new Comparison(cell, results);
  }
}
