package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.problem.JavaCode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A loss, a prediction and a target.
///
/// @param loss the loss
/// @param targets a target for a prediction's shape
/// @param prediction the prediction
/// @param target the target
record LossSpecimen(Loss loss, Function<Shape, Tensor> targets, Tensor prediction, Tensor target)
    implements Specimen<LossSpecimen> {
  static LossSpecimen drawn(Loss loss, Function<Shape, Tensor> targets, Shape shape, Key key) {
    Tensor prediction = CheckInputs.normal(shape, key.with("prediction"));
    return new LossSpecimen(loss, targets, prediction, targets.apply(shape));
  }

  String name() {
    return loss.getClass().isHidden() ? "a loss" : loss.getClass().getSimpleName();
  }

  @Override
  public String label() {
    return name() + " prediction" + prediction.shape() + " target" + target.shape();
  }

  @Override
  public GradientReport check(GradientChecker checker) {
    return checker.checkLoss(name(), loss, prediction, target);
  }

  @Override
  public LossSpecimen in(Regime regime, Key key) {
    return new LossSpecimen(loss, targets, Tensors.in(regime, prediction, key), target);
  }

  @Override
  public Stream<LossSpecimen> simpler() {
    Stream<LossSpecimen> smaller =
        Simpler.resizes(List.of(prediction.shape()))
            .map(resize -> resize.apply(prediction))
            .flatMap(
                less ->
                    Simpler.attempt(
                        () -> new LossSpecimen(loss, targets, less, targets.apply(less.shape()))));
    Stream<LossSpecimen> plainer =
        Simpler.values(List.of(prediction, target))
            .map(both -> new LossSpecimen(loss, targets, both.getFirst(), both.getLast()));
    return Stream.concat(smaller, plainer);
  }

  @Override
  public String statements(String checker) {
    return "Tensor prediction = "
        + JavaCode.of(prediction)
        + ";\nTensor target = "
        + JavaCode.of(target)
        + ";\n"
        + checker
        + ".checkLoss("
        + JavaCode.of(name())
        + ", loss(), prediction, target).requirePass();\n";
  }
}
