package dev.lanewise.optim.direct;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Small sets for the solvers' tests.
final class Sets {
  private Sets() {}

  static Dataset numbers(double[][] x, double[][] t) {
    return TensorDataset.regression(
        DoubleTensor.matrix(x), DoubleTensor.matrix(t), Provenance.of("test"));
  }

  static Dataset classes(double[][] x, int... classes) {
    int count = IntStream.of(classes).max().orElse(0) + 1;
    return TensorDataset.classification(
        DoubleTensor.matrix(x),
        DoubleTensor.vector(IntStream.of(classes).asDoubleStream().toArray()),
        IntStream.range(0, count).mapToObj(i -> "class " + i).toList(),
        Provenance.of("test"));
  }

  /// Bell-shaped features about a mean far from zero.
  static double[][] features(long seed, int rows, int columns) {
    RandomGenerator draws = Key.of(seed).with("features").generator();
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int column = 0; column < columns; column++) {
        row[column] = 3 * column + (column + 1) * draws.nextGaussian();
      }
    }
    return x;
  }

  /// A linear function of the features, with noise of many sizes.
  static double[][] targets(long seed, double[][] x, int outputs) {
    RandomGenerator draws = Key.of(seed).with("targets").generator();
    double[][] t = new double[x.length][outputs];
    for (int row = 0; row < x.length; row++) {
      for (int output = 0; output < outputs; output++) {
        t[row][output] = output - 2 + draws.nextGaussian() * draws.nextExponential();
        for (int column = 0; column < x[row].length; column++) {
          t[row][output] += (output + 1 - column) * x[row][column];
        }
      }
    }
    return t;
  }

  /// Classes that a linear function with noise decides, so that they overlap.
  static int[] overlappingClasses(long seed, double[][] x, int classes) {
    RandomGenerator draws = Key.of(seed).with("classes").generator();
    int[] found = new int[x.length];
    for (int row = 0; row < x.length; row++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int each = 0; each < classes; each++) {
        double score = 3 * draws.nextGaussian() - each;
        for (int column = 0; column < x[row].length; column++) {
          score += (each + column) % classes * 0.5 * x[row][column];
        }
        if (score > best) {
          best = score;
          found[row] = each;
        }
      }
    }
    return found;
  }

  /// Weights and then biases.
  static double[] numbers(DirectSolution solution) {
    return DoubleStream.concat(Arrays.stream(weight(solution)), Arrays.stream(bias(solution)))
        .toArray();
  }

  static double[] weight(DirectSolution solution) {
    return solution.model().weight().value().toDoubles();
  }

  static double[] bias(DirectSolution solution) {
    return solution.model().bias().orElseThrow().value().toDoubles();
  }

  static double[][] map(double[][] x, UnaryOperator<double[]> each) {
    double[][] mapped = new double[x.length][];
    for (int row = 0; row < x.length; row++) {
      mapped[row] = each.apply(x[row].clone());
    }
    return mapped;
  }
}
