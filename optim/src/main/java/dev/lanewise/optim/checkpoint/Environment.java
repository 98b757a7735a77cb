package dev.lanewise.optim.checkpoint;

import dev.lanewise.core.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the bits of a result depend on besides settings and data. Trainings give equal weights to
/// the bit where all of it is equal; elsewhere they are only close.
///
/// @param lanewise the version of this library
/// @param kernels which kernels compute, and how wide
/// @param jdk the Java version and the virtual machine
/// @param cpu the processor: its architecture, and where the system tells them, its name and those
///     of its features that kernels are made of
public record Environment(String lanewise, String kernels, String jdk, String cpu) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /// This machine and this program.
  ///
  /// @return the environment
  public static Environment here() {
    return new Environment(
        Objects.requireNonNullElse(
            Environment.class.getPackage().getImplementationVersion(), "unpackaged"),
        Kernels.description(),
        Runtime.version() + ", " + System.getProperty("java.vm.name"),
        processor());
  }

  /// What is different elsewhere.
  ///
  /// @param other another environment
  /// @return a phrase for each difference, as in `the JDK was A and is B` where `other` is now;
  ///     empty if equal bits can be expected
  public List<String> differences(Environment other) {
    List<String> differences = new ArrayList<>();
    compare(differences, "the version of lanewise", lanewise, other.lanewise);
    compare(differences, "the kernels", kernels, other.kernels);
    compare(differences, "the JDK", jdk, other.jdk);
    compare(differences, "the processor", cpu, other.cpu);
    return differences;
  }

  private static void compare(List<String> differences, String what, String was, String is) {
    if (!was.equals(is)) {
      differences.add(what + ": was '" + was + "', is '" + is + "'");
    }
  }

  private static String processor() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try {
      List<String> lines = Files.readAllLines(CPU_INFO);
      return architecture
          + ", "
          + field(lines, "model name")
          + ", "
          + Arrays.stream((field(lines, "flags") + " " + field(lines, "Features")).split("\\s+"))
              .filter(flag -> flag.matches("(avx|fma|asimd|sve|sse4).*"))
              .sorted()
              .collect(Collectors.joining(" "));
    } catch (IOException e) {
      Logger log = LoggerFactory.getLogger(Environment.class);
      log.warn("{} cannot be read ({}): the processor is called {}.", CPU_INFO, e, architecture);
      return architecture;
    }
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.indexOf(':') >= 0)
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
