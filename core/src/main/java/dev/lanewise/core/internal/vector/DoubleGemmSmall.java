package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.DoubleKernels.GEMM_K_BLOCK;

import dev.lanewise.core.kernel.GemmVariant;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Products whose operands the second cache holds, `C ← op(A)·op(B)`, with little to do besides the
/// arithmetic: A and C are met where they lie, and so is B unless it is stored transposed or
/// narrower than a tile.
///
/// ```
///      ┌────────┬────────┬──────┬─┬──────┐
///      │        │        │      │▒│      │
///      │        │        │      │▒│      │   The last tiles end where C does,
///      ├────────┼────────┼──────┼─┼──────┤   and overlap those before them.
///      │▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒│▒▒▒▒▒▒│▒│▒▒▒▒▒▒│
///      └────────┴────────┴──────┴─┴──────┘
/// ```
///
/// What tiles have in common is computed again, by the same chains and so to the same bits. That
/// needs no masks, no padding and no tile on the side; and a beta of 0, as C is overwritten.
///
/// The kernels are for vectors of 512 bits, and were found on Zen 4, which executes those as two
/// halves:
///
/// - A wide tile has two vectors of columns. Each element of A is broadcast for two fused
///   multiply-adds, and broadcast and arithmetic fit side by side.
/// - A narrow tile has one vector of columns, and is made of vectors of half the length. There a
///   broadcast from memory and its two multiply-adds take a cycle, as the arithmetic alone does;
///   with whole vectors a broadcast and its only multiply-add take 1.33.
/// - A by rows is read in tiles of four rows: more rows are more addresses than C2 has registers
///   for, and it keeps the rest in vector registers; what brings them back takes time from the
///   arithmetic. A by columns needs one address for all its rows, and is read in tiles of eight.
///
/// All elements of A are read plainly; why others are not is said at [DoubleGemmKernel].
final class DoubleGemmSmall {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = 2 * LANES;
  private static final Class<? extends DoubleVector> TYPE = DoubleGemmKernel.TYPE;
  private static final boolean HAS_HALVES = SPECIES.vectorBitSize() == 512;
  private static final VectorSpecies<Double> HALF =
      HAS_HALVES ? VectorSpecies.of(double.class, VectorShape.S_256_BIT) : SPECIES;
  private static final int HALF_LANES = HALF.length();
  private static final Class<? extends DoubleVector> HALF_TYPE = DoubleVector.zero(HALF).getClass();

  /// The rows of a tile with A by rows and by columns.
  private static final int BY_ROWS = 4;

  private static final int BY_COLUMNS = 8;

  /// The elements of an operand: a quarter of an L2 of 1 MB.
  private static final int MOST = (1 << 18) / Double.BYTES;

  /// The scratch of a tile that is wider than C.
  private static final int TILE = BY_COLUMNS * COLUMNS;

  private DoubleGemmSmall() {}

  /// Whether this is the way for a product of such operands.
  static boolean takes(GemmVariant variant, int m, int n, int k) {
    boolean aByColumns = variant == GemmVariant.TN;
    return HAS_HALVES
        && m >= (aByColumns ? BY_COLUMNS : BY_ROWS)
        && n > HALF_LANES
        && !((aByColumns || (LANES < n && n < COLUMNS)) && wastesColumns(n))
        && 0 < k
        && k <= GEMM_K_BLOCK
        && (long) m * k <= MOST
        && (long) n * k <= MOST;
  }

  /// Whether more than a fifth of the tiles' columns are not C's. Then an A by columns is better
  /// taken for the right factor of a transposed product, where its rows are the columns of tiles;
  /// and of two narrow panels the second would mostly compute what the first has, which is no
  /// better than one padded tile.
  private static boolean wastesColumns(int n) {
    int columns = (int) DoubleGemm.roundUp(n, LANES);
    return 5 * n < 4 * columns;
  }

  /// How many elements of scratch [#product] needs: a tile and a panel.
  static int scratch(int k) {
    return TILE + k * COLUMNS;
  }

  static void product(
      GemmVariant variant,
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc,
      double[] scratch,
      int scratchOffset) {
    boolean aByColumns = variant == GemmVariant.TN;
    boolean bByColumns = variant == GemmVariant.NT;
    boolean packed = bByColumns || n < LANES;
    int panel = scratchOffset + TILE;
    for (int j = 0; j < n; ) {
      boolean wide = n >= COLUMNS && n - j > LANES;
      int columns = wide ? COLUMNS : Math.min(LANES, n);
      int from = Math.min(j, n - columns);
      if (bByColumns) {
        DoubleGemmPacking.transposedPanel(k, columns, b, bOffset + from * ldb, ldb, scratch, panel);
      } else if (packed) {
        DoubleGemmPacking.panel(k, columns, b, bOffset + from, ldb, scratch, panel);
      }
      panel(
          wide,
          columns,
          m,
          k,
          a,
          aOffset,
          lda,
          aByColumns,
          packed ? scratch : b,
          packed ? panel : bOffset + from,
          packed ? COLUMNS : ldb,
          c,
          cOffset + from,
          ldc,
          scratch,
          scratchOffset);
      j += columns;
    }
  }

  /// All rows of A times one panel of B.
  private static void panel(
      boolean wide,
      int columns,
      int m,
      int k,
      double[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc,
      double[] scratch,
      int scratchOffset) {
    boolean inPlace = columns >= LANES;
    double[] tile = inPlace ? c : scratch;
    int ldTile = inPlace ? ldc : COLUMNS;
    int rows = aByColumns ? BY_COLUMNS : BY_ROWS;
    int aRow = aByColumns ? 1 : lda;
    for (int next = 0; next < m; next += rows) {
      int i = Math.min(next, m - rows);
      int left = aOffset + i * aRow;
      int corner = cOffset + i * ldc;
      int to = inPlace ? corner : scratchOffset;
      if (wide) {
        if (aByColumns) {
          wideByColumns(k, a, left, lda, b, bOffset, ldb, tile, to, ldTile);
        } else {
          wideByRows(k, a, left, lda, b, bOffset, ldb, tile, to, ldTile);
        }
      } else if (aByColumns) {
        narrowByColumns(k, a, left, lda, b, bOffset, ldb, tile, to, ldTile);
      } else {
        narrowByRows(k, a, left, lda, b, bOffset, ldb, tile, to, ldTile);
      }
      if (!inPlace) {
        DoubleGemmTile.update(rows, columns, scratch, scratchOffset, 0, c, corner, ldc, 1);
      }
    }
  }

  /// A wide tile, A by rows: element (i, p) at `a + i·lda + p`.
  private static void wideByRows(
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector left0 = DoubleVector.zero(SPECIES);
    DoubleVector right0 = DoubleVector.zero(SPECIES);
    DoubleVector left1 = DoubleVector.zero(SPECIES);
    DoubleVector right1 = DoubleVector.zero(SPECIES);
    DoubleVector left2 = DoubleVector.zero(SPECIES);
    DoubleVector right2 = DoubleVector.zero(SPECIES);
    DoubleVector left3 = DoubleVector.zero(SPECIES);
    DoubleVector right3 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aOffset + p]);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[row1 + p]);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[row2 + p]);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[row3 + p]);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      bRow += ldb;
    }
    TYPE.cast(left0).intoArray(c, cOffset);
    TYPE.cast(right0).intoArray(c, cOffset + LANES);
    TYPE.cast(left1).intoArray(c, cOffset + ldc);
    TYPE.cast(right1).intoArray(c, cOffset + ldc + LANES);
    TYPE.cast(left2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(right2).intoArray(c, cOffset + 2 * ldc + LANES);
    TYPE.cast(left3).intoArray(c, cOffset + 3 * ldc);
    TYPE.cast(right3).intoArray(c, cOffset + 3 * ldc + LANES);
  }

  /// A wide tile, A by columns: element (i, p) at `a + p·lda + i`.
  private static void wideByColumns(
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector left0 = DoubleVector.zero(SPECIES);
    DoubleVector right0 = DoubleVector.zero(SPECIES);
    DoubleVector left1 = DoubleVector.zero(SPECIES);
    DoubleVector right1 = DoubleVector.zero(SPECIES);
    DoubleVector left2 = DoubleVector.zero(SPECIES);
    DoubleVector right2 = DoubleVector.zero(SPECIES);
    DoubleVector left3 = DoubleVector.zero(SPECIES);
    DoubleVector right3 = DoubleVector.zero(SPECIES);
    DoubleVector left4 = DoubleVector.zero(SPECIES);
    DoubleVector right4 = DoubleVector.zero(SPECIES);
    DoubleVector left5 = DoubleVector.zero(SPECIES);
    DoubleVector right5 = DoubleVector.zero(SPECIES);
    DoubleVector left6 = DoubleVector.zero(SPECIES);
    DoubleVector right6 = DoubleVector.zero(SPECIES);
    DoubleVector left7 = DoubleVector.zero(SPECIES);
    DoubleVector right7 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aColumn]);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aColumn + 1]);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aColumn + 2]);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aColumn + 3]);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aColumn + 4]);
      left4 = a4.fma(b0, left4);
      right4 = a4.fma(b1, right4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aColumn + 5]);
      left5 = a5.fma(b0, left5);
      right5 = a5.fma(b1, right5);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[aColumn + 6]);
      left6 = a6.fma(b0, left6);
      right6 = a6.fma(b1, right6);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[aColumn + 7]);
      left7 = a7.fma(b0, left7);
      right7 = a7.fma(b1, right7);
      aColumn += lda;
      bRow += ldb;
    }
    TYPE.cast(left0).intoArray(c, cOffset);
    TYPE.cast(right0).intoArray(c, cOffset + LANES);
    TYPE.cast(left1).intoArray(c, cOffset + ldc);
    TYPE.cast(right1).intoArray(c, cOffset + ldc + LANES);
    TYPE.cast(left2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(right2).intoArray(c, cOffset + 2 * ldc + LANES);
    TYPE.cast(left3).intoArray(c, cOffset + 3 * ldc);
    TYPE.cast(right3).intoArray(c, cOffset + 3 * ldc + LANES);
    TYPE.cast(left4).intoArray(c, cOffset + 4 * ldc);
    TYPE.cast(right4).intoArray(c, cOffset + 4 * ldc + LANES);
    TYPE.cast(left5).intoArray(c, cOffset + 5 * ldc);
    TYPE.cast(right5).intoArray(c, cOffset + 5 * ldc + LANES);
    TYPE.cast(left6).intoArray(c, cOffset + 6 * ldc);
    TYPE.cast(right6).intoArray(c, cOffset + 6 * ldc + LANES);
    TYPE.cast(left7).intoArray(c, cOffset + 7 * ldc);
    TYPE.cast(right7).intoArray(c, cOffset + 7 * ldc + LANES);
  }

  /// A narrow tile, A by rows.
  private static void narrowByRows(
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector left0 = DoubleVector.zero(HALF);
    DoubleVector right0 = DoubleVector.zero(HALF);
    DoubleVector left1 = DoubleVector.zero(HALF);
    DoubleVector right1 = DoubleVector.zero(HALF);
    DoubleVector left2 = DoubleVector.zero(HALF);
    DoubleVector right2 = DoubleVector.zero(HALF);
    DoubleVector left3 = DoubleVector.zero(HALF);
    DoubleVector right3 = DoubleVector.zero(HALF);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(HALF, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(HALF, b, bRow + HALF_LANES);
      DoubleVector a0 = DoubleVector.broadcast(HALF, a[aOffset + p]);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = DoubleVector.broadcast(HALF, a[row1 + p]);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = DoubleVector.broadcast(HALF, a[row2 + p]);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = DoubleVector.broadcast(HALF, a[row3 + p]);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      bRow += ldb;
    }
    HALF_TYPE.cast(left0).intoArray(c, cOffset);
    HALF_TYPE.cast(right0).intoArray(c, cOffset + HALF_LANES);
    HALF_TYPE.cast(left1).intoArray(c, cOffset + ldc);
    HALF_TYPE.cast(right1).intoArray(c, cOffset + ldc + HALF_LANES);
    HALF_TYPE.cast(left2).intoArray(c, cOffset + 2 * ldc);
    HALF_TYPE.cast(right2).intoArray(c, cOffset + 2 * ldc + HALF_LANES);
    HALF_TYPE.cast(left3).intoArray(c, cOffset + 3 * ldc);
    HALF_TYPE.cast(right3).intoArray(c, cOffset + 3 * ldc + HALF_LANES);
  }

  /// A narrow tile, A by columns.
  private static void narrowByColumns(
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector left0 = DoubleVector.zero(HALF);
    DoubleVector right0 = DoubleVector.zero(HALF);
    DoubleVector left1 = DoubleVector.zero(HALF);
    DoubleVector right1 = DoubleVector.zero(HALF);
    DoubleVector left2 = DoubleVector.zero(HALF);
    DoubleVector right2 = DoubleVector.zero(HALF);
    DoubleVector left3 = DoubleVector.zero(HALF);
    DoubleVector right3 = DoubleVector.zero(HALF);
    DoubleVector left4 = DoubleVector.zero(HALF);
    DoubleVector right4 = DoubleVector.zero(HALF);
    DoubleVector left5 = DoubleVector.zero(HALF);
    DoubleVector right5 = DoubleVector.zero(HALF);
    DoubleVector left6 = DoubleVector.zero(HALF);
    DoubleVector right6 = DoubleVector.zero(HALF);
    DoubleVector left7 = DoubleVector.zero(HALF);
    DoubleVector right7 = DoubleVector.zero(HALF);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(HALF, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(HALF, b, bRow + HALF_LANES);
      DoubleVector a0 = DoubleVector.broadcast(HALF, a[aColumn]);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = DoubleVector.broadcast(HALF, a[aColumn + 1]);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = DoubleVector.broadcast(HALF, a[aColumn + 2]);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = DoubleVector.broadcast(HALF, a[aColumn + 3]);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      DoubleVector a4 = DoubleVector.broadcast(HALF, a[aColumn + 4]);
      left4 = a4.fma(b0, left4);
      right4 = a4.fma(b1, right4);
      DoubleVector a5 = DoubleVector.broadcast(HALF, a[aColumn + 5]);
      left5 = a5.fma(b0, left5);
      right5 = a5.fma(b1, right5);
      DoubleVector a6 = DoubleVector.broadcast(HALF, a[aColumn + 6]);
      left6 = a6.fma(b0, left6);
      right6 = a6.fma(b1, right6);
      DoubleVector a7 = DoubleVector.broadcast(HALF, a[aColumn + 7]);
      left7 = a7.fma(b0, left7);
      right7 = a7.fma(b1, right7);
      aColumn += lda;
      bRow += ldb;
    }
    HALF_TYPE.cast(left0).intoArray(c, cOffset);
    HALF_TYPE.cast(right0).intoArray(c, cOffset + HALF_LANES);
    HALF_TYPE.cast(left1).intoArray(c, cOffset + ldc);
    HALF_TYPE.cast(right1).intoArray(c, cOffset + ldc + HALF_LANES);
    HALF_TYPE.cast(left2).intoArray(c, cOffset + 2 * ldc);
    HALF_TYPE.cast(right2).intoArray(c, cOffset + 2 * ldc + HALF_LANES);
    HALF_TYPE.cast(left3).intoArray(c, cOffset + 3 * ldc);
    HALF_TYPE.cast(right3).intoArray(c, cOffset + 3 * ldc + HALF_LANES);
    HALF_TYPE.cast(left4).intoArray(c, cOffset + 4 * ldc);
    HALF_TYPE.cast(right4).intoArray(c, cOffset + 4 * ldc + HALF_LANES);
    HALF_TYPE.cast(left5).intoArray(c, cOffset + 5 * ldc);
    HALF_TYPE.cast(right5).intoArray(c, cOffset + 5 * ldc + HALF_LANES);
    HALF_TYPE.cast(left6).intoArray(c, cOffset + 6 * ldc);
    HALF_TYPE.cast(right6).intoArray(c, cOffset + 6 * ldc + HALF_LANES);
    HALF_TYPE.cast(left7).intoArray(c, cOffset + 7 * ldc);
    HALF_TYPE.cast(right7).intoArray(c, cOffset + 7 * ldc + HALF_LANES);
  }
}
