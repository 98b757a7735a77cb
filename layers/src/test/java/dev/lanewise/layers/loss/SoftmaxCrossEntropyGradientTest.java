package dev.lanewise.layers.loss;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import org.junit.jupiter.api.Test;

/// Points that the contract does not draw.
class SoftmaxCrossEntropyGradientTest {
  private static final Tensor LOGITS = CheckInputs.normal(Shape.of(3, 3), Key.of(1).with("logits"));

  private static void check(String name, Tensor prediction, Tensor target) {
    GradientChecker.seeded(1)
        .checkLoss(name, new SoftmaxCrossEntropy(), prediction, target)
        .requirePass();
  }

  @Test
  void keepsItsDigitsWhenTheTrueClassIsAllButCertain() {
    Tensor z = LOGITS.copy();
    for (int row = 0; row < 3; row++) {
      z.set(z.get(row, 1) + 12, row, 1);
    }
    check("certain", z, DoubleTensor.vector(1, 1, 1));
  }

  @Test
  void knowsTheSumOfATargetThatIsNotQuiteADistribution() {
    Tensor target =
        DoubleTensor.matrix(
            new double[] {0, 1, 0},
            new double[] {0.25, 0.25, 0.5},
            new double[] {0.33335, 0.33332, 0.3333});
    check("not quite a distribution", LOGITS, target);
  }
}
