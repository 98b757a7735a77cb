package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.Affine;
import dev.lanewise.core.op.HardThreshold;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Softmax;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The checks of the primitives in `core.op`: every one, at several shapes.
///
/// The shapes include scalars and lengths that are no multiple of a vector's lanes, and those of
/// matrices have rows and columns without a common factor. What has several inputs is checked as
/// well with one of them constant, whose gradient nobody needs, and with the same node as two.
public final class CoreOpChecks {
  private static final Shape[] ANY_SHAPES = {
    Shape.SCALAR, Shape.of(1), Shape.of(13), Shape.of(5, 7), Shape.of(3, 17), Shape.of(2, 3, 5)
  };
  private static final Shape[] MATRICES = {
    Shape.of(1, 1), Shape.of(1, 3), Shape.of(5, 2), Shape.of(5, 7), Shape.of(3, 17)
  };

  private CoreOpChecks() {}

  /// All checks, sorted by name.
  ///
  /// @return one case for each op, under the op's name
  public static List<GradientCase> all() {
    return List.of(
        several(new Add(), equalPairs(), true),
        several(
            new AddRowVector(),
            List.of(
                new Shape[] {Shape.of(1, 1), Shape.of(1)},
                new Shape[] {Shape.of(5, 7), Shape.of(7)},
                new Shape[] {Shape.of(3, 17), Shape.of(17)}),
            false),
        several(
            new Affine(),
            List.of(
                new Shape[] {Shape.of(1, 1), Shape.of(1, 1), Shape.of(1)},
                new Shape[] {Shape.of(5, 7), Shape.of(7, 3), Shape.of(3)},
                new Shape[] {Shape.of(3, 2), Shape.of(2, 17), Shape.of(17)}),
            false),
        flat(new HardThreshold(), ANY_SHAPES),
        single(new LogSoftmax(), MATRICES),
        single(new Logistic(), ANY_SHAPES),
        several(
            new MatMul(),
            List.of(
                new Shape[] {Shape.of(1, 1), Shape.of(1, 1)},
                new Shape[] {Shape.of(5, 7), Shape.of(7, 3)},
                new Shape[] {Shape.of(3, 2), Shape.of(2, 17)},
                new Shape[] {Shape.of(5, 5), Shape.of(5, 5)}),
            true),
        several(new Multiply(), equalPairs(), true),
        single(new Relu(), ANY_SHAPES),
        single(new Scale(-1.75), ANY_SHAPES),
        single(new Softmax(), MATRICES),
        single(new Softplus(), ANY_SHAPES),
        single(new Sum(3), ANY_SHAPES),
        single(new Tanh(), ANY_SHAPES));
  }

  private static List<Shape[]> equalPairs() {
    return Stream.of(ANY_SHAPES).map(shape -> new Shape[] {shape, shape}).toList();
  }

  private static GradientCase single(Op<?> op, Shape[] shapes) {
    return ofOp(op, checker -> eachOf(op, shapes, checker));
  }

  private static GradientCase flat(Op<?> op, Shape[] shapes) {
    return ofOp(op, checker -> eachOf(op, shapes, checker.flatFunction()));
  }

  private static List<GradientReport> eachOf(Op<?> op, Shape[] shapes, GradientChecker checker) {
    return Stream.of(shapes).map(shape -> checker.checkOp(op, shape)).toList();
  }

  private static GradientCase several(Op<?> op, List<Shape[]> shapes, boolean sameNodeTwice) {
    return ofOp(
        op,
        checker -> {
          List<GradientReport> reports = new ArrayList<>();
          for (Shape[] each : shapes) {
            reports.add(checker.checkOp(op, each));
            for (int constant = 0; constant < each.length; constant++) {
              reports.add(oneConstant(op, each, constant, checker));
            }
            if (sameNodeTwice && each[0].equals(each[1])) {
              reports.add(sameNodeTwice(op, each[0], checker));
            }
          }
          return reports;
        });
  }

  private static GradientReport oneConstant(
      Op<?> op, Shape[] shapes, int constant, GradientChecker checker) {
    Tensor fixed = input(shapes[constant], "constant");
    Map<String, Tensor> variables = new LinkedHashMap<>();
    for (int i = 0; i < shapes.length; i++) {
      if (i != constant) {
        variables.put("input" + i, input(shapes[i], "input" + i));
      }
    }
    String all = Stream.of(shapes).map(Shape::toString).collect(Collectors.joining(" "));
    return checker.check(
        op.name() + " " + all + ", input" + constant + " constant",
        variables,
        new Parameters(Map.of()),
        (graph, nodes) -> {
          Node[] inputs = new Node[shapes.length];
          for (int i = 0; i < shapes.length; i++) {
            inputs[i] = i == constant ? graph.constant(fixed) : nodes.get("input" + i);
          }
          return graph.apply(op, inputs);
        });
  }

  private static GradientReport sameNodeTwice(Op<?> op, Shape shape, GradientChecker checker) {
    return checker.check(
        op.name() + " " + shape + " twice the same input",
        Map.of("input", input(shape, "same")),
        new Parameters(Map.of()),
        (graph, nodes) -> graph.apply(op, nodes.get("input"), nodes.get("input")));
  }

  private static Tensor input(Shape shape, String purpose) {
    return CheckInputs.normal(shape, Key.of(1).with(purpose));
  }

  private static GradientCase ofOp(
      Op<?> op, Function<GradientChecker, List<GradientReport>> checks) {
    return new GradientCase(
        op.name(),
        GradientCase.Kind.OP,
        checker -> GradientReport.together(op.name(), checks.apply(checker)));
  }
}
