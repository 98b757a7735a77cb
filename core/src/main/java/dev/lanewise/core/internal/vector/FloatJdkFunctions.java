// Generated from DoubleJdkFunctions.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.BY_1;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_2;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_4;
import static dev.lanewise.core.internal.vector.FloatLanes.BY_8;
import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// What one would write with the vector functions that come with the JDK: what benchmarks compare
/// the kernels with. Nothing else uses it.
public final class FloatJdkFunctions {
  private FloatJdkFunctions() {}

  /// `y ← eˣ`.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param y the output
  public static void exp(int n, float[] x, float[] y) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, i);
      FloatVector r = v.lanewise(VectorOperators.EXP);
      r.intoArray(y, i);
    }
    if (i < n) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, n);
      FloatVector v = fromArray(SPECIES, x, i, rest);
      FloatVector r = v.lanewise(VectorOperators.EXP);
      r.intoArray(y, i, rest);
    }
  }

  /// `y ← 1/(1 + e⁻ˣ)`.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param y the output
  public static void logistic(int n, float[] x, float[] y) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, i);
      FloatVector r = broadcast(SPECIES, 1).div(v.neg().lanewise(VectorOperators.EXP).add(1));
      r.intoArray(y, i);
    }
    if (i < n) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, n);
      FloatVector v = fromArray(SPECIES, x, i, rest);
      FloatVector r = broadcast(SPECIES, 1).div(v.neg().lanewise(VectorOperators.EXP).add(1));
      r.intoArray(y, i, rest);
    }
  }

  /// `y ← tanh x`.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param y the output
  public static void tanh(int n, float[] x, float[] y) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, i);
      FloatVector r = v.lanewise(VectorOperators.TANH);
      r.intoArray(y, i);
    }
    if (i < n) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, n);
      FloatVector v = fromArray(SPECIES, x, i, rest);
      FloatVector r = v.lanewise(VectorOperators.TANH);
      r.intoArray(y, i, rest);
    }
  }

  /// `y ← log(1 + eˣ)`.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param y the output
  public static void softplus(int n, float[] x, float[] y) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, i);
      FloatVector r =
          v.max(0).add(v.abs().neg().lanewise(VectorOperators.EXP).lanewise(VectorOperators.LOG1P));
      r.intoArray(y, i);
    }
    if (i < n) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, n);
      FloatVector v = fromArray(SPECIES, x, i, rest);
      FloatVector r =
          v.max(0).add(v.abs().neg().lanewise(VectorOperators.EXP).lanewise(VectorOperators.LOG1P));
      r.intoArray(y, i, rest);
    }
  }

  /// `y ← max(x, 0)`.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param y the output
  public static void relu(int n, float[] x, float[] y) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, i);
      FloatVector r = v.max(0);
      r.intoArray(y, i);
    }
    if (i < n) {
      VectorMask<Float> rest = SPECIES.indexInRange(i, n);
      FloatVector v = fromArray(SPECIES, x, i, rest);
      FloatVector r = v.max(0);
      r.intoArray(y, i, rest);
    }
  }

  /// The softmax of rows, the last vector of each under a mask.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns
  /// @param x the input
  /// @param y the output
  public static void softmaxRows(int rows, int columns, float[] x, float[] y) {
    int full = SPECIES.loopBound(columns);
    VectorMask<Float> rest = SPECIES.indexInRange(full, columns);
    boolean tail = full < columns;
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      FloatVector m = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      for (int j = 0; j < full; j += LANES) {
        m = m.max(fromArray(SPECIES, x, from + j));
      }
      if (tail) {
        FloatVector v = fromArray(SPECIES, x, from + full, rest);
        m = m.blend(m.max(v), rest);
      }
      float max = m.reduceLanes(VectorOperators.MAX);
      FloatVector sum = broadcast(SPECIES, 0);
      for (int j = 0; j < full; j += LANES) {
        FloatVector e = fromArray(SPECIES, x, from + j).sub(max).lanewise(VectorOperators.EXP);
        e.intoArray(y, from + j);
        sum = sum.add(e);
      }
      if (tail) {
        FloatVector v = fromArray(SPECIES, x, from + full, rest);
        FloatVector e = v.sub(max).lanewise(VectorOperators.EXP);
        e.intoArray(y, from + full, rest);
        sum = sum.blend(sum.add(e), rest);
      }
      if (LANES > 8) {
        sum = sum.add(sum.rearrange(BY_8));
      }
      if (LANES > 4) {
        sum = sum.add(sum.rearrange(BY_4));
      }
      if (LANES > 2) {
        sum = sum.add(sum.rearrange(BY_2));
      }
      if (LANES > 1) {
        sum = sum.add(sum.rearrange(BY_1));
      }
      float inverse = 1 / sum.lane(0);
      for (int j = 0; j < full; j += LANES) {
        fromArray(SPECIES, y, from + j).mul(inverse).intoArray(y, from + j);
      }
      if (tail) {
        FloatVector e = fromArray(SPECIES, y, from + full, rest);
        e.mul(inverse).intoArray(y, from + full, rest);
      }
    }
  }
}
