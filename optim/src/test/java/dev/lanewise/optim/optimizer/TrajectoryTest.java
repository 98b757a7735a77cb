package dev.lanewise.optim.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.Penalty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A hundred steps of every optimizer in every convention on three problems (ten steps of line
/// searches) beside `trajectories.csv`, which `trajectories.py` in the same folder of resources
/// makes with PyTorch, scikit-learn and the published formulas; each row names its source.
class TrajectoryTest {
  private static final double SMOOTH = 1e-10;
  private static final double LINE_SEARCH = 1e-6;

  /// One trajectory of the file.
  record Trajectory(
      String optimizer, Convention convention, TestProblem problem, Map<Long, double[]> positions) {
    @Override
    public String toString() {
      return optimizer + " " + convention.label() + " " + problem.name().toLowerCase(Locale.ROOT);
    }

    boolean searches() {
      return optimizer.equals("lbfgs") || optimizer.equals("cg");
    }
  }

  private static Schedule falling(double rate) {
    return step -> rate / (1 + (step - 1) * 0.05);
  }

  private static Chain optimizer(String name, Convention convention) {
    Schedule tenth = falling(1e-3);
    return switch (name) {
      case "sgd-l2" -> Chain.of(Penalty.l2(0.5), Sgd.of(falling(2e-4)));
      case "adam-l2" -> Chain.of(Penalty.l2(0.5), Adam.of(falling(1e-2), convention));
      case "rmsprop-centred" -> Rmsprop.of(tenth, new Constant(0.9), true, convention);
      case "rmsprop" ->
          Rmsprop.of(convention == Convention.TORCH ? falling(1e-2) : tenth, convention);
      default -> Optimizers.byName(name, rate(name), OptionalDouble.empty(), convention);
    };
  }

  private static Schedule rate(String name) {
    return switch (name) {
      case "sgd" -> falling(2e-4);
      case "momentum", "nesterov" -> falling(1e-4);
      case "radam" -> falling(1e-3);
      case "adagrad" -> falling(1e-1);
      case "adadelta" -> falling(1);
      case "rprop" -> new Constant(1e-2);
      case "lbfgs", "cg" -> new Constant(1);
      default -> falling(1e-2);
    };
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void everyOptimizerFollowsItsSource(Trajectory golden) {
    double tolerance = golden.searches() ? LINE_SEARCH : SMOOTH;
    assertEquals(golden.searches() ? 5 : 6, golden.positions.size());
    follow(golden, DType.FLOAT64, tolerance, Long.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void inFloat32TheFirstStepsAreTheSame(Trajectory golden) {
    follow(golden, DType.FLOAT32, 2e-4, 3);
  }

  private static void follow(Trajectory golden, DType dtype, double tolerance, long last) {
    Parameters parameters = golden.problem.parameters(dtype);
    Bound<?> optimizer = Bound.start(optimizer(golden.optimizer, golden.convention), parameters);
    long step = 0;
    for (var each : golden.positions.entrySet()) {
      if (each.getKey() > last) {
        return;
      }
      while (step < each.getKey()) {
        golden.problem.step(optimizer, parameters, ++step);
      }
      double[] expected = each.getValue();
      double[] found = TestProblem.position(parameters);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < found.length; i++) {
        int axis = i;
        assertEquals(
            expected[i],
            found[i],
            tolerance * largest,
            () -> golden + ", step " + each.getKey() + ", coordinate " + axis);
      }
    }
  }

  @Test
  void everyNameInEveryConventionIsInTheFileForEveryProblem() {
    Set<String> found = new LinkedHashSet<>();
    trajectories().forEach(each -> found.add(each.toString()));
    for (String name : Optimizers.names()) {
      for (Convention convention : Optimizers.conventions(name)) {
        for (TestProblem problem : TestProblem.values()) {
          String expected = new Trajectory(name, convention, problem, Map.of()).toString();
          assertTrue(
              found.contains(expected),
              () -> expected + " is missing: add it to trajectories.py and run that.");
        }
      }
    }
  }

  static List<Trajectory> trajectories() {
    Map<String, Trajectory> byName = new LinkedHashMap<>();
    for (String line : lines()) {
      String[] row = line.split(",", -1);
      Trajectory trajectory =
          byName.computeIfAbsent(
              String.join(" ", row[0], row[1], row[2]),
              name ->
                  new Trajectory(
                      row[0],
                      Convention.byName(row[1]),
                      TestProblem.valueOf(row[2].toUpperCase(Locale.ROOT)),
                      new LinkedHashMap<>()));
      double[] x = Arrays.stream(row, 5, 13).mapToDouble(Double::parseDouble).toArray();
      trajectory.positions.put(Long.valueOf(row[4]), x);
    }
    return new ArrayList<>(byName.values());
  }

  private static List<String> lines() {
    try (InputStream in = TrajectoryTest.class.getResourceAsStream("trajectories.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
