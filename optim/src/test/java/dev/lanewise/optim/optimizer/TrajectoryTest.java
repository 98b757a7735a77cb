package dev.lanewise.optim.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.Penalty;
import dev.lanewise.optim.transform.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hundred steps on a quadratic beside `trajectories.csv`, which `trajectories.py` (in the same
/// folder of resources) makes from the published formulas.
class TrajectoryTest {
  private static final double[][] A = {{2, 0.5, 0.25}, {0.5, 1, 0}, {0.25, 0, 0.125}};
  private static final double[] C = {1, -2, 0.5};

  private static GradientTransform<?> optimizer(String name) {
    return switch (name) {
      case "sgd" -> Sgd.of(0.25);
      case "sgd-l2" -> Chain.of(Penalty.l2(0.5), Sgd.of(0.25));
      case "momentum" -> Momentum.of(0.125, 0.875);
      case "nesterov" -> Momentum.nesterov(0.125, 0.875);
      case "adam" -> Adam.of(0.0625);
      case "adam-l2" -> Chain.of(Penalty.l2(0.5), Adam.of(0.0625));
      case "adamw" -> AdamW.of(0.0625, 0.5);
      default -> throw new AssertionError(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, FLOAT64, 1e-12",
    "sgd-l2, FLOAT64, 1e-12",
    "momentum, FLOAT64, 1e-12",
    "nesterov, FLOAT64, 1e-12",
    "adam, FLOAT64, 1e-12",
    "adam-l2, FLOAT64, 1e-12",
    "adamw, FLOAT64, 1e-12",
    "sgd, FLOAT32, 1e-5",
    "sgd-l2, FLOAT32, 1e-5",
    "momentum, FLOAT32, 1e-5",
    "nesterov, FLOAT32, 1e-5",
    "adam, FLOAT32, 1e-5",
    "adam-l2, FLOAT32, 1e-5",
    "adamw, FLOAT32, 1e-5",
  })
  void followsThePublishedFormulas(String name, DType dtype, double tolerance) throws IOException {
    Parameter weight = Parameter.of(Tensor.of(dtype, Shape.of(2, 1), 1.5, 0.5));
    Parameter bias = Parameter.of(Tensor.of(dtype, Shape.of(1), -1));
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    byPath.put("weight", weight);
    byPath.put("bias", bias);
    Parameters parameters = new Parameters(byPath);
    Bound<?> optimizer = Bound.start(optimizer(name), parameters);
    List<Tensor> updates =
        List.of(Tensor.zeros(dtype, weight.shape()), Tensor.zeros(dtype, bias.shape()));
    List<String[]> golden = golden(name);
    assertEquals(9, golden.size());
    long step = 0;
    for (String[] row : golden) {
      while (step < Long.parseLong(row[1])) {
        step++;
        double[] x = position(weight, bias);
        for (int i = 0; i < x.length; i++) {
          double slope = A[i][0] * x[0] + A[i][1] * x[1] + A[i][2] * x[2] - C[i];
          updates.get(i / 2).setFlat(i % 2, slope);
        }
        optimizer.apply(updates, parameters, new StepContext(step, 0));
        TensorMath.add(weight.value(), updates.get(0), weight.value());
        TensorMath.add(bias.value(), updates.get(1), bias.value());
      }
      double[] found = position(weight, bias);
      for (int i = 0; i < found.length; i++) {
        double expected = Double.parseDouble(row[2 + i]);
        int axis = i;
        assertEquals(
            expected,
            found[i],
            tolerance * Math.max(1, Math.abs(expected)),
            () -> name + ", step " + row[1] + ", coordinate " + axis);
      }
    }
  }

  private static double[] position(Parameter weight, Parameter bias) {
    return new double[] {
      weight.value().getFlat(0), weight.value().getFlat(1), bias.value().getFlat(0)
    };
  }

  private static List<String[]> golden(String name) throws IOException {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = TrajectoryTest.class.getResourceAsStream("trajectories.csv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith(name + ",")) {
          rows.add(line.split(","));
        }
      }
    }
    return rows;
  }
}
