package dev.lanewise.optim.optimizer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Accumulate;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.Centralise;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ClipByGlobalNorm;
import dev.lanewise.optim.transform.ClipByNorm;
import dev.lanewise.optim.transform.ClipByValue;
import dev.lanewise.optim.transform.Freeze;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Lookahead;
import dev.lanewise.optim.transform.Masked;
import dev.lanewise.optim.transform.MaxNorm;
import dev.lanewise.optim.transform.NonNegative;
import dev.lanewise.optim.transform.Penalty;
import dev.lanewise.optim.transform.StateTensors;
import dev.lanewise.optim.transform.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What holds for every optimizer, in every convention, and for what stands around them.
class OptimizerProperties {
  /// An optimizer with the words that name it.
  record Named(String name, GradientTransform<?> transform) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Named> optimizers() {
    List<Named> all = new ArrayList<>();
    for (String name : Optimizers.names()) {
      for (Convention convention : Optimizers.conventions(name)) {
        all.add(
            new Named(
                name + " " + convention.label(),
                Optimizers.byName(name, new Constant(0.01), OptionalDouble.empty(), convention)));
      }
    }
    return all;
  }

  private static List<Named> everything() {
    Schedule rate = new Constant(0.01);
    GradientTransform<?> adam = Adam.of(rate, Convention.KERAS);
    List<Named> all = new ArrayList<>(optimizers());
    all.add(
        new Named(
            "rmsprop, centred with momentum",
            Rmsprop.of(rate, new Constant(0.5), true, Convention.TORCH)));
    all.add(new Named("accumulate", new Accumulate<>(3, adam)));
    all.add(new Named("lookahead", new Lookahead<>(adam, 2, 0.5)));
    all.add(new Named("masked", new Masked<>(adam, (path, each) -> path.equals("scale"))));
    all.add(new Named("freeze", Chain.of(adam, new Freeze((path, each) -> path.equals("bias")))));
    all.add(new Named("clip by value", Chain.of(new ClipByValue(0.5), adam)));
    all.add(new Named("clip by norm", Chain.of(new ClipByNorm(0.5), adam)));
    all.add(new Named("clip by global norm", Chain.of(new ClipByGlobalNorm(0.5), adam)));
    all.add(new Named("centralise", Chain.of(new Centralise(), adam)));
    all.add(new Named("max norm", Chain.of(adam, new MaxNorm(2))));
    all.add(new Named("non-negative", Chain.of(adam, new NonNegative((path, each) -> true))));
    all.add(new Named("penalty", Chain.of(Penalty.lp(1.5, 0.1), adam)));
    all.add(new Named("decay", Chain.of(adam, new AddDecayedWeights(0.1))));
    return all;
  }

  @Provide
  Arbitrary<Named> optimizer() {
    return Arbitraries.of(everything());
  }

  @Provide
  Arbitrary<Named> inPieces() {
    return Arbitraries.of(
        everything().stream().filter(each -> each.transform.elementwise()).toList());
  }

  private static Parameters parameters(DType dtype, int seed) {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    byPath.put("weight", Parameter.of(normal(dtype, Shape.of(7, 5), seed, 0)));
    byPath.put("bias", Parameter.of(normal(dtype, Shape.of(6), seed, 1)));
    byPath.put("scale", Parameter.of(normal(dtype, Shape.of(9, 2), seed, 2)));
    return new Parameters(byPath);
  }

  private static Tensor normal(DType dtype, Shape shape, int seed, int draw) {
    RandomGenerator draws = Key.of(seed).with(draw).generator();
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setFlat(i, draws.nextGaussian());
    }
    return tensor;
  }

  private static List<Tensor> gradients(Parameters parameters, int seed, int step) {
    List<Tensor> gradients = new ArrayList<>();
    for (Parameter each : parameters.list()) {
      gradients.add(normal(each.dtype(), each.shape(), seed, 10 * step + gradients.size()));
    }
    return gradients;
  }

  /// The objective ½‖w − gradient of the step‖², whose minimum is near.
  private static StepContext context(Parameters parameters, List<Tensor> gradients, int step) {
    List<Tensor> target = gradients.stream().map(Tensor::copy).toList();
    return new StepContext(
        step,
        1,
        OptionalDouble.empty(),
        Optional.of(
            (displacement, found) -> {
              double value = 0;
              for (int i = 0; i < found.size(); i++) {
                Tensor there = found.get(i);
                TensorMath.add(parameters.list().get(i).value(), displacement.get(i), there);
                TensorMath.axpy(-1, target.get(i), there);
                value += 0.5 * TensorMath.dot(there, there);
              }
              return value;
            }));
  }

  private static void step(Bound<?> optimizer, Parameters parameters, int seed, int step) {
    List<Tensor> updates = gradients(parameters, seed, step);
    StepContext context = context(parameters, updates, step);
    optimizer.apply(updates, parameters, context);
    for (int i = 0; i < updates.size(); i++) {
      Tensor weights = parameters.list().get(i).value();
      TensorMath.add(weights, updates.get(i), weights);
    }
  }

  private static void assertSameBits(Parameters expected, Parameters found, String what) {
    expected
        .byPath()
        .forEach(
            (path, parameter) -> {
              Tensor other = Objects.requireNonNull(found.byPath().get(path)).value();
              assertTrue(
                  parameter.value().sameBits(other),
                  () -> what + ", " + path + ": " + parameter.value() + " but " + other);
            });
  }

  @Property(tries = 300)
  void savedAndRestoredItGoesOnWithTheSameBits(
      @ForAll("optimizer") Named optimizer,
      @ForAll DType dtype,
      @ForAll @IntRange(min = 1, max = 9) int saved,
      @ForAll int seed) {
    Parameters whole = parameters(dtype, seed);
    Bound<?> running = Bound.start(optimizer.transform, whole);
    Parameters resumed = parameters(dtype, seed);
    Map<String, Tensor> file = new LinkedHashMap<>();
    for (int step = 1; step <= 12; step++) {
      step(running, whole, seed, step);
      if (step == saved) {
        StateTensors.of(running.state(), whole)
            .forEach((name, tensor) -> file.put(name, tensor.copy()));
        copy(whole, resumed);
      }
    }
    Bound<?> fresh = Bound.start(optimizer.transform, resumed);
    Map<String, Tensor> own = StateTensors.of(fresh.state(), resumed);
    assertEquals(file.keySet(), own.keySet());
    own.forEach((name, tensor) -> TensorMath.copy(Objects.requireNonNull(file.get(name)), tensor));
    for (int step = saved + 1; step <= 12; step++) {
      step(fresh, resumed, seed, step);
    }
    assertSameBits(whole, resumed, optimizer.name);
  }

  private static void copy(Parameters from, Parameters to) {
    for (int i = 0; i < from.list().size(); i++) {
      TensorMath.copy(from.list().get(i).value(), to.list().get(i).value());
    }
  }

  @Property(tries = 300)
  void inPiecesOfRowsTheBitsAreThoseOfTheWhole(
      @ForAll("inPieces") Named optimizer,
      @ForAll DType dtype,
      @ForAll @IntRange(min = 0, max = 6) int cut,
      @ForAll int seed) {
    Parameters whole = parameters(dtype, seed);
    Bound<?> undivided = Bound.start(optimizer.transform, whole);
    Parameters divided = parameters(dtype, seed);
    Parameters upper = rows(divided, 0, cut);
    Parameters lower = rows(divided, cut, 100);
    Bound<?> first = Bound.start(optimizer.transform, upper);
    Bound<?> second = Bound.start(optimizer.transform, lower);
    for (int step = 1; step <= 6; step++) {
      List<Tensor> updates = gradients(divided, seed, step);
      StepContext context = new StepContext(step, 1);
      for (Parameters part : List.of(upper, lower)) {
        List<Tensor> own = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
          int rows = updates.get(i).shape().rows();
          int middle = Math.min(cut, rows);
          own.add(
              part == upper ? updates.get(i).rows(0, middle) : updates.get(i).rows(middle, rows));
        }
        (part == upper ? first : second).apply(own, part, context);
        for (int i = 0; i < own.size(); i++) {
          Tensor weights = part.list().get(i).value();
          TensorMath.add(weights, own.get(i), weights);
        }
      }
      step(undivided, whole, seed, step);
    }
    assertSameBits(whole, divided, optimizer.name);
  }

  private static Parameters rows(Parameters parameters, int from, int to) {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    parameters
        .byPath()
        .forEach(
            (path, each) -> {
              int rows = each.shape().rows();
              Tensor part = each.value().rows(Math.min(from, rows), Math.min(to, rows));
              byPath.put(path, Parameter.of(part));
            });
    return new Parameters(byPath);
  }

  @Property(tries = 200)
  void theRuleIsExplainedWithItsNumbers(@ForAll("optimizer") Named optimizer) {
    String rule = optimizer.transform.explain();
    assertTrue(rule.contains("u ←"), rule);
    assertFalse(rule.contains("Constant") || rule.contains("%"), rule);
    rule.lines().forEach(line -> assertFalse(line.isBlank(), rule));
  }

  @Property(tries = 100)
  void everyOptimizerWithoutAConventionNamesThoseThatHaveIt(
      @ForAll("conventionless") Map.Entry<String, Convention> pair) {
    String name = pair.getKey();
    Convention convention = pair.getValue();
    Schedule rate = new Constant(0.01);
    if (Optimizers.conventions(name).contains(convention)) {
      assertDoesNotThrow(() -> Optimizers.byName(name, rate, OptionalDouble.empty(), convention));
      return;
    }
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Optimizers.byName(name, rate, OptionalDouble.empty(), convention));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("'" + convention.label() + "'"), message);
    for (Convention each : Optimizers.conventions(name)) {
      assertTrue(message.contains(each.label()), message);
    }
  }

  @Provide
  Arbitrary<Map.Entry<String, Convention>> conventionless() {
    List<Map.Entry<String, Convention>> pairs = new ArrayList<>();
    for (String name : Optimizers.names()) {
      for (Convention convention : Convention.values()) {
        pairs.add(Map.entry(name, convention));
      }
    }
    return Arbitraries.of(pairs);
  }
}
