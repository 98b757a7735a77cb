package dev.lanewise.gradcheck.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `y = (1 − a)·x` with `a = 1/(1 + e⁻ʷ)` near 1, as a gate that hardly opens: w moves `1 − a`, and
/// so y, in steps, but x moves it smoothly. Along w alone the steps are seen; along both together
/// every step size moves y, and nothing rests.
class HiddenStaircaseTest {
  private static final Tensor X = DoubleTensor.vector(40, -70, 25, 61);
  private static final Tensor W = DoubleTensor.vector(27, 31, 29, 24);

  /// The gate, with the derivative by x times a factor.
  private record Gate(double factor) implements Op<@Nullable Void> {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    private static double open(double w) {
      return 1 - 1 / (1 + Math.exp(-w));
    }

    @Override
    public @Nullable Void forward(List<Tensor> inputs, Tensor output, Pass pass) {
      for (int i = 0; i < output.size(); i++) {
        output.setFlat(i, open(inputs.get(1).getFlat(i)) * inputs.get(0).getFlat(i));
      }
      return null;
    }

    @Override
    public void backward(
        @Nullable Void saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      for (int i = 0; i < output.size(); i++) {
        double open = open(inputs.get(1).getFlat(i));
        double u = outputGradient.getFlat(i);
        write(sink, 0, i, factor * u * open);
        write(sink, 1, i, -u * inputs.get(0).getFlat(i) * open * (1 - open));
      }
    }

    private static void write(GradientSink sink, int input, int i, double gradient) {
      if (sink.needs(input)) {
        Tensor buffer = sink.buffer(input);
        buffer.setFlat(i, gradient + (sink.beta(input) == 0 ? 0 : buffer.getFlat(i)));
      }
    }
  }

  private static GradientReport check(GradientChecker checker, double factor) {
    return checker
        .regimes(Regime.NORMAL)
        .check(
            "gate",
            Map.of("w", W, "x", X),
            new Parameters(Map.of()),
            (graph, in) -> graph.apply(new Gate(factor), in.get("x"), in.get("w")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void stepsThatASmoothVariableHidesAreNoFailure(long seed) {
    GradientReport report = check(GradientChecker.seeded(seed), 1);
    assertNotEquals(Verdict.FAIL, report.verdict(), report::toString);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void norAreTheyInALargeProblem(long seed) {
    GradientReport report = check(GradientChecker.seeded(seed).everyCoordinateUpTo(4), 1);
    assertNotEquals(Verdict.FAIL, report.verdict(), report::toString);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aWrongDerivativeByTheSmoothVariableIs(long seed) {
    GradientChecker checker = GradientChecker.seeded(seed);
    assertEquals(Verdict.FAIL, check(checker, 1 + 1e-7).verdict());
    assertEquals(Verdict.FAIL, check(checker.everyCoordinateUpTo(4), 1 + 1e-7).verdict());
  }
}
