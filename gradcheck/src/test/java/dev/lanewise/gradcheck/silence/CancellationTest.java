package dev.lanewise.gradcheck.silence;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.Verdict;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions whose summands cancel, so that their value has lost its digits before it is divided.
class CancellationTest {
  /// ±1 and ±1, up to 3·10⁻⁸: the sum moves in steps of 10⁻¹⁶, a hundred millionth of itself, and
  /// the division by 3 makes its last bits look as if they meant something.
  private static final Tensor SATURATED =
      DoubleTensor.matrix(new double[] {179, -16}, new double[] {-101, 9});

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aStaircaseIsNoProofThatADerivativeIsZero(long seed) {
    GradientReport report =
        GradientChecker.seeded(seed)
            .regimes(Regime.NORMAL)
            .check(
                "mean of saturated units",
                Map.of("x", SATURATED),
                new Parameters(Map.of()),
                (graph, inputs) ->
                    graph.apply(new Sum(3), graph.apply(new Tanh(), inputs.get("x"))));
    assertNotEquals(Verdict.FAIL, report.verdict(), report::toString);
  }
}
