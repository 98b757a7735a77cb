package dev.lanewise.gradcheck.large;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Some coordinates of a large tensor: at the edges of each axis, where index mistakes show; of the
/// largest and the smallest derivatives; where backward claims zero; and others at random.
///
/// @param positions all of them, ascending
/// @param random those drawn without regard to anything, ascending: what part of them is wrong says
///     what part of the tensor is
public record Sample(int[] positions, int[] random) {
  /// How many coordinates of a tensor are looked at, if it has as many.
  public static final int SIZE = 64;

  private static final int RANDOM = 32;
  private static final int AT_EDGE = 2;
  private static final int LARGEST = 4;
  private static final int SMALLEST = 2;
  private static final int ZEROS = 4;

  /// Draws a sample.
  ///
  /// @param variable the tensor
  /// @param gradient what backward claims about it
  /// @param key the address of the draws
  /// @return the sample, of all coordinates if the tensor is small
  public static Sample of(Variable variable, double[] gradient, Key key) {
    int n = variable.size();
    if (n <= SIZE) {
      int[] all = IntStream.range(0, n).toArray();
      return new Sample(all, all);
    }
    RandomGenerator draws = key.generator();
    TreeSet<Integer> random = new TreeSet<>();
    while (random.size() < RANDOM) {
      random.add(draws.nextInt(n));
    }
    TreeSet<Integer> chosen = new TreeSet<>(random);
    addExtremes(gradient, chosen);
    addZeros(gradient, draws, chosen);
    addEdges(variable, draws, chosen);
    while (chosen.size() < SIZE) {
      chosen.add(draws.nextInt(n));
    }
    return new Sample(array(chosen), array(random));
  }

  private static void addExtremes(double[] gradient, TreeSet<Integer> chosen) {
    double[] largest = magnitudes(gradient, LARGEST, false);
    double[] smallest = magnitudes(gradient, SMALLEST, true);
    addFirst(gradient, LARGEST, i -> Math.abs(gradient[i]) >= largest[0], chosen);
    addFirst(
        gradient,
        SMALLEST,
        i -> gradient[i] != 0 && Math.abs(gradient[i]) <= smallest[SMALLEST - 1],
        chosen);
    addFirst(gradient, LARGEST, i -> !Double.isFinite(gradient[i]), chosen);
  }

  /// The `count` largest magnitudes, or smallest ones other than zero, ascending.
  private static double[] magnitudes(double[] gradient, int count, boolean small) {
    double[] sorted =
        Arrays.stream(gradient)
            .map(Math::abs)
            .filter(a -> Double.isFinite(a) && (!small || a > 0))
            .sorted()
            .toArray();
    double[] found = new double[count];
    Arrays.fill(found, small ? 0 : Double.POSITIVE_INFINITY);
    int some = Math.min(count, sorted.length);
    System.arraycopy(sorted, small ? 0 : sorted.length - some, found, 0, some);
    return found;
  }

  private static void addFirst(
      double[] gradient, int count, IntPredicate condition, TreeSet<Integer> chosen) {
    IntStream.range(0, gradient.length).filter(condition).limit(count).forEach(chosen::add);
  }

  private static void addZeros(double[] gradient, RandomGenerator draws, TreeSet<Integer> chosen) {
    int[] zeros = IntStream.range(0, gradient.length).filter(i -> gradient[i] == 0).toArray();
    for (int k = 0; k < Math.min(ZEROS, zeros.length); k++) {
      chosen.add(zeros[draws.nextInt(zeros.length)]);
    }
  }

  private static void addEdges(Variable variable, RandomGenerator draws, TreeSet<Integer> chosen) {
    int n = variable.size();
    chosen.add(0);
    chosen.add(n - 1);
    int stride = n;
    for (int axis = 0; axis < variable.shape().rank() && chosen.size() < SIZE; axis++) {
      int length = variable.shape().dim(axis);
      int block = stride;
      stride /= length;
      for (int k = 0; k < AT_EDGE; k++) {
        for (int index : new int[] {0, length - 1}) {
          int outer = draws.nextInt(n / block) * block;
          chosen.add(outer + index * stride + draws.nextInt(stride));
        }
      }
    }
  }

  private static int[] array(TreeSet<Integer> positions) {
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }
}
