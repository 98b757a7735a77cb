package dev.lanewise.gradcheck.silence;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
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
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.mutant.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Something right, and how to check it.
///
/// @param name what it is
/// @param check checks it with a checker; the checker's seed decides on the inputs
record RightCase(String name, Function<GradientChecker, GradientReport> check) {
  /// The library's layers and the core's ops, each in all regimes, and each layer once more with
  /// all inputs times a factor between 1e-10 and 1e10.
  static List<RightCase> all() {
    List<RightCase> all = new ArrayList<>();
    for (Library.Specimen layer : Library.right()) {
      all.add(new RightCase(layer.name(), checker -> layer.check(checker, 1)));
      all.add(
          new RightCase(
              layer.name() + ", scaled",
              // The laws hold at normal inputs: at others numbers underflow.
              checker ->
                  layer.check(
                      checker.regimes(Regime.NORMAL).withoutLaws(), factor(checker.seed()))));
    }
    for (Op<?> op : List.of(new Relu(), new Tanh(), new Logistic(), new Softplus())) {
      op(all, op, Shape.of(3, 5));
    }
    op(all, new Scale(-1.75), Shape.of(7));
    op(all, new Sum(3), Shape.of(2, 5));
    op(all, new Softmax(), Shape.of(3, 5));
    op(all, new LogSoftmax(), Shape.of(3, 5));
    op(all, new Add(), Shape.of(2, 3), Shape.of(2, 3));
    op(all, new Multiply(), Shape.of(2, 3), Shape.of(2, 3));
    op(all, new AddRowVector(), Shape.of(3, 5), Shape.of(5));
    op(all, new MatMul(), Shape.of(3, 2), Shape.of(2, 5));
    all.add(
        new RightCase(
            "HardThreshold",
            checker -> checker.flatFunction().checkOp(new HardThreshold(), Shape.of(13))));
    return List.copyOf(all);
  }

  private static void op(List<RightCase> all, Op<?> op, Shape... shapes) {
    all.add(new RightCase(op.name(), checker -> checker.checkOp(op, shapes)));
  }

  private static double factor(long seed) {
    return Math.pow(10, 20 * Key.of(seed).with("factor").generator().nextDouble() - 10);
  }
}
