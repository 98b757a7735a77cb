package dev.lanewise.gradcheck.large;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.problem.GradientFunction;
import java.util.LinkedHashMap;
import java.util.Map;

/// Functions of many coordinates, some of which have a wrong derivative.
///
/// @param inputs the variables
/// @param function the function
record Large(Map<String, Tensor> inputs, GradientFunction function) {
  static final Parameters NO_PARAMETERS = new Parameters(Map.of());

  private static final Key KEY = Key.of(7);
  private static final int[] WIDTHS = {60, 100, 38, 10};
  private static final int BATCH = 8;

  /// `y = tanh(a·X) B` of 1,000,000 coordinates, 3 outputs.
  static Large million(Faulty faulty) {
    int size = 1000;
    Tensor x = CheckInputs.normal(Shape.of(size, size), KEY.with("x"));
    Tensor a = CheckInputs.normal(Shape.of(1, size), KEY.with("a"));
    for (int i = 0; i < size; i++) {
      a.setFlat(i, a.getFlat(i) / Math.sqrt(size));
    }
    Tensor b = CheckInputs.normal(Shape.of(size, 3), KEY.with("b"));
    return new Large(
        Map.of("x", x),
        (graph, nodes) -> {
          Node given = graph.apply(faulty, nodes.get("x"));
          Node h = graph.apply(new MatMul(), graph.constant(a), given);
          return graph.apply(new MatMul(), graph.apply(new Tanh(), h), graph.constant(b));
        });
  }

  /// A multi-layer perceptron of 10,328 weights; the faults are in the first matrix, 60×100.
  static Large mlp(Op<?> activation, Faulty faulty) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (int i = 0; i + 1 < WIDTHS.length; i++) {
      Tensor w = CheckInputs.normal(Shape.of(WIDTHS[i], WIDTHS[i + 1]), KEY.with("w").with(i));
      for (int j = 0; j < w.size(); j++) {
        w.setFlat(j, w.getFlat(j) / Math.sqrt(WIDTHS[i]));
      }
      weights.put("w" + i, w);
      weights.put("b" + i, CheckInputs.normal(Shape.of(WIDTHS[i + 1]), KEY.with("b").with(i)));
    }
    Tensor x = CheckInputs.normal(Shape.of(BATCH, WIDTHS[0]), KEY.with("mlp"));
    return new Large(
        weights,
        (graph, nodes) -> {
          Node h = graph.constant(x);
          for (int i = 0; i + 1 < WIDTHS.length; i++) {
            Node w = nodes.get("w" + i);
            Node used = i == 0 ? graph.apply(faulty, w) : w;
            h = graph.apply(new MatMul(), h, used);
            h = graph.apply(new AddRowVector(), h, nodes.get("b" + i));
            h = i + 2 < WIDTHS.length ? graph.apply(activation, h) : h;
          }
          return h;
        });
  }
}
