// Generated from DoubleGemmPacking.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies of operands in the order in which [FloatGemmKernel] reads them.
///
/// A **panel** is as many columns of B as a tile has, stored row by row, so that the kernel walks
/// through memory once and in order. The last panel of a matrix is padded, so that the kernel has
/// no tail; what with is of no matter, since columns do not meet and the tile's are cut off:
///
/// ```
///        B, k × n                     panel 0     panel 1     panel 2
///   ┌───────┬───────┬────┐           ┌───────┐   ┌───────┐   ┌────┬──┐
///   │ 0 1 2 │       │    │           │ 0 1 2 │   │       │   │    │ ·│
///   │ 3 4 5 │       │    │     →     │ 3 4 5 │   │       │   │    │ ·│    one after the other
///   │ 6 7 8 │       │    │           │ 6 7 8 │   │       │   │    │ ·│
///   └───────┴───────┴────┘           └───────┘   └───────┘   └────┴──┘
/// ```
///
/// A **strip** is as many rows of A as a tile has, stored by columns or by rows as A is: the copy
/// brings close together what in A lies in as many pages. Strips for tall tiles are packed, and the
/// ragged last one, to pad it.
final class FloatGemmPacking {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = FloatGemmKernel.COLUMNS;
  private static final VectorSpecies<Float> FOUR = FloatGemmTranspose.FOUR;

  private FloatGemmPacking() {}

  /// Packs the panel of the first `n` columns of the `k` rows of a row-major B. Whole vectors are
  /// read while the array has them: behind a ragged row comes the next one, which pads as well as
  /// zeros do and needs no masks.
  static void panel(
      int k, int n, float[] b, int bOffset, int ldb, float[] panel, int panelOffset) {
    int whole = Math.clamp(Math.floorDiv(b.length - COLUMNS - bOffset, ldb) + 1, 0, k);
    for (int p = 0; p < whole; p++) {
      int from = bOffset + p * ldb;
      int to = panelOffset + p * COLUMNS;
      FloatVector.fromArray(SPECIES, b, from).intoArray(panel, to);
      FloatVector.fromArray(SPECIES, b, from + LANES).intoArray(panel, to + LANES);
    }
    for (int p = whole; p < k; p++) {
      System.arraycopy(b, bOffset + p * ldb, panel, panelOffset + p * COLUMNS, n);
    }
  }

  /// Packs the same panel of a B that is stored transposed, n × k. The padding keeps what was
  /// there: columns do not meet.
  static void transposedPanel(
      int k, int n, float[] b, int bOffset, int ldb, float[] panel, int panelOffset) {
    FloatGemmTranspose.copy(n, k, b, bOffset, ldb, panel, panelOffset, COLUMNS);
  }

  /// Packs the strip of the first `m` rows of an A that is stored by rows. It stays so, but with a
  /// constant from one row to the next, [FloatGemmKernel#STRIDE].
  static void strip(
      int m, int k, float[] a, int aOffset, int lda, float[] strip, int stripOffset) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(a, aOffset + i * lda, strip, stripOffset + i * FloatGemmKernel.STRIDE, k);
    }
  }

  /// Packs the strip of the first `m` rows of an A that is stored by columns.
  static void columnStrip(
      int height, int m, int k, float[] a, int aOffset, int lda, float[] strip, int stripOffset) {
    if (m == FloatGemmKernel.TALL && LANES >= 4) {
      for (int p = 0; p < k; p++) {
        int from = aOffset + p * lda;
        int to = stripOffset + p * FloatGemmKernel.TALL;
        FloatVector.fromArray(FOUR, a, from).intoArray(strip, to);
        FloatVector.fromArray(FOUR, a, from + 4).intoArray(strip, to + 4);
        FloatVector.fromArray(FOUR, a, from + 8).intoArray(strip, to + 8);
      }
    } else {
      for (int p = 0; p < k; p++) {
        System.arraycopy(a, aOffset + p * lda, strip, stripOffset + p * height, m);
      }
    }
  }
}
