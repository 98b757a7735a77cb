package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies of operands in the order in which [DoubleGemmKernel] reads them.
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
/// A **strip** is the same for A: as many rows as a tile has, stored column by column. Only the
/// ragged last strip is ever packed, to pad it.
final class DoubleGemmPacking {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = DoubleGemmKernel.COLUMNS;

  private DoubleGemmPacking() {}

  /// Packs the panel of the first `n` columns of the `k` rows of a row-major B. Whole vectors are
  /// read while the array has them: behind a ragged row comes the next one, which pads as well as
  /// zeros do and needs no masks.
  static void panel(
      int k, int n, double[] b, int bOffset, int ldb, double[] panel, int panelOffset) {
    int from = bOffset;
    int to = panelOffset;
    int p = 0;
    for (; p < k && from + COLUMNS <= b.length; p++) {
      DoubleVector.fromArray(SPECIES, b, from).intoArray(panel, to);
      DoubleVector.fromArray(SPECIES, b, from + LANES).intoArray(panel, to + LANES);
      from += ldb;
      to += COLUMNS;
    }
    for (; p < k; p++) {
      for (int j = 0; j < COLUMNS; j++) {
        panel[to + j] = j < n ? b[from + j] : 0;
      }
      from += ldb;
      to += COLUMNS;
    }
  }

  /// Packs the same panel of a B that is stored transposed, n × k: four of its rows at a time, so
  /// that writes come in groups of neighbours.
  static void transposedPanel(
      int k, int n, double[] b, int bOffset, int ldb, double[] panel, int panelOffset) {
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      int row0 = bOffset + j * ldb;
      int row1 = row0 + ldb;
      int row2 = row1 + ldb;
      int row3 = row2 + ldb;
      int to = panelOffset + j;
      for (int p = 0; p < k; p++) {
        panel[to + p * COLUMNS] = b[row0 + p];
        panel[to + p * COLUMNS + 1] = b[row1 + p];
        panel[to + p * COLUMNS + 2] = b[row2 + p];
        panel[to + p * COLUMNS + 3] = b[row3 + p];
      }
    }
    for (; j < COLUMNS; j++) {
      for (int p = 0; p < k; p++) {
        panel[panelOffset + j + p * COLUMNS] = j < n ? b[bOffset + j * ldb + p] : 0;
      }
    }
  }

  /// Packs the strip of the first `m` rows of an A with element (i, p) at
  /// `aOffset + i·rowStep + p·columnStep`, padded to `height` rows.
  static void strip(
      int height,
      int m,
      int k,
      double[] a,
      int aOffset,
      int rowStep,
      int columnStep,
      double[] strip,
      int stripOffset) {
    for (int i = 0; i < height; i++) {
      for (int p = 0; p < k; p++) {
        strip[stripOffset + p * height + i] = i < m ? a[aOffset + i * rowStep + p * columnStep] : 0;
      }
    }
  }
}
