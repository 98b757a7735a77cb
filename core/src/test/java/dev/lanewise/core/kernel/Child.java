package dev.lanewise.core.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A JVM that has ended.
///
/// @param status its exit status
/// @param text what it wrote to standard output and error
record Child(int status, String text) {
  private static final List<String> VECTOR_MODULE =
      List.of("--add-modules", "jdk.incubator.vector");

  /// Executes a program of the tests with the vector module.
  static Child run(Class<?> main, Collection<String> arguments)
      throws IOException, InterruptedException {
    return run(VECTOR_MODULE, main, arguments);
  }

  /// Executes a program of the tests with the vector module and more options.
  static Child run(String option, Class<?> main) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(VECTOR_MODULE);
    options.add(option);
    return run(options, main, List.of());
  }

  /// Executes a program of the tests with the given options alone.
  static Child run(List<String> options, Class<?> main, Collection<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Child(process.waitFor(), text);
  }
}
