package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.problem.JavaCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An op and its inputs.
///
/// @param op the op
/// @param inputs its inputs
record OpSpecimen(Op<?> op, List<Tensor> inputs) implements Specimen<OpSpecimen> {
  OpSpecimen {
    inputs = List.copyOf(inputs);
    op.outputShape(inputs.stream().map(Tensor::shape).toList());
  }

  static OpSpecimen drawn(Op<?> op, List<Shape> shapes, Key key) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(CheckInputs.normal(shapes.get(i), key.with("input").with(i)));
    }
    return new OpSpecimen(op, inputs);
  }

  @Override
  public String label() {
    return inputs.stream()
        .map(input -> input.shape().toString())
        .collect(Collectors.joining(" ", op.name() + " ", ""));
  }

  @Override
  public GradientReport check(GradientChecker checker) {
    return checker.checkOp(op, inputs.toArray(Tensor[]::new));
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
    return inputs.stream()
        .map(JavaCode::of)
        .collect(
            Collectors.joining(
                ",\n        ",
                checker + "\n    .checkOp(\n        " + JavaCode.of(op) + ",\n        ",
                ")\n    .requirePass();\n"));
  }

  private OpSpecimen with(List<Tensor> others) {
    return new OpSpecimen(op, others);
  }

  /// Equal shapes lose an axis of length 1 together.
  private List<Tensor> withoutAxis(int axis) {
    Shape shape = inputs.getFirst().shape();
    int[] left = IntStream.range(0, shape.rank()).filter(a -> a != axis).map(shape::dim).toArray();
    return inputs.stream().map(input -> input.reshape(Shape.of(left)).copy()).toList();
  }
}
