package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.lanewise.core.kernel.Epilogue;
import jdk.incubator.vector.DoubleVector;

/// What a product does to the elements of C that are complete, row by row, by the same loops as the
/// kernels that do it afterwards: so the bits are the same.
///
/// The loops go over the rows of a block of C, not of a tile: a row is long enough for them, the
/// block is still in the second cache, and the methods of the tiles stay as C2 likes them. Every
/// function has a loop over the rows of its own: in one loop for all, C2 would inline more vector
/// operations than it can digest, and box some.
final class DoubleGemmEpilogue {
  private DoubleGemmEpilogue() {}

  /// Finishes a block of C, from its first element on, and that of E which it meets.
  static void apply(
      Epilogue epilogue,
      int rows,
      int columns,
      double[] e,
      int eOffset,
      double[] c,
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

  private static void relu(int rows, int columns, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleRectifiers.relu(columns, c, row, c, row);
    }
  }

  private static void tanh(int rows, int columns, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleActivations.tanh(columns, c, row, c, row);
    }
  }

  private static void logistic(int rows, int columns, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleActivations.logistic(columns, c, row, c, row);
    }
  }

  private static void addRow(
      int rows, int columns, double[] e, int eOffset, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleElementwise.add(columns, c, row, e, eOffset, c, row);
    }
  }

  private static void reluOfSum(
      int rows, int columns, double[] e, int eOffset, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      reluOfSum(columns, e, eOffset, c, cOffset + i * ldc);
    }
  }

  private static void reluBackward(
      int rows, int columns, double[] e, int eOffset, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleRectifiers.reluBackward(columns, e, eOffset + i * ldc, c, row, 0, c, row);
    }
  }

  private static void tanhBackward(
      int rows, int columns, double[] e, int eOffset, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleActivations.tanhBackward(columns, e, eOffset + i * ldc, c, row, 0, c, row);
    }
  }

  private static void logisticBackward(
      int rows, int columns, double[] e, int eOffset, double[] c, int cOffset, int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * ldc;
      DoubleActivations.logisticBackward(columns, e, eOffset + i * ldc, c, row, 0, c, row);
    }
  }

  private static void reluOfSum(int n, double[] e, int eOffset, double[] c, int cOffset) {
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector sum = fromArray(SPECIES, c, cOffset + i).add(fromArray(SPECIES, e, eOffset + i));
      sum.blend(0, sum.compare(LE, 0)).intoArray(c, cOffset + i);
    }
    for (; i < n; i++) {
      double sum = c[cOffset + i] + e[eOffset + i];
      c[cOffset + i] = sum <= 0 ? 0 : sum;
    }
  }
}
