package dev.lanewise.gradcheck.mutant;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// A layer, loss or function whose derivative is written by hand, and the shapes to check it at.
///
/// Sizes of different meaning are different primes where that is possible, so that a wrong factor
/// or axis is recognised.
///
/// @param op what it computes
/// @param inputs the names and shapes of its inputs, parameters among them
record PlainLayer(Op<?> op, List<Input> inputs) {
  /// An input.
  record Input(String name, Shape shape) {}

  static Input input(String name, int... shape) {
    return new Input(name, Shape.of(shape));
  }

  /// A layer with a fixed output shape, none of whose rows are independent.
  static PlainLayer of(
      String name,
      List<Input> inputs,
      Shape output,
      PlainOp.Forward forward,
      PlainOp.Backward backward) {
    return new PlainLayer(new PlainOp(name, shapes -> output, forward, backward, Set.of()), inputs);
  }

  /// A layer that treats each row of its first input by itself, whose output has rows of a size.
  static PlainLayer rowwise(
      String name,
      List<Input> inputs,
      int columns,
      PlainOp.Forward forward,
      PlainOp.Backward backward) {
    return new PlainLayer(
        new PlainOp(
            name,
            shapes -> Shape.of(shapes.getFirst().rows(), columns),
            forward,
            backward,
            Set.of(0)),
        inputs);
  }

  /// A layer of any number of inputs, each row of which is treated by itself.
  static PlainLayer allRowwise(
      String name,
      List<Input> inputs,
      int columns,
      PlainOp.Forward forward,
      PlainOp.Backward backward) {
    PlainLayer layer = rowwise(name, inputs, columns, forward, backward);
    PlainOp op = layer.plain();
    Set<Integer> all = Set.copyOf(IntStream.range(0, inputs.size()).boxed().toList());
    return new PlainLayer(new PlainOp(name, op.outputShape(), forward, backward, all), inputs);
  }

  String name() {
    return op.name();
  }

  /// The op, which must be one of loops.
  PlainOp plain() {
    return (PlainOp) op;
  }

  /// The same function with another derivative.
  PlainLayer with(PlainOp.Backward other) {
    return new PlainLayer(plain().with(other), inputs);
  }

  /// The same function with what is left of the derivative after a change.
  PlainLayer changed(PlainOp.Backward change) {
    PlainOp.Backward right = plain().backward();
    return with(
        (x, y, u, g) -> {
          right.apply(x, y, u, g);
          change.apply(x, y, u, g);
        });
  }

  /// The same function with the derivative for an upstream that was changed.
  PlainLayer upstream(DoubleUnaryOperator change) {
    PlainOp.Backward right = plain().backward();
    return with((x, y, u, g) -> right.apply(x, y, Arrays.stream(u).map(change).toArray(), g));
  }

  /// The same function with each element of the gradient by one input changed.
  PlainLayer mapped(int input, DoubleUnaryOperator change) {
    return changed((x, y, u, g) -> Arrays.setAll(g[input], i -> change.applyAsDouble(g[input][i])));
  }

  /// The same function with all gradients changed.
  PlainLayer mapped(DoubleUnaryOperator change) {
    return changed(
        (x, y, u, g) -> {
          for (double[] gradient : g) {
            Arrays.setAll(gradient, i -> change.applyAsDouble(gradient[i]));
          }
        });
  }

  /// Normal inputs.
  Map<String, Tensor> draw(Key key) {
    Map<String, Tensor> drawn = new LinkedHashMap<>();
    for (Input input : inputs) {
      drawn.put(input.name(), CheckInputs.normal(input.shape(), key.with(input.name())));
    }
    return drawn;
  }

  /// The layer as a function of its inputs by name.
  GradientFunction function() {
    return (graph, nodes) -> {
      List<Node> given = new ArrayList<>();
      inputs.forEach(input -> given.add(nodes.get(input.name())));
      return graph.apply(op, given.toArray(Node[]::new));
    };
  }

  /// The problem at normal inputs.
  Problem problem(long seed) {
    Key key = Key.of(seed).with(name());
    return new Problem(name(), key, draw(key), new Parameters(Map.of()), function());
  }

  /// Checks it at normal inputs and wherever the checker goes from there.
  GradientReport check(GradientChecker checker) {
    Map<String, Tensor> drawn = draw(Key.of(checker.seed()).with(name()));
    return checker.checkOp(op, drawn.values().toArray(Tensor[]::new));
  }

  @Override
  public String toString() {
    return name();
  }
}
