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
  private static final Class<? extends FloatVector> TYPE = FloatGemmKernel.TYPE;
  private static final int COLUMNS = FloatGemmKernel.COLUMNS;
  private static final int TALL = FloatGemmKernel.TALL;

  private FloatGemmPacking() {}

  /// Packs so many whole panels of a row-major B, a row of all after the other: rows of B may be
  /// pages apart.
  static void panels(
      int count, int k, float[] b, int bOffset, int ldb, float[] panels, int panelsOffset) {
    for (int p = 0; p < k; p++) {
      for (int panel = 0; panel < count; panel++) {
        int from = bOffset + p * ldb + panel * COLUMNS;
        int to = panelsOffset + (panel * k + p) * COLUMNS;
        TYPE.cast(FloatVector.fromArray(SPECIES, b, from)).intoArray(panels, to);
        TYPE.cast(FloatVector.fromArray(SPECIES, b, from + LANES)).intoArray(panels, to + LANES);
      }
    }
  }

  /// Packs the panel of the first `n` columns of the `k` rows of a row-major B. Whole vectors are
  /// read while the array has them: behind a ragged row comes the next one, which pads as well as
  /// zeros do and needs no masks.
  static void panel(
      int k, int n, float[] b, int bOffset, int ldb, float[] panel, int panelOffset) {
    int whole = Math.clamp(Math.floorDiv(b.length - COLUMNS - bOffset, ldb) + 1, 0, k);
    for (int p = 0; p < whole; p++) {
      int from = bOffset + p * ldb;
      int to = panelOffset + p * COLUMNS;
      TYPE.cast(FloatVector.fromArray(SPECIES, b, from)).intoArray(panel, to);
      TYPE.cast(FloatVector.fromArray(SPECIES, b, from + LANES)).intoArray(panel, to + LANES);
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

  /// Packs a tall strip of an A that is stored by rows, a vector of each row after the other.
  static void rowStrip(int k, float[] a, int aOffset, int lda, float[] strip, int stripOffset) {
    int p = 0;
    for (; p <= k - LANES; p += LANES) {
      int to = stripOffset + p * TALL;
      for (int i = 0; i < TALL; i++) {
        TYPE.cast(FloatVector.fromArray(SPECIES, a, aOffset + i * lda + p))
            .intoArray(strip, to + i * LANES);
      }
    }
    for (int i = 0; i < TALL && p < k; i++) {
      System.arraycopy(a, aOffset + i * lda + p, strip, stripOffset + p * TALL + i * LANES, k - p);
    }
  }

  /// Packs a strip of the first `m` rows of an A that is stored by rows: row after row.
  static void rows(
      int m, int k, float[] a, int aOffset, int lda, float[] strip, int stripOffset) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(a, aOffset + i * lda, strip, stripOffset + i * k, k);
    }
  }

  /// Packs some tall strips of an A that is stored by columns, `size` after each other.
  /// Whole vectors are moved while A has them: what they bring too much the next column overwrites,
  /// and behind the last one the strip has room.
  static void columnStrips(
      int count,
      int size,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] strips,
      int stripsOffset) {
    int width = (count - 1) * TALL + (int) FloatGemm.roundUp(TALL, LANES);
    int whole = Math.clamp(Math.floorDiv(a.length - width - aOffset, lda) + 1, 0, k);
    for (int p = 0; p < whole; p++) {
      for (int strip = 0; strip < count; strip++) {
        int from = aOffset + p * lda + strip * TALL;
        int to = stripsOffset + strip * size + p * TALL;
        for (int i = 0; i < TALL; i += LANES) {
          TYPE.cast(FloatVector.fromArray(SPECIES, a, from + i)).intoArray(strips, to + i);
        }
      }
    }
    for (int strip = 0; strip < count; strip++) {
      int from = aOffset + whole * lda + strip * TALL;
      int to = stripsOffset + strip * size + whole * TALL;
      columnStrip(TALL, TALL, k - whole, a, from, lda, strips, to);
    }
  }

  /// Packs a strip of the first `m` rows of an A that is stored by columns, padded to `height`.
  static void columnStrip(
      int height, int m, int k, float[] a, int aOffset, int lda, float[] strip, int stripOffset) {
    for (int p = 0; p < k; p++) {
      System.arraycopy(a, aOffset + p * lda, strip, stripOffset + p * height, m);
    }
  }
}
