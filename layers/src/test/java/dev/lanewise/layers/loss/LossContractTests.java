package dev.lanewise.layers.loss;

import java.util.Map;

/// Which contract test checks which op of a loss: none of the ops is used by itself.
public final class LossContractTests {
  /// The op's class name → the contract test.
  public static final Map<String, Class<?>> OPS =
      Map.of(
          BinaryCrossEntropyWithLogits.OfRows.class.getName(),
          BinaryCrossEntropyWithLogitsContractTest.class,
          DenseCrossEntropy.class.getName(),
          SoftmaxCrossEntropyOfDistributionsContractTest.class,
          HalfSquaredDistance.class.getName(),
          SquaredErrorContractTest.class,
          LabelCrossEntropy.class.getName(),
          SoftmaxCrossEntropyOfLabelsContractTest.class);

  private LossContractTests() {}
}
