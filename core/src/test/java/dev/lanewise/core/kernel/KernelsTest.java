package dev.lanewise.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which kernels a JVM chooses; each test asks a JVM of its own.
class KernelsTest {
  @Test
  void withTheModuleTheyAreTheVectorKernels() throws Exception {
    Child answer = Child.run(Say.class, List.of());
    assertEquals(0, answer.status(), answer.text());
    assertTrue(answer.text().contains("vector kernels, "), answer.text());
  }

  @Test
  void withoutTheModuleTheyAreTheScalarKernelsAndAWarningSaysWhatToDo() throws Exception {
    Child answer = Child.run(List.of(), Say.class, List.of());
    assertEquals(0, answer.status(), answer.text());
    assertTrue(answer.text().contains("scalar kernels, 1 float lanes"), answer.text());
    assertTrue(answer.text().contains("WARN"), answer.text());
    assertTrue(answer.text().contains("--add-modules jdk.incubator.vector"), answer.text());
  }

  @Test
  void thePropertyForcesTheScalarKernelsWithoutAWarning() throws Exception {
    Child answer = Child.run("-Dlanewise.kernels=scalar", Say.class);
    assertEquals(0, answer.status(), answer.text());
    assertTrue(answer.text().contains("scalar kernels, "), answer.text());
    assertFalse(answer.text().contains("WARN "), answer.text());
  }

  @Test
  void theVectorKernelsWithoutTheModuleAreAnError() throws Exception {
    Child answer = Child.run(List.of("-Dlanewise.kernels=vector"), Say.class, List.of());
    assertEquals(1, answer.status(), answer.text());
    assertTrue(
        answer
            .text()
            .contains("-Dlanewise.kernels=vector cannot be met: start Java with --add-modules"),
        answer.text());
  }

  @Test
  void anUnknownChoiceIsAnError() throws Exception {
    Child answer = Child.run("-Dlanewise.kernels=quick", Say.class);
    assertEquals(1, answer.status(), answer.text());
    assertTrue(
        answer
            .text()
            .contains("-Dlanewise.kernels=quick is not a choice: expected scalar or vector."),
        answer.text());
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
