package dev.lanewise.gradcheck.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Shows that laws see what is wrong.
final class Breaking {
  static final Shape SHAPE = Shape.of(5, 3);

  private Breaking() {}

  /// A wrong op and the law it must break.
  record Wrong(String mistake, Law law, GradientFunction function) {}

  static Wrong wrong(String mistake, Law law, Op<?> op) {
    return new Wrong(mistake, law, of(op));
  }

  static GradientFunction of(Op<?> op) {
    return (graph, inputs) -> graph.apply(op, inputs.byName().values().toArray(Node[]::new));
  }

  static Problem problem(GradientFunction function, String... inputs) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (String name : inputs) {
      named.put(name, CheckInputs.normal(SHAPE, Key.of(7).with(name)));
    }
    return new Problem("wrong", Key.of(3), named, new Parameters(Map.of()), function);
  }

  static List<Finding> broken(Law law, GradientFunction function, String... inputs) {
    return Laws.broken(problem(function, inputs), Key.of(4), List.of(law));
  }

  /// A test for each: the law sees it.
  static Stream<DynamicTest> tests(List<Wrong> all, String... inputs) {
    return all.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.law().name() + ": " + each.mistake(), () -> requireBroken(each, inputs)));
  }

  private static void requireBroken(Wrong each, String... inputs) {
    List<Finding> findings = broken(each.law(), each.function(), inputs);
    assertFalse(findings.isEmpty(), () -> each.law().name() + " does not see: " + each.mistake());
    assertEquals(each.law().name(), findings.getFirst().law());
  }
}
