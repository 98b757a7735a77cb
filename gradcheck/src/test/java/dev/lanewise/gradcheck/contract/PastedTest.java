package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests that failure messages offer compile, and fail.
class PastedTest {
  private static final Pattern PASTED = Pattern.compile("(?m)^  @Test\n(.*\n)*?^  }\n");

  private static final String SOURCE =
      """
      package dev.lanewise.gradcheck.contract;

      import dev.lanewise.core.graph.*;
      import dev.lanewise.core.op.*;
      import dev.lanewise.core.random.Key;
      import dev.lanewise.core.tensor.*;
      import dev.lanewise.gradcheck.*;
      import java.util.*;
      import org.junit.jupiter.api.Test;

      class %s implements %s {
      %s}
      """;

  @TempDir Path folder;

  /// An op whose gradient loses its sign.
  interface OfOp extends OpContract {
    @Override
    default Op<?> op() {
      return Mistake.SCALE_LOSES_THE_SIGN.op();
    }

    @Override
    default Arbitrary<List<Shape>> shapes() {
      return Shapes.alike(1);
    }
  }

  /// A layer whose bias has a wrong gradient.
  interface OfLayer extends LayerContract {
    record Biased(Parameter bias, Op<?> op) implements Layer {
      @Override
      public Node apply(Node x) {
        return x.graph().apply(op, x, x.graph().parameter(bias));
      }
    }

    @Override
    default Layer layer(Shape input) {
      Parameter bias = Parameter.of(DoubleTensor.vector(new double[input.dim(1)]));
      return new Biased(bias, Mistake.ROW_VECTOR_TAKES_THE_MEAN_OVER_ROWS.op());
    }
  }

  /// A loss that divides twice.
  interface OfLoss extends LossContract {
    @Override
    default Loss loss() {
      return (y, t) -> y.graph().apply(Mistake.SUM_DIVIDES_TWICE.op(), y);
    }

    @Override
    default Tensor target(Shape prediction, Key key) {
      return CheckInputs.normal(prediction, key);
    }
  }

  /// A layer whose rows know of each other, but with the right gradient.
  interface OfRows extends LayerContract {
    @Override
    default Layer layer(Shape input) {
      return x ->
          x.graph()
              .apply(new AddRowVector(), x, x.graph().apply(new ProtocolMistakes.ColumnSums(), x));
    }
  }

  @Test
  void anOpsTestFails() throws Exception {
    String message =
        assertThrows(
                AssertionError.class,
                () -> new OfOp() {}.hasRightGradients(List.of(Shape.of(3, 5)), 17))
            .getMessage();
    assertTrue(message.startsWith("Scale* []"), message);
    assertTrue(message.contains("seed 17"), message);
    assertTrue(message.contains("input0 at x = 0.0: analytic"), message);
    assertTrue(message.contains("It was found with Scale* [3,5]"), message);
    assertFails(OfOp.class, message);
  }

  @Test
  void aGraphsTestFails() throws Exception {
    Mistake mistake = Mistake.MULTIPLY_MIXES_UP_ITS_INPUTS;
    Dag dag =
        new Dag(
            List.of(
                new Dag.Leaf(CheckInputs.normal(Shape.of(2, 3), Key.of(1))),
                new Dag.Leaf(CheckInputs.normal(Shape.of(2, 3), Key.of(2))),
                new Dag.Apply(mistake.op(), List.of(0, 1))));
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> Verification.requireNoFailure(new DagSpecimen(dag), DagSpecimen.checker(5)));
    assertTrue(error.getMessage().contains("[1,1]"), error::getMessage);
    assertFails(OfOp.class, error.getMessage());
  }

  @Test
  void aLayersTestFails() throws Exception {
    String message =
        assertThrows(
                AssertionError.class, () -> new OfLayer() {}.hasRightGradients(Shape.of(5, 7), 3))
            .getMessage();
    assertTrue(message.startsWith("Biased x[2,1] bias[1] fails"), message);
    assertFails(OfLayer.class, message);
  }

  @Test
  void aLosssTestFails() throws Exception {
    String message =
        assertThrows(
                AssertionError.class, () -> new OfLoss() {}.hasRightGradients(Shape.of(5, 7), 3))
            .getMessage();
    assertTrue(message.contains("prediction[1,1]"), message);
    assertFails(OfLoss.class, message);
  }

  @Test
  void theTestOfALawFails() throws Exception {
    String message =
        assertThrows(
                AssertionError.class,
                () -> new OfRows() {}.keepsTheLawsItDeclares(Shape.of(5, 7), 3))
            .getMessage();
    assertTrue(message.contains("keepsTheLawsItDeclares(Shape.of(2, 1), 3);"), message);
    assertTrue(message.contains("rows are independent"), message);
    assertFails(OfRows.class, message);
  }

  /// Compiles what the message says to paste into the test class, and runs it.
  private void assertFails(Class<?> test, String message) throws Exception {
    Matcher pasted = PASTED.matcher(message);
    assertTrue(pasted.find(), () -> "no test in " + message);
    String method = pasted.group().replaceFirst("  @Test\n", "");
    String name = "Again" + Integer.toHexString(method.hashCode());
    String source = SOURCE.formatted(name, test.getCanonicalName(), pasted.group());
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), "-cp", classPath(), file.toString());
    assertEquals(0, result, () -> "does not compile:\n" + source);
    Path compiled =
        folder.resolve(getClass().getPackageName().replace('.', '/')).resolve(name + ".class");
    // In this package and by this loader, because the mistakes are visible here alone.
    Class<?> again = MethodHandles.lookup().defineClass(Files.readAllBytes(compiled));
    Constructor<?> constructor = again.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    Method run = again.getDeclaredMethod(method.replaceAll("(?s).*?void (\\w+).*", "$1"));
    run.setAccessible(true);
    Throwable thrown =
        assertThrows(InvocationTargetException.class, () -> run.invoke(instance)).getCause();
    assertInstanceOf(AssertionError.class, thrown, source);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
