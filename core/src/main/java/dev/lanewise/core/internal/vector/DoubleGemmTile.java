package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Brings a finished tile into C: the tiles that the kernel cannot write in place because they are
/// added to C, stick out of it, or belong to its transpose.
final class DoubleGemmTile {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = DoubleGemmKernel.COLUMNS;

  private DoubleGemmTile() {}

  /// `C ← tile`, or `C ← beta·C + tile` by one fused multiply-add where beta is not 0, for the
  /// first `m` rows and `n` columns of the tile. Element (i, j) of C is at
  /// `cOffset + i·rowStep + j·columnStep`, and one of the two steps is 1.
  static void update(
      int m,
      int n,
      double[] tile,
      int tileOffset,
      double beta,
      double[] c,
      int cOffset,
      int rowStep,
      int columnStep) {
    if (columnStep != 1) {
      transposed(m, n, tile, tileOffset, beta, c, cOffset, columnStep);
    } else if (beta == 0) {
      for (int i = 0; i < m; i++) {
        System.arraycopy(tile, tileOffset + i * COLUMNS, c, cOffset + i * rowStep, n);
      }
    } else {
      for (int i = 0; i < m; i++) {
        add(n, tile, tileOffset + i * COLUMNS, beta, c, cOffset + i * rowStep);
      }
    }
  }

  private static void add(int n, double[] tile, int from, double beta, double[] c, int to) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, beta);
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
      DoubleVector old = DoubleVector.fromArray(SPECIES, c, to + j);
      DoubleVector sum = factor.fma(old, DoubleVector.fromArray(SPECIES, tile, from + j));
      DoubleGemmKernel.TYPE.cast(sum).intoArray(c, to + j);
    }
    for (; j < n; j++) {
      c[to + j] = Math.fma(beta, c[to + j], tile[from + j]);
    }
  }

  private static void transposed(
      int m,
      int n,
      double[] tile,
      int tileOffset,
      double beta,
      double[] c,
      int cOffset,
      int columnStep) {
    if (beta == 0) {
      DoubleGemmTranspose.copy(m, n, tile, tileOffset, COLUMNS, c, cOffset, columnStep);
    } else {
      DoubleGemmTranspose.add(m, n, tile, tileOffset, COLUMNS, beta, c, cOffset, columnStep);
    }
  }
}
