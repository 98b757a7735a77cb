package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.Freeze;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Masked;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdaterTest {
  /// Large enough for several pieces, none of them of equal size.
  private static Parameters parameters() {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    byPath.put("bias", Parameter.of(normal(Shape.of(301), 1)));
    byPath.put("weight", Parameter.of(normal(Shape.of(601, 301), 2)));
    byPath.put("scale", Parameter.of(normal(Shape.SCALAR, 3)));
    return new Parameters(byPath);
  }

  private static Tensor normal(Shape shape, int draw) {
    RandomGenerator draws = Key.of(7).with(draw).generator();
    Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setFlat(i, draws.nextGaussian());
    }
    return tensor;
  }

  private static List<Tensor> gradients(Parameters parameters, int step) {
    List<Tensor> gradients = new ArrayList<>();
    for (Parameter each : parameters.list()) {
      gradients.add(normal(each.shape(), 10 * step + gradients.size()));
    }
    return gradients;
  }

  @ParameterizedTest
  @CsvSource({"sgd, 1", "momentum, 1", "adam, 1", "adamw, 1", "adam, 2", "adam, 4", "adamw, 3"})
  void inPiecesTheWeightsHaveTheBitsOfTheWholeChain(String name, int threads) {
    GradientTransform<?> optimizer = Optimizers.byName(name, 0.01);
    assertTrue(optimizer.elementwise());
    Parameters expected = parameters();
    Bound<?> whole = Bound.start(optimizer, expected);
    Parameters found = parameters();
    try (Workspace workspace = Workspace.of(threads)) {
      Updater updater = new Updater(optimizer, found, workspace);
      for (int step = 1; step <= 5; step++) {
        StepContext context = new StepContext(step, 1);
        List<Tensor> updates = gradients(expected, step);
        whole.apply(updates, expected, context);
        for (int i = 0; i < updates.size(); i++) {
          Tensor weights = expected.list().get(i).value();
          TensorMath.add(weights, updates.get(i), weights);
        }
        assertEquals(Optional.empty(), updater.update(gradients(found, step), context));
      }
    }
    for (String path : expected.byPath().keySet()) {
      assertArrayEquals(
          expected.byPath().get(path).value().toDoubles(),
          found.byPath().get(path).value().toDoubles(),
          path);
    }
  }

  /// Divides by the largest magnitude in the tensor.
  private record ByLargest() implements GradientTransform<Boolean> {
    @Override
    public Boolean init(Parameters parameters) {
      return true;
    }

    @Override
    public void apply(
        List<Tensor> updates, Parameters parameters, Boolean state, StepContext step) {
      for (Tensor update : updates) {
        double largest = 0;
        for (double each : update.toDoubles()) {
          largest = Math.max(largest, Math.abs(each));
        }
        TensorMath.scale(1 / largest, update, update);
      }
    }

    @Override
    public String explain() {
      return "u ← u / max|u|";
    }
  }

  @Test
  void whatLooksAtWholeTensorsGetsWholeTensors() {
    Parameters parameters = parameters();
    double[] before = parameters.byPath().get("weight").value().toDoubles();
    try (Workspace workspace = Workspace.of(2)) {
      Updater updater = new Updater(new ByLargest(), parameters, workspace);
      updater.update(gradients(parameters, 1), new StepContext(1, 1));
    }
    double[] after = parameters.byPath().get("weight").value().toDoubles();
    int moved = 0;
    for (int i = 0; i < after.length; i++) {
      moved += Math.abs(Math.abs(after[i] - before[i]) - 1) < 1e-5 ? 1 : 0;
    }
    assertEquals(1, moved, "one element of the whole tensor is the largest");
  }

  @Test
  void aPredicateIsAskedAboutTheWholeParameterAndNotAboutPieces() {
    Parameters parameters = parameters();
    Parameter weight = parameters.byPath().get("weight");
    Tensor before = weight.value().copy();
    Chain optimizer =
        Chain.of(
            new Masked<>(
                new AddDecayedWeights(1), (path, each) -> each.shape().equals(Shape.of(601, 301))),
            new ScaleByRate(0.1),
            new Freeze((path, each) -> each == weight));
    try (Workspace workspace = Workspace.of(2)) {
      Updater updater = new Updater(optimizer, parameters, workspace);
      updater.update(gradients(parameters, 1), new StepContext(1, 1));
      assertTrue(weight.value().sameBits(before), "chosen by identity");

      Updater decaying =
          new Updater(new Chain(optimizer.transforms().subList(0, 2)), parameters, workspace);
      List<Tensor> none = gradients(parameters, 1);
      none.forEach(each -> TensorMath.fill(0, each));
      decaying.update(none, new StepContext(1, 1));
    }
    assertEquals(0.9 * before.getFlat(1000), weight.value().getFlat(1000), 1e-6, "by shape");
  }

  @ParameterizedTest
  @CsvSource({"sgd, false", "momentum, true", "nesterov, false", "adam, true", "adamw, false"})
  void theUsualOptimizersTakeOnePass(String name, boolean expected) {
    Bound<?> optimizer = Bound.start(Optimizers.byName(name, 0.1), parameters());
    assertEquals(expected, OnePassUpdate.of(optimizer).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "adam"})
  void theFirstParameterThatIsNotFiniteIsNamed(String name) {
    Parameters parameters = parameters();
    try (Workspace workspace = Workspace.of(2)) {
      Updater updater = new Updater(Optimizers.byName(name, 0.1), parameters, workspace);
      List<Tensor> gradients = gradients(parameters, 1);
      gradients.get(1).setFlat(180_000, Double.NaN);
      gradients.get(2).setFlat(0, Double.POSITIVE_INFINITY);
      assertEquals(Optional.of("weight"), updater.update(gradients, new StepContext(1, 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "adam", "adamw"})
  void withTheMemoryOfAnotherTheStepsHaveTheSameBits(String name) {
    GradientTransform<?> optimizer = Optimizers.byName(name, 0.01);
    Parameters first = parameters();
    Parameters second = parameters();
    try (Workspace workspace = Workspace.of(2)) {
      Updater one = new Updater(optimizer, first, workspace);
      one.update(gradients(first, 1), new StepContext(1, 1));
      Updater other = new Updater(optimizer, second, workspace);
      other.restore(one.state());
      for (int i = 0; i < first.list().size(); i++) {
        TensorMath.copy(first.list().get(i).value(), second.list().get(i).value());
      }
      one.update(gradients(first, 2), new StepContext(2, 1));
      other.update(gradients(second, 2), new StepContext(2, 1));
    }
    for (String path : first.byPath().keySet()) {
      assertTrue(
          first.byPath().get(path).value().sameBits(second.byPath().get(path).value()), path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"momentum", "adam"})
  void aMemoryThatWasGivenCanBeOverwrittenWithTheOneAfterAnotherStep(String name) {
    Parameters parameters = parameters();
    try (Workspace workspace = Workspace.of(2)) {
      Updater updater = new Updater(Optimizers.byName(name, 0.01), parameters, workspace);
      updater.update(gradients(parameters, 1), new StepContext(1, 1));
      Map<String, Tensor> remembered = updater.state();
      updater.update(gradients(parameters, 2), new StepContext(2, 1));
      Map<String, Tensor> present = updater.state();
      remembered.forEach(
          (path, each) -> assertFalse(each.sameBits(present.get(path)), path + " is a copy"));
      updater.copyStateTo(remembered);
      assertEquals(present.keySet(), remembered.keySet());
      remembered.forEach((path, each) -> assertTrue(each.sameBits(present.get(path)), path));
    }
  }

  @Test
  void theMemoryHasOneTensorOfAParametersShapeUnderItsPath() {
    Parameters parameters = parameters();
    try (Workspace workspace = Workspace.of(2)) {
      Updater updater = new Updater(Optimizers.byName("adam", 0.01), parameters, workspace);
      updater.update(gradients(parameters, 1), new StepContext(1, 1));
      Tensor gradient = gradients(parameters, 1).get(1);
      Tensor moment = updater.state().get("0.first.weight");
      assertEquals(Shape.of(601, 301), moment.shape());
      for (int i = 0; i < moment.size(); i++) {
        assertEquals(0.1 * gradient.getFlat(i), moment.getFlat(i), 1e-6, "element " + i);
      }
    }
  }

  @Test
  void aMemoryThatDoesNotFitIsRefused() {
    Parameters parameters = parameters();
    try (Workspace workspace = Workspace.of(1)) {
      Updater adam = new Updater(Optimizers.byName("adam", 0.01), parameters, workspace);
      Updater momentum = new Updater(Optimizers.byName("momentum", 0.01), parameters, workspace);
      assertThrows(IllegalArgumentException.class, () -> adam.restore(momentum.state()));
      Map<String, Tensor> cut = new LinkedHashMap<>(adam.state());
      cut.put("0.first.weight", Tensor.zeros(DType.FLOAT32, Shape.of(301, 601)));
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> adam.restore(cut));
      assertTrue(refused.getMessage().contains("[601,301]"), refused.getMessage());
    }
  }
}
