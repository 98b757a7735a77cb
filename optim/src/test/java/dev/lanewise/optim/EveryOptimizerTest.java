package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.optimizer.Adam;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.transform.Accumulate;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Lookahead;
import dev.lanewise.optim.transform.Masked;
import dev.lanewise.optim.transform.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every optimizer as the trainer uses it: in pieces, on threads, with the objective to search
/// along.
class EveryOptimizerTest {
  static Stream<String> names() {
    return Stream.concat(
        Optimizers.names().stream(), Stream.of("accumulate", "lookahead", "masked"));
  }

  /// A line search looks at the whole objective, which nobody gives it here.
  static Stream<String> withoutLineSearch() {
    return names().filter(name -> !name.equals("lbfgs") && !name.equals("cg"));
  }

  private static GradientTransform<?> optimizer(String name) {
    return switch (name) {
      case "accumulate" -> new Accumulate<>(2, Adam.of(0.01));
      case "lookahead" -> new Lookahead<>(Adam.of(0.01), 2, 0.5);
      case "masked" -> new Masked<>(Adam.of(0.01), (path, each) -> path.endsWith("weight"));
      default -> Optimizers.byName(name, Optimizers.usualRate(name));
    };
  }

  @ParameterizedTest
  @MethodSource("names")
  void itTrainsToTheSameBitsOnAnyNumberOfThreads(String name) {
    List<Parameters> found = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      Key key = Key.of(5);
      Sequential model =
          Sequential.of(
              Linear.of(30, 700, Initialisers.heNormal(0), key.with(0)),
              Activations.relu(),
              Linear.of(700, 4, Initialisers.glorotUniform(1), key.with(1)));
      TrainingResult result =
          Trainer.of(model, new SoftmaxCrossEntropy(), optimizer(name))
              .batchSize(32)
              .epochs(2)
              .threads(threads)
              .workPerThread(1)
              .fit(Blobs.of(128, 30, 4, 1));
      assertEquals(8, result.steps(), result.explanation());
      found.add(Parameters.of(model));
    }
    assertSameBits(found.get(0), found.get(1));
  }

  @ParameterizedTest
  @MethodSource("withoutLineSearch")
  void whatItRemembersInPiecesIsGivenOutAndTakenBack(String name) {
    Parameters first = parameters();
    Parameters second = parameters();
    try (Workspace workspace = Workspace.of(2)) {
      Updater one = new Updater(optimizer(name), first, workspace);
      for (int step = 1; step <= 3; step++) {
        assertEquals(
            Optional.empty(), one.update(gradients(first, step), new StepContext(step, 1)));
      }
      Updater other = new Updater(optimizer(name), second, workspace);
      other.restore(one.state());
      for (int i = 0; i < first.list().size(); i++) {
        TensorMath.copy(first.list().get(i).value(), second.list().get(i).value());
      }
      for (int step = 4; step <= 6; step++) {
        one.update(gradients(first, step), new StepContext(step, 1));
        other.update(gradients(second, step), new StepContext(step, 1));
      }
    }
    assertSameBits(first, second);
  }

  /// Large enough for several pieces.
  private static Parameters parameters() {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    byPath.put("a.bias", Parameter.of(normal(Shape.of(130), 1)));
    byPath.put("a.weight", Parameter.of(normal(Shape.of(260, 130), 2)));
    byPath.put("scale", Parameter.of(normal(Shape.SCALAR, 3)));
    return new Parameters(byPath);
  }

  private static List<Tensor> gradients(Parameters parameters, int step) {
    List<Tensor> gradients = new ArrayList<>();
    for (Parameter each : parameters.list()) {
      gradients.add(normal(each.shape(), 10 * step + gradients.size()));
    }
    return gradients;
  }

  private static Tensor normal(Shape shape, int draw) {
    RandomGenerator draws = Key.of(7).with(draw).generator();
    Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setFlat(i, draws.nextGaussian());
    }
    return tensor;
  }

  private static void assertSameBits(Parameters expected, Parameters found) {
    for (int i = 0; i < expected.list().size(); i++) {
      Tensor other = found.list().get(i).value();
      assertTrue(expected.list().get(i).value().sameBits(other), "parameter " + i);
    }
  }
}
