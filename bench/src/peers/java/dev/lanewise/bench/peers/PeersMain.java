package dev.lanewise.bench.peers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.bench.BenchMain;
import dev.lanewise.core.kernel.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Measures public libraries beside ours. A fork is a JVM for one group of cells, in which all
/// libraries take turns; the forks of a group are spread over the whole run.
@Command(
    name = "lanewise bench --peers",
    description = "Measures public libraries beside Lanewise, in the same run and on equal data.",
    mixinStandardHelpOptions = true)
public final class PeersMain implements Callable<Integer> {
  /// The least exit code of a process that a signal ended.
  private static final int ENDED_BY_SIGNAL = 128;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      split = ",",
      converter = Titles.class,
      completionCandidates = Titles.class,
      description =
          "what to measure: ${COMPLETION-CANDIDATES}; -4 is on four threads, -dl4j beside DL4J"
              + " alone; all if not given")
  private Set<Group> groups = EnumSet.allOf(Group.class);

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "5",
      description = "how many JVMs measure each group (default: ${DEFAULT-VALUE})")
  private int forks;

  @Option(names = "--quick", description = "a third of the rounds, for a first impression")
  private boolean quick;

  /// Whether a library's native code has ended a fork.
  private boolean crashed;

  /// Groups by the names that users write.
  static final class Titles implements ITypeConverter<Group>, Iterable<String> {
    @Override
    public Group convert(String title) {
      try {
        return Group.of(title);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Group.values()).map(Group::title).iterator();
    }
  }

  private PeersMain() {}

  /// The command.
  ///
  /// @param arguments its options
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PeersMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    try {
      List<Outcome> outcomes = measure(groups, BenchMain.resultFile("peers"));
      return garbage(outcomes) || crashed ? 1 : 0;
    } catch (IOException e) {
      throw new IllegalStateException("The measurement failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /// Says which of our kernels left garbage, which none may.
  private static boolean garbage(List<Outcome> outcomes) {
    boolean found = false;
    for (Outcome outcome : outcomes) {
      if (outcome.garbage() > 0) {
        found = true;
        System.err.printf(
            Locale.ROOT,
            "lanewise bench: %s, fork %d: a call allocates %.0f bytes but must not%n",
            outcome.cell(),
            outcome.fork(),
            outcome.garbage());
      }
    }
    return found;
  }

  /// Measures, and writes after each fork what there is: who stops the run has the forks so far.
  private List<Outcome> measure(Set<Group> chosen, Path json)
      throws IOException, InterruptedException {
    Instant begin = Instant.now();
    List<Outcome> outcomes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int fork = 1; fork <= forks; fork++) {
      for (Group group : chosen) {
        Instant start = Instant.now();
        Optional<List<Outcome>> measured = fork(group, fork);
        if (measured.isEmpty()) {
          crashed = true;
          System.err.printf(
              "lanewise bench: a library crashed in fork %d of %s, whose figures are missing%n",
              fork, group.title());
          continue;
        }
        outcomes.addAll(measured.get());
        System.err.printf(
            Locale.ROOT,
            "fork %d of %d: %-12s %3d s, load %.1f%n",
            fork,
            forks,
            group.title(),
            Duration.between(start, Instant.now()).toSeconds(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        lines = report(outcomes, json, Duration.between(begin, Instant.now()));
      }
    }
    lines.forEach(System.out::println);
    return outcomes;
  }

  /// Runs a group in a JVM of its own: some libraries take their number of threads from the
  /// environment alone, and none can be asked to let go of its threads.
  ///
  /// @return what it measured; nothing if a library's native code crashed
  private Optional<List<Outcome>> fork(Group group, int fork)
      throws IOException, InterruptedException {
    Path results = Files.createTempFile("lanewise-fork", ".json");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              System.getProperty("java.class.path"),
              ForkMain.class.getName(),
              group.title(),
              Integer.toString(fork),
              quick ? "quick" : "usual",
              results.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      // Large pages for the native libraries too, as the launcher asks for them for the JVM's heap.
      builder.environment().put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
      String threads = Integer.toString(group.threads());
      builder.environment().put("OPENBLAS_NUM_THREADS", threads);
      builder.environment().put("OPENBLAS_THREAD_TIMEOUT", "22"); // spins 2²² cycles, not 2²⁸
      builder.environment().put("OMP_NUM_THREADS", threads);
      builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
      builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
      int exit = builder.start().waitFor();
      if (exit >= ENDED_BY_SIGNAL) {
        return Optional.empty();
      }
      if (exit != 0) {
        throw new IOException("fork " + fork + " of " + group.title() + " ended with " + exit);
      }
      return Optional.of(
          new ObjectMapper().readValue(results.toFile(), new TypeReference<List<Outcome>>() {}));
    } finally {
      Files.delete(results);
    }
  }

  private static List<Summary> summaries(List<Outcome> outcomes) {
    Map<Cell, List<Outcome>> byCell = new LinkedHashMap<>();
    outcomes.forEach(
        outcome -> byCell.computeIfAbsent(outcome.cell(), key -> new ArrayList<>()).add(outcome));
    return byCell.entrySet().stream()
        .map(entry -> new Summary(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Writes the files.
  ///
  /// @return what to print: the tables, and where the files are
  private List<String> report(List<Outcome> outcomes, Path json, Duration duration)
      throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), outcomes);
    List<Summary> summaries = summaries(outcomes);
    List<String> lines = new ArrayList<>();
    lines.add(
        "Java %s, %s, %d processors%s; %d forks in %d minutes%s."
            .formatted(
                Runtime.version(),
                Kernels.description(),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                outcomes.getLast().fork(),
                duration.toMinutes(),
                quick ? ", quick" : ""));
    for (Group group : Group.values()) {
      if (summaries.stream().anyMatch(each -> each.cell().group().equals(group.title()))) {
        lines.add("");
        lines.addAll(new PeerTable(group, summaries).lines());
      }
    }
    Path markdown = json.resolveSibling(json.getFileName().toString().replace(".json", ".md"));
    Files.write(markdown, lines);
    lines.add("");
    lines.add("Tables: " + markdown + ", figures: " + json);
    for (int threads : new int[] {1, 4}) {
      Rooflines.plot(threads, summaries, json).ifPresent(file -> lines.add("Plot: " + file));
    }
    return lines;
  }

  /// The processor's name where the system tells it.
  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return "";
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
        .orElse("");
  }
}
