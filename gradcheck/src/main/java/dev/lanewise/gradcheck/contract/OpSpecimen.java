package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An op and its inputs.
///
/// @param op the op
/// @param inputs its inputs
/// @param only the position of the one input that is differentiated by, the others being constant;
///     −1 if all are
record OpSpecimen(Op<?> op, List<Tensor> inputs, int only) implements Specimen<OpSpecimen> {
  static final int ALL = -1;

  OpSpecimen {
    inputs = List.copyOf(inputs);
    op.outputShape(inputs.stream().map(Tensor::shape).toList());
  }

  static OpSpecimen drawn(Op<?> op, List<Shape> shapes, int only, Key key) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(CheckInputs.normal(shapes.get(i), key.with("input").with(i)));
    }
    return new OpSpecimen(op, inputs, only);
  }

  @Override
  public String label() {
    String shapes =
        inputs.stream().map(input -> input.shape().toString()).collect(Collectors.joining(" "));
    return op.name() + " " + shapes + (only == ALL ? "" : " by input" + only + " alone");
  }

  @Override
  public GradientReport check(GradientChecker checker) {
    if (only == ALL) {
      return checker.checkOp(op, inputs.toArray(Tensor[]::new));
    }
    String path = "input" + only;
    return checker.check(
        label(),
        Map.of(path, inputs.get(only)),
        new Parameters(Map.of()),
        (graph, nodes) -> {
          Node[] given = new Node[inputs.size()];
          for (int i = 0; i < given.length; i++) {
            given[i] = i == only ? nodes.get(path) : graph.constant(inputs.get(i));
          }
          return graph.apply(op, given);
        });
  }

  @Override
  public OpSpecimen in(Regime regime, Key key) {
    return with(
        IntStream.range(0, inputs.size())
            .mapToObj(i -> Tensors.in(regime, inputs.get(i), key.with(i)))
            .toList());
  }

  @Override
  public Stream<OpSpecimen> simpler() {
    Stream<OpSpecimen> shorter =
        Simpler.resizes(inputs.stream().map(Tensor::shape).toList())
            .flatMap(
                resize -> Simpler.attempt(() -> with(inputs.stream().map(resize::apply).toList())));
    Stream<OpSpecimen> fewerAxes =
        IntStream.range(0, inputs.getFirst().shape().rank())
            .filter(axis -> inputs.getFirst().shape().dim(axis) == 1)
            .boxed()
            .flatMap(axis -> Simpler.attempt(() -> with(withoutAxis(axis))));
    Stream<OpSpecimen> plainer = Simpler.values(inputs).map(this::with);
    return Stream.of(shorter, fewerAxes, plainer).flatMap(each -> each);
  }

  @Override
  public String statements(String checker) {
    if (only == ALL) {
      return inputs.stream()
          .map(JavaCode::of)
          .collect(
              Collectors.joining(
                  ",\n        ",
                  checker + "\n    .checkOp(\n        " + JavaCode.of(op) + ",\n        ",
                  ")\n    .requirePass();\n"));
    }
    String given =
        IntStream.range(0, inputs.size())
            .mapToObj(
                i ->
                    i == only
                        ? "in.get(\"x\")"
                        : "graph.constant(" + JavaCode.of(inputs.get(i)) + ")")
            .collect(Collectors.joining(",\n            "));
    return checker
        + "\n    .check(\n        \"x\",\n        Map.of(\"x\", "
        + JavaCode.of(inputs.get(only))
        + "),\n        new Parameters(Map.of()),\n        (graph, in) -> graph.apply(\n            "
        + JavaCode.of(op)
        + ",\n            "
        + given
        + "))\n    .requirePass();\n";
  }

  private OpSpecimen with(List<Tensor> others) {
    return new OpSpecimen(op, others, only);
  }

  /// Equal shapes lose an axis of length 1 together.
  private List<Tensor> withoutAxis(int axis) {
    Shape shape = inputs.getFirst().shape();
    int[] left = IntStream.range(0, shape.rank()).filter(a -> a != axis).map(shape::dim).toArray();
    return inputs.stream().map(input -> input.reshape(Shape.of(left)).copy()).toList();
  }
}
