package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which kernels a JVM chooses; each test asks a JVM of its own.
class KernelsTest {
  private static final List<String> WITH_MODULE = List.of("--add-modules", "jdk.incubator.vector");

  @Test
  void withTheModuleTheyAreTheVectorKernels() throws Exception {
    Answer answer = ask(WITH_MODULE);
    assertEquals(0, answer.status, answer.text);
    assertTrue(answer.text.contains("vector kernels, "), answer.text);
  }

  @Test
  void withoutTheModuleTheyAreTheScalarKernelsAndAWarningSaysWhatToDo() throws Exception {
    Answer answer = ask(List.of());
    assertEquals(0, answer.status, answer.text);
    assertTrue(answer.text.contains("scalar kernels, 1 float lanes"), answer.text);
    assertTrue(answer.text.contains("WARN"), answer.text);
    assertTrue(answer.text.contains("--add-modules jdk.incubator.vector"), answer.text);
  }

  @Test
  void thePropertyForcesTheScalarKernelsWithoutAWarning() throws Exception {
    Answer answer = ask(WITH_MODULE, "-Dlanewise.kernels=scalar");
    assertEquals(0, answer.status, answer.text);
    assertTrue(answer.text.contains("scalar kernels, "), answer.text);
    assertFalse(answer.text.contains("WARN "), answer.text);
  }

  @Test
  void theVectorKernelsWithoutTheModuleAreAnError() throws Exception {
    Answer answer = ask(List.of(), "-Dlanewise.kernels=vector");
    assertEquals(1, answer.status, answer.text);
    assertTrue(
        answer.text.contains(
            "-Dlanewise.kernels=vector cannot be met: start Java with --add-modules"),
        answer.text);
  }

  @Test
  void anUnknownChoiceIsAnError() throws Exception {
    Answer answer = ask(WITH_MODULE, "-Dlanewise.kernels=quick");
    assertEquals(1, answer.status, answer.text);
    assertTrue(
        answer.text.contains(
            "-Dlanewise.kernels=quick is not a choice: expected scalar or vector."),
        answer.text);
  }

  private record Answer(int status, String text) {}

  private static Answer ask(List<String> module, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(module);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Say.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  /// The child's program.
  static final class Say {
    private Say() {}

    public static void main(String[] arguments) {
      float[] y = {0};
      Kernels.FLOAT.add(1, new float[] {1}, 0, new float[] {2}, 0, y, 0);
      System.out.println(Kernels.description() + "; 1 + 2 = " + y[0]);
    }
  }
}
