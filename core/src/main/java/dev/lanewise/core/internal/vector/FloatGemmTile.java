// Generated from DoubleGemmTile.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Brings a finished tile into C: the tiles that the kernel cannot write in place because they are
/// added to C, stick out of it, or belong to its transpose.
final class FloatGemmTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = FloatGemmKernel.COLUMNS;

  private FloatGemmTile() {}

  /// `C ← tile`, or `C ← beta·C + tile` by one fused multiply-add where beta is not 0, for the
  /// first `m` rows and `n` columns of the tile. Element (i, j) of C is at
  /// `cOffset + i·rowStep + j·columnStep`, and one of the two steps is 1.
  static void update(
      int m,
      int n,
      float[] tile,
      int tileOffset,
      float beta,
      float[] c,
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

  private static void add(int n, float[] tile, int from, float beta, float[] c, int to) {
    FloatVector factor = FloatVector.broadcast(SPECIES, beta);
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
      FloatVector old = FloatVector.fromArray(SPECIES, c, to + j);
      FloatVector sum = factor.fma(old, FloatVector.fromArray(SPECIES, tile, from + j));
      FloatGemmKernel.TYPE.cast(sum).intoArray(c, to + j);
    }
    for (; j < n; j++) {
      c[to + j] = Math.fma(beta, c[to + j], tile[from + j]);
    }
  }

  private static void transposed(
      int m,
      int n,
      float[] tile,
      int tileOffset,
      float beta,
      float[] c,
      int cOffset,
      int columnStep) {
    if (beta == 0) {
      FloatGemmTranspose.copy(m, n, tile, tileOffset, COLUMNS, c, cOffset, columnStep);
    } else {
      FloatGemmTranspose.add(m, n, tile, tileOffset, COLUMNS, beta, c, cOffset, columnStep);
    }
  }
}
