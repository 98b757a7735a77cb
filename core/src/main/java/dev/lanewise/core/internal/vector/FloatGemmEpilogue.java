// Generated from DoubleGemmEpilogue.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.lanewise.core.kernel.Epilogue;
import jdk.incubator.vector.FloatVector;

/// What a product does to the elements of C that are complete, row by row, by the same loops as the
/// kernels that do it afterwards: so the bits are the same.
///
/// The loops go over the rows of a block of C, not of a tile: a row is long enough for them, the
/// block is still in the second cache, and the methods of the tiles stay as C2 likes them. Every
/// function has a loop over the rows of its own: in one loop for all, C2 would inline more vector
/// operations than it can digest, and box some.
final class FloatGemmEpilogue {
  private FloatGemmEpilogue() {}

  /// Finishes a block of C, from its first element on, and that of E which it meets.
  static void apply(
      Epilogue epilogue,
      int rows,
      int columns,
      float[] e,
      int eOffset,
      float[] c,
      int cOffset,
      int ldc) {
    switch (epilogue) {
      case NONE -> {}
      case RELU -> relu(rows, columns, c, cOffset, ldc);
      case TANH -> tanh(rows, columns, c, cOffset, ldc);
      case LOGISTIC -> logistic(rows, columns, c, cOffset, ldc);
      case ADD_ROW -> addRow(rows, columns, e, eOffset, c, cOffset, ldc);
      case ADD_ROW_RELU -> reluOfSum(rows, columns, e, eOffset, c, cOffset, ldc);
      case ADD_ROW_TANH -> {
        addRow(rows, columns, e, eOffset, c, cOffset, ldc);
        tanh(rows, columns, c, cOffset, ldc);
      }
      case ADD_ROW_LOGISTIC -> {
        addRow(rows, columns, e, eOffset, c, cOffset, ldc);
        logistic(rows, columns, c, cOffset, ldc);
      }
      case RELU_BACKWARD -> reluBackward(rows, columns, e, eOffset, c, cOffset, ldc);
      case TANH_BACKWARD -> tanhBackward(rows, columns, e, eOffset, c, cOffset, ldc);
      case LOGISTIC_BACKWARD -> logisticBackward(rows, columns, e, eOffset, c, cOffset, ldc);
    }
  }

  private static void relu(int rows, int columns, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatRectifiers.relu(columns, c, row, c, row);
    }
  }

  private static void tanh(int rows, int columns, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatActivations.tanh(columns, c, row, c, row);
    }
  }

  private static void logistic(int rows, int columns, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatActivations.logistic(columns, c, row, c, row);
    }
  }

  private static void addRow(
      int rows, int columns, float[] e, int eOffset, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatElementwise.add(columns, c, row, e, eOffset, c, row);
    }
  }

  private static void reluOfSum(
      int rows, int columns, float[] e, int eOffset, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      reluOfSum(columns, e, eOffset, c, cOffset + i * ldc);
    }
  }

  private static void reluBackward(
      int rows, int columns, float[] e, int eOffset, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatRectifiers.reluBackward(columns, e, eOffset + i * ldc, c, row, 0, c, row);
    }
  }

  private static void tanhBackward(
      int rows, int columns, float[] e, int eOffset, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatActivations.tanhBackward(columns, e, eOffset + i * ldc, c, row, 0, c, row);
    }
  }

  private static void logisticBackward(
      int rows, int columns, float[] e, int eOffset, float[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      FloatActivations.logisticBackward(columns, e, eOffset + i * ldc, c, row, 0, c, row);
    }
  }

  private static void reluOfSum(int n, float[] e, int eOffset, float[] c, int cOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector sum = fromArray(SPECIES, c, cOffset + i).add(fromArray(SPECIES, e, eOffset + i));
      sum.blend(0, sum.compare(LE, 0)).intoArray(c, cOffset + i);
    }
    for (; i < n; i++) {
      float sum = c[cOffset + i] + e[eOffset + i];
      c[cOffset + i] = sum <= 0 ? 0 : sum;
    }
  }
}
