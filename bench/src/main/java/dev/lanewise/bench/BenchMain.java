package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks whose names match regular expressions, all of them if none is given, and
/// prints what they reach of the processor's peak. A kernel that leaves garbage is named at the
/// end, and the command fails. Takes JMH's options (`-h` lists them); the results are also written
/// as JSON, under `runs` unless `-rff` names a file.
public final class BenchMain {
  private BenchMain() {}

  /// The command.
  ///
  /// @param arguments regular expressions and JMH's options
  /// @throws IOException if the results cannot be written
  /// @throws RunnerException if a benchmark fails
  public static void main(String[] arguments) throws IOException, RunnerException {
    CommandLineOptions wish = parse(arguments);
    if (wish.shouldHelp()) {
      wish.showHelp();
    } else if (wish.shouldList()) {
      new Runner(wish).list();
    } else {
      System.exit(run(wish));
    }
  }

  /// Reads JMH's options, or ends the program with a message.
  ///
  /// @param arguments the command's
  public static CommandLineOptions parse(String[] arguments) {
    try {
      return new CommandLineOptions(arguments);
    } catch (CommandLineOptionException e) {
      System.err.println("lanewise bench: " + e.getMessage());
      System.exit(2);
      throw new AssertionError(e);
    }
  }

  /// Runs benchmarks.
  ///
  /// @return the exit code: 1 if a kernel left garbage
  private static int run(CommandLineOptions wish) throws IOException, RunnerException {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.err.println("lanewise bench: start Java with --add-modules jdk.incubator.vector.");
      return 2;
    }
    String file = wish.getResult().orElse(resultFile("bench").toString());
    Options options =
        new OptionsBuilder()
            .parent(wish)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(file)
            .build();
    Collection<RunResult> runs = new Runner(options).run();
    List<ElementwiseResult> elementwise =
        runs.stream().filter(ElementwiseResult::isOne).map(ElementwiseResult::of).toList();
    if (!elementwise.isEmpty()) {
      ElementwiseResult.lines(elementwise).forEach(System.out::println);
    }
    List<Result> results =
        runs.stream().filter(run -> !ElementwiseResult.isOne(run)).map(Result::of).toList();
    if (!results.isEmpty()) {
      Report.lines(results).forEach(System.out::println);
    }
    System.out.println("The results are in " + file + ".");
    List<String> complaints = Garbage.complaints(runs);
    complaints.forEach(complaint -> System.err.println("lanewise bench: " + complaint));
    return complaints.isEmpty() ? 0 : 1;
  }

  /// A new file under `runs`.
  ///
  /// @param kind what its name begins with
  /// @throws IOException if the folder cannot be made
  public static Path resultFile(String kind) throws IOException {
    Path folder = Files.createDirectories(Path.of("runs"));
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return folder.resolve(kind + "-" + time + ".json");
  }
}
