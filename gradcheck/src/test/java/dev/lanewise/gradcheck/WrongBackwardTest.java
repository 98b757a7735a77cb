package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Softmax;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.WrongOp.Backward;
import dev.lanewise.gradcheck.WrongOp.Call;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Wrong derivatives, each of which the checker must catch, and at the right coordinates.
class WrongBackwardTest {
  private static final GradientChecker CHECKER = GradientChecker.seeded(1);

  private static final Shape[] ONE = {Shape.of(3, 5)};
  private static final Shape[] FACTORS = {Shape.of(3, 5), Shape.of(3, 5)};
  private static final Shape[] MATRICES = {Shape.of(3, 5), Shape.of(5, 2)};
  private static final Shape[] SQUARES = {Shape.of(4, 4), Shape.of(4, 4)};
  private static final Shape[] BIAS = {Shape.of(3, 5), Shape.of(5)};

  /// A mistake in the gradient by one input, at the positions given by a predicate.
  private record Mutant(WrongOp op, Shape[] shapes, int input, IntPredicate wrongAt) {}

  private static Mutant everywhere(
      String mistake, Op<@Nullable Void> op, Shape[] shapes, int input, Backward wrong) {
    return new Mutant(new WrongOp(mistake, op, wrong), shapes, input, i -> true);
  }

  private static Mutant at(
      IntPredicate wrongAt,
      String mistake,
      Op<@Nullable Void> op,
      Shape[] shapes,
      int input,
      Backward wrong) {
    return new Mutant(new WrongOp(mistake, op, wrong), shapes, input, wrongAt);
  }

  private static List<Mutant> mutants() {
    return List.of(
        everywhere("sign flipped", new Tanh(), ONE, 0, mapped(0, (g, x) -> -g)),
        everywhere("factor 2", new Logistic(), ONE, 0, mapped(0, (g, x) -> 2 * g)),
        everywhere("half", new MatMul(), MATRICES, 1, mapped(1, (g, x) -> g / 2)),
        everywhere("scaled by 1 + 1e-5", new Softplus(), ONE, 0, mapped(0, (g, x) -> g * 1.00001)),
        everywhere("zero", new MatMul(), MATRICES, 0, mapped(0, (g, x) -> 0)),
        everywhere("never written", new Softplus(), ONE, 0, call -> {}),
        everywhere("times the input", new Tanh(), ONE, 0, mapped(0, (g, x) -> g * x)),
        everywhere("a constant added", new Tanh(), ONE, 0, mapped(0, (g, x) -> g + 0.01)),
        everywhere("decay added", new Multiply(), FACTORS, 1, mapped(1, (g, x) -> g + 1e-3 * x)),
        everywhere("not a number", new Tanh(), ONE, 0, mapped(0, (g, x) -> Double.NaN)),
        everywhere(
            "bfloat16 inside",
            new Logistic(),
            ONE,
            0,
            mapped(
                0, (g, x) -> Float.intBitsToFloat(Float.floatToIntBits((float) g) & 0xffff0000))),
        everywhere(
            "no derivative of the activation",
            new Tanh(),
            ONE,
            0,
            call -> call.give(0, call.upstream())),
        everywhere(
            "projection term missing",
            new Softmax(),
            ONE,
            0,
            call -> call.give(0, combined(call.output(), call.upstream(), (y, u) -> y * u))),
        everywhere(
            "sum term missing", new LogSoftmax(), ONE, 0, call -> call.give(0, call.upstream())),
        everywhere(
            "upstream ignored",
            new Sum(3),
            ONE,
            0,
            call -> call.give(0, call.gradient(0, ones(call.upstream())))),
        everywhere(
            "upstream ignored",
            new Tanh(),
            ONE,
            0,
            call -> call.give(0, call.gradient(0, ones(call.upstream())))),
        everywhere("divisor forgotten", new Sum(3), ONE, 0, mapped(0, (g, x) -> 3 * g)),
        at(
            i -> i / 4 != i % 4,
            "transposed",
            new MatMul(),
            SQUARES,
            1,
            call -> {
              call.giveAllBut(1);
              call.give(1, transposed(call.gradient(1)));
            }),
        everywhere(
            "inputs swapped",
            new Multiply(),
            FACTORS,
            0,
            call -> {
              call.give(0, call.gradient(1));
              call.giveAllBut(0);
            }),
        at(
            i -> i == 8,
            "one coordinate off by 1e-3",
            new MatMul(),
            MATRICES,
            0,
            changedAt(0, i -> i == 8, g -> g * 1.001)),
        at(
            i -> i == 14,
            "last coordinate forgotten",
            new Tanh(),
            ONE,
            0,
            changedAt(0, i -> i == 14, g -> 0)),
        at(
            i -> i % 5 == 4,
            "last column forgotten",
            new Multiply(),
            FACTORS,
            1,
            changedAt(1, i -> i % 5 == 4, g -> 0)),
        everywhere(
            "overwrites where it should add",
            new Multiply(),
            FACTORS,
            0,
            call -> {
              copy(call.gradient(0), call.sink().buffer(0));
              call.giveAllBut(0);
            }),
        everywhere(
            "adds where it should overwrite",
            new Tanh(),
            ONE,
            0,
            call -> {
              Tensor buffer = call.sink().buffer(0);
              copy(combined(buffer, call.gradient(0), Double::sum), buffer);
            }),
        everywhere(
            "multiplies undefined content by beta",
            new Tanh(),
            ONE,
            0,
            call -> {
              Tensor buffer = call.sink().buffer(0);
              double beta = call.sink().beta(0);
              copy(combined(buffer, call.gradient(0), (old, g) -> beta * old + g), buffer);
            }),
        everywhere(
            "mean in place of the sum over rows",
            new AddRowVector(),
            BIAS,
            1,
            mapped(1, (g, v) -> g / 3)),
        everywhere(
            "first row in place of the sum over rows",
            new AddRowVector(),
            BIAS,
            1,
            call -> {
              call.giveAllBut(1);
              call.give(1, call.upstream().rows(0, 1).reshape(Shape.of(5)));
            }),
        at(
            i -> input(0, ONE).getFlat(i) < 0,
            "mask forgotten",
            new Relu(),
            ONE,
            0,
            call -> call.give(0, call.upstream())),
        everywhere(
            "mask inverted",
            new Relu(),
            ONE,
            0,
            call ->
                call.give(
                    0, combined(call.inputs().get(0), call.upstream(), (x, u) -> x > 0 ? 0 : u))));
  }

  @TestFactory
  Stream<DynamicTest> everyWrongBackwardIsCaughtWhereItIsWrong() {
    return mutants().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.op().name(), () -> assertCaught(mutant)));
  }

  @TestFactory
  Stream<DynamicTest> theSameOpsPassWithTheRightBackward() {
    return mutants().stream()
        .map(
            mutant ->
                DynamicTest.dynamicTest(
                    mutant.op().name(),
                    () ->
                        CHECKER
                            .checkOp(
                                new WrongOp("right", mutant.op().right(), WrongBackwardTest::right),
                                mutant.shapes())
                            .requirePass()));
  }

  private static void assertCaught(Mutant mutant) {
    GradientReport report = CHECKER.checkOp(mutant.op(), mutant.shapes());
    assertEquals(Verdict.FAIL, report.verdict(), report::toString);
    TensorReport whole = report.tensors().get(mutant.input());
    long wrong =
        IntStream.range(0, mutant.shapes()[mutant.input()].size()).filter(mutant.wrongAt()).count();
    String path = "input" + mutant.input();
    assertEquals(path, whole.path());
    assertEquals(wrong, whole.failures(), report::toString);
    for (TensorReport tensor : report.tensors()) {
      if (!tensor.path().equals(path) && !mutant.op().mistake().equals("inputs swapped")) {
        assertEquals(0, tensor.failures(), report::toString);
      }
    }
    Coordinate worst = report.worst();
    assertEquals(path, worst.path(), report::toString);
    assertTrue(mutant.wrongAt().test(position(worst, whole.shape())), report::toString);
  }

  @Test
  void aFailureTellsWhereAndWhatInOneLine() {
    Backward wrong = changedAt(1, i -> i == 7, g -> -g);
    GradientReport report = CHECKER.checkOp(new WrongOp("one sign", new MatMul(), wrong), MATRICES);
    Coordinate worst = report.worst();
    assertEquals("input1[3,1]", worst.place());
    assertEquals(input(1, MATRICES).get(3, 1), worst.x());
    String text = report.toString();
    for (String part :
        List.of(
            "MatMul (one sign) [3,5] [5,2]",
            "FAIL",
            "input1[3,1] = " + worst.x(),
            "analytic " + worst.analytic(),
            "numeric " + worst.numeric(),
            "ratio -",
            "relative error 1.0",
            "limit 1.0E-6",
            "step " + worst.step(),
            "input1 [5,2]",
            "1 of 10 coordinates disagree",
            "input0 [3,5]",
            "15 of 15 coordinates agree")) {
      assertTrue(text.contains(part), () -> "'" + part + "' is missing in: " + text);
    }
  }

  private static void right(Call call) {
    for (int i = 0; i < call.inputs().size(); i++) {
      call.give(i, call.gradient(i));
    }
  }

  /// The right gradients, the one by an input changed by a function of gradient and input.
  private static Backward mapped(int input, DoubleBinaryOperator change) {
    return call -> {
      call.giveAllBut(input);
      call.give(input, combined(call.gradient(input), call.inputs().get(input), change));
    };
  }

  private static Backward changedAt(int input, IntPredicate where, DoubleUnaryOperator change) {
    return call -> {
      call.giveAllBut(input);
      Tensor gradient = call.gradient(input);
      for (int i = 0; i < gradient.size(); i++) {
        if (where.test(i)) {
          gradient.setFlat(i, change.applyAsDouble(gradient.getFlat(i)));
        }
      }
      call.give(input, gradient);
    };
  }

  private static Tensor combined(Tensor a, Tensor b, DoubleBinaryOperator f) {
    Tensor result = Tensor.zeros(a.dtype(), a.shape());
    for (int i = 0; i < result.size(); i++) {
      result.setFlat(i, f.applyAsDouble(a.getFlat(i), b.getFlat(i)));
    }
    return result;
  }

  private static Tensor ones(Tensor like) {
    return combined(like, like, (a, b) -> 1);
  }

  private static Tensor transposed(Tensor square) {
    Tensor result = Tensor.zeros(square.dtype(), square.shape());
    for (int i = 0; i < square.shape().dim(0); i++) {
      for (int j = 0; j < square.shape().dim(1); j++) {
        result.set(square.get(i, j), j, i);
      }
    }
    return result;
  }

  private static void copy(Tensor from, Tensor to) {
    for (int i = 0; i < to.size(); i++) {
      to.setFlat(i, from.getFlat(i));
    }
  }

  private static Tensor input(int input, Shape[] shapes) {
    return CheckInputs.normal(shapes[input], CHECKER.key().with("input").with(input));
  }

  private static int position(Coordinate coordinate, Shape shape) {
    int position = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      position = position * shape.dim(axis) + coordinate.index().get(axis);
    }
    return position;
  }
}
