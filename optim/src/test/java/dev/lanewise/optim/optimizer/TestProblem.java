package dev.lanewise.optim.optimizer;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.Objective;
import dev.lanewise.optim.transform.StepContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The problems of `trajectories.py` over a weight `[3,2]` and a bias `[2]`.
enum TestProblem {
  QUADRATIC(0.5, -0.25, 0.75, 1, -1, 0.5, 1.25, -0.5) {
    @Override
    double evaluate(double[] x, double[] gradient) {
      double sum = 0;
      for (double each : x) {
        sum += each;
      }
      double value = 0;
      for (int i = 0; i < x.length; i++) {
        double linear = (i % 2 == 0 ? 1 : -1) * (i + 1) / 4.0;
        double product = CURVATURE[i] * x[i] + sum / 8;
        value += x[i] * (product / 2 - linear);
        gradient[i] = product - linear;
      }
      return value;
    }
  },
  ROSENBROCK(-0.5, 0.25, 0.5, -0.25, 0.75, 0.5, -0.75, 0.25) {
    @Override
    double evaluate(double[] x, double[] gradient) {
      double value = 0;
      gradient[0] = 0;
      for (int i = 0; i + 1 < x.length; i++) {
        double rise = x[i + 1] - x[i] * x[i];
        value += 100 * rise * rise + (1 - x[i]) * (1 - x[i]);
        gradient[i] += -400 * x[i] * rise - 2 * (1 - x[i]);
        gradient[i + 1] = 200 * rise;
      }
      return value;
    }
  },
  LOGISTIC(0.5, -0.25, 0.75, 1, -1, 0.5, 0.25, -0.5) {
    @Override
    double evaluate(double[] x, double[] gradient) {
      Arrays.fill(gradient, 0);
      double value = 0;
      for (int row = 0; row < FEATURES.length; row++) {
        double margin = x[7] - x[6]; // of the second class
        for (int i = 0; i < 3; i++) {
          margin += FEATURES[row][i] * (x[2 * i + 1] - x[2 * i]);
        }
        double sign = CLASSES[row] == 1 ? -1 : 1;
        value += Math.log1p(Math.exp(sign * margin)) / FEATURES.length;
        double slope = sign / (1 + Math.exp(-sign * margin)) / FEATURES.length;
        for (int i = 0; i < 4; i++) {
          double feature = i == 3 ? 1 : FEATURES[row][i];
          gradient[2 * i] -= feature * slope;
          gradient[2 * i + 1] += feature * slope;
        }
      }
      return value;
    }
  };

  private static final double[] CURVATURE = {1000, 300, 100, 30, 10, 3, 1, 0.25};
  private static final double[][] FEATURES = {
    {1, 0.5, -1},
    {-2, 1, 0.25},
    {0.5, -1, 2},
    {1.5, 2, 0},
    {-1, -0.5, -0.75},
    {0, 1, 1},
    {1, 0.5, -1}
  };
  private static final int[] CLASSES = {0, 1, 1, 0, 1, 0, 1};

  private final double[] start;

  TestProblem(double... start) {
    this.start = start;
  }

  /// The value at x, and its gradient.
  abstract double evaluate(double[] x, double[] gradient);

  /// The parameters at the start.
  Parameters parameters(DType dtype) {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    Tensor weight = Tensor.zeros(dtype, Shape.of(3, 2));
    Tensor bias = Tensor.zeros(dtype, Shape.of(2));
    write(start, List.of(weight, bias));
    byPath.put("weight", Parameter.of(weight));
    byPath.put("bias", Parameter.of(bias));
    return new Parameters(byPath);
  }

  /// One step of an optimizer.
  void step(Bound<?> optimizer, Parameters parameters, long number) {
    List<Tensor> weights = parameters.list().stream().map(Parameter::value).toList();
    List<Tensor> updates = weights.stream().map(Tensor::copy).toList();
    double[] gradient = new double[8];
    double value = evaluate(read(weights), gradient);
    write(gradient, updates);
    Objective elsewhere =
        (displacement, gradients) -> {
          double[] x = read(weights);
          double[] moved = read(displacement);
          for (int i = 0; i < x.length; i++) {
            x[i] += moved[i];
          }
          double[] there = new double[8];
          double found = evaluate(x, there);
          write(there, gradients);
          return found;
        };
    optimizer.apply(
        updates,
        parameters,
        new StepContext(number, value, OptionalDouble.empty(), Optional.of(elsewhere)));
    for (int i = 0; i < weights.size(); i++) {
      TensorMath.add(weights.get(i), updates.get(i), weights.get(i));
    }
  }

  static double[] position(Parameters parameters) {
    return read(parameters.list().stream().map(Parameter::value).toList());
  }

  private static double[] read(List<Tensor> tensors) {
    double[] x = new double[8];
    for (int i = 0; i < 8; i++) {
      x[i] = tensors.get(i / 6).getFlat(i % 6);
    }
    return x;
  }

  private static void write(double[] x, List<Tensor> tensors) {
    for (int i = 0; i < 8; i++) {
      tensors.get(i / 6).setFlat(i % 6, x[i]);
    }
  }
}
