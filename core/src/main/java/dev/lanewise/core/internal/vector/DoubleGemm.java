package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.DoubleKernels.GEMM_K_BLOCK;

import dev.lanewise.core.kernel.GemmVariant;

/// The matrix product of [dev.lanewise.core.kernel.DoubleKernels#gemm], blocked for the caches in
/// the manner of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM
/// TOMS 34 (2008), and of BLIS (Van Zee and van de Geijn, ACM TOMS 41 (2015)):
///
/// ```
/// for each N_BLOCK columns of C                        a block of B fits half of L2
///   for each GEMM_K_BLOCK steps of the inner product   the pieces that the contract names
///     pack the block of B into panels                  if it pays, see below
///     for each strip of 12, 6 or 4 rows of A and C     the strip of A fits L1
///       for each panel of B: one tile of C             registers: DoubleGemmKernel
///         bring the tile into C                        if it was not computed in place
/// ```
///
/// Padding, packing and the order of the tiles leave each element's chain of sums as it is; that is
/// why all of the choices below may depend on the shape and the machine.
///
/// - **A is packed** for tall tiles, and where a strip sticks out of A; else it is read where it
///   lies, by rows or by columns: L1 keeps a strip for all panels of a block.
/// - **B is read where it lies** if it is row-major and has few strips of A to meet. Its ragged
///   last panel is always packed, and so is a B that is stored transposed.
/// - **`Cᵀ = op(B)ᵀ·op(A)ᵀ`** is computed instead of C where that means less padding and packing:
///   a product with few rows or few columns is long in one orientation only.
/// - **B may come packed**, from [#packPanel], in the blocks and panels of these loops; C then is
///   never transposed.
/// - **A product with a vector** is left to [DoubleGemv].
/// - **Tiles** are 12 rows tall if there are the registers and panels for it, then 6, or 4 where
///   otherwise rows would be wasted: every even number from 4 on is a sum of sixes and fours. They
///   are two vectors wide, or one if no more columns are left.
final class DoubleGemm {
  private static final int COLUMNS = DoubleGemmKernel.COLUMNS;
  private static final int LANES = COLUMNS / 2;
  private static final int TALL = DoubleGemmKernel.TALL;
  private static final int MIDDLE = DoubleGemmKernel.MIDDLE;
  private static final int LOW = DoubleGemmKernel.LOW;

  /// The scratch of a tile and of a strip.
  private static final int TILE_AND_STRIP = TALL * (COLUMNS + DoubleGemmKernel.STRIDE);

  /// Columns of B in a block: 1 KB of each row, 384 KB in all.
  private static final int N_BLOCK = 1024 / Double.BYTES;

  /// With fewer rows of A, B is not worth packing.
  private static final int ROWS_TO_PACK_B = 64;

  /// With shorter inner products, A is not worth packing where it need not be.
  private static final int STEPS_TO_PACK_A = 64;

  /// What it costs to multiply a vector, and to copy an element with its row, with a few
  /// neighbours,
  /// or to transpose it, as measured on Zen 4.
  private static final int MULTIPLY = 8;

  private static final int COPY_ROW = 1;
  private static final int COPY = 3;
  private static final int TRANSPOSE = 6;

  private DoubleGemm() {}

  static void gemm(
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
      double beta,
      double[] c,
      int cOffset,
      int ldc,
      double[] scratch,
      int scratchOffset) {
    boolean aByColumns = variant == GemmVariant.TN;
    boolean bByColumns = variant == GemmVariant.NT;
    if (m == 1) {
      int step = aByColumns ? lda : 1;
      DoubleGemv.product(
          n,
          k,
          a,
          aOffset,
          step,
          b,
          bOffset,
          ldb,
          bByColumns,
          beta,
          c,
          cOffset,
          1,
          scratch,
          scratchOffset);
    } else if (n == 1) {
      int step = bByColumns ? 1 : ldb;
      DoubleGemv.product(
          m,
          k,
          b,
          bOffset,
          step,
          a,
          aOffset,
          lda,
          !aByColumns,
          beta,
          c,
          cOffset,
          ldc,
          scratch,
          scratchOffset);
    } else if (k == 1 && (!bByColumns || ldb == 1)) {
      DoubleGemv.outer(m, n, a, aOffset, aByColumns ? 1 : lda, b, bOffset, beta, c, cOffset, ldc);
    } else {
      matrixProduct(
          variant,
          m,
          n,
          k,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          beta,
          c,
          cOffset,
          ldc,
          scratch,
          scratchOffset);
    }
  }

  static int packedSize(int n, int k) {
    return Math.multiplyExact(k, (int) roundUp(n, COLUMNS));
  }

  static int packedPanels(int n) {
    return (int) (roundUp(n, COLUMNS) / COLUMNS);
  }

  static void packPanel(
      GemmVariant variant,
      int panel,
      int n,
      int k,
      double[] b,
      int bOffset,
      int ldb,
      double[] packed,
      int packedOffset) {
    boolean bByColumns = variant == GemmVariant.NT;
    int j = panel * COLUMNS;
    int first = j / N_BLOCK * N_BLOCK;
    for (int p = 0; p < k; p += GEMM_K_BLOCK) {
      int steps = Math.min(GEMM_K_BLOCK, k - p);
      int from = bOffset + (bByColumns ? p + j * ldb : p * ldb + j);
      int to = packedOffset + packedBlock(p, first, n, k) + (j - first) * steps;
      pack(Math.min(COLUMNS, n - j), steps, b, from, ldb, bByColumns, true, packed, to);
    }
  }

  static void gemmPacked(
      GemmVariant variant,
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] packed,
      int packedOffset,
      double beta,
      double[] c,
      int cOffset,
      int ldc,
      double[] scratch,
      int scratchOffset) {
    product(
        m,
        n,
        k,
        a,
        aOffset,
        lda,
        variant == GemmVariant.TN,
        packed,
        packedOffset,
        COLUMNS,
        false,
        true,
        beta,
        c,
        cOffset,
        ldc,
        1,
        scratch,
        scratchOffset);
  }

  static int gemmPackedScratch() {
    return TILE_AND_STRIP;
  }

  private static void matrixProduct(
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
      double beta,
      double[] c,
      int cOffset,
      int ldc,
      double[] scratch,
      int scratchOffset) {
    boolean aByColumns = variant == GemmVariant.TN;
    boolean bByColumns = variant == GemmVariant.NT;
    boolean transposed = isTransposeCheaper(variant, m, n, k);
    product( // one call: inlined twice, it is too much for C2, which then boxes vectors
        transposed ? n : m,
        transposed ? m : n,
        k,
        transposed ? b : a,
        transposed ? bOffset : aOffset,
        transposed ? ldb : lda,
        transposed ? !bByColumns : aByColumns,
        transposed ? a : b,
        transposed ? aOffset : bOffset,
        transposed ? lda : ldb,
        transposed ? !aByColumns : bByColumns,
        false,
        beta,
        c,
        cOffset,
        transposed ? 1 : ldc,
        transposed ? ldc : 1,
        scratch,
        scratchOffset);
  }

  static int gemmScratch(GemmVariant variant, int m, int n, int k) {
    if (m == 1 || n == 1) {
      return DoubleGemv.scratch(Math.max(m, n), k);
    }
    return isTransposeCheaper(variant, m, n, k)
        ? scratch(n, m, k, variant != GemmVariant.TN)
        : scratch(m, n, k, variant == GemmVariant.NT);
  }

  private static boolean isTransposeCheaper(GemmVariant variant, int m, int n, int k) {
    boolean aByColumns = variant == GemmVariant.TN;
    boolean bByColumns = variant == GemmVariant.NT;
    long pieces = roundUp(k, GEMM_K_BLOCK) / GEMM_K_BLOCK;
    long straight = cost(m, n, k, aByColumns, bByColumns);
    long transposed = cost(n, m, k, !bByColumns, !aByColumns) + TRANSPOSE * pieces * m * n;
    return transposed < straight;
  }

  private static long cost(long m, long n, long k, boolean aByColumns, boolean bByColumns) {
    long multiply = MULTIPLY * roundUp(m, 2) * (roundUp(n, LANES) / LANES) * k;
    long packA = usesTall((int) n, (int) k) ? roundUp(n, N_BLOCK) / N_BLOCK * m * k : 0;
    long packB = bByColumns || m >= ROWS_TO_PACK_B ? n * k : 0;
    return multiply
        + (aByColumns ? COPY : COPY_ROW) * packA
        + (bByColumns ? TRANSPOSE : COPY) * packB;
  }

  private static long roundUp(long length, long step) {
    return (length + step - 1) / step * step;
  }

  /// The tile, a strip of A, and a block of B or its last panel.
  private static int scratch(int m, int n, int k, boolean bByColumns) {
    int steps = Math.min(k, GEMM_K_BLOCK);
    return TILE_AND_STRIP + steps * packedColumns(m, n, bByColumns);
  }

  private static int packedColumns(int m, int n, boolean bByColumns) {
    if (packsB(m, bByColumns)) {
      return (int) roundUp(Math.min(n, N_BLOCK), COLUMNS);
    }
    return isWhole(n % COLUMNS) ? 0 : COLUMNS;
  }

  private static boolean packsB(int m, boolean bByColumns) {
    return bByColumns || m >= ROWS_TO_PACK_B;
  }

  /// Whether the last panel, of that many columns, needs no padding.
  private static boolean isWhole(int columns) {
    return columns % LANES == 0;
  }

  /// Tall tiles need a packed A, which several panels and enough steps must make worth while.
  private static boolean usesTall(int n, int k) {
    return DoubleGemmKernel.HAS_TALL && n > COLUMNS && k >= STEPS_TO_PACK_A;
  }

  /// The product with each operand by rows or by columns: element (i, p) of A is at
  /// `aOffset + i·lda + p`, or by columns at `aOffset + p·lda + i`, and so for B, unless that is
  /// packed already. Element (i, j) of C is at `cOffset + i·rowStep + j·columnStep`.
  private static void product(
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      double[] b,
      int bOffset,
      int ldb,
      boolean bByColumns,
      boolean bIsPacked,
      double beta,
      double[] c,
      int cOffset,
      int rowStep,
      int columnStep,
      double[] scratch,
      int scratchOffset) {
    int aRowStep = aByColumns ? 1 : lda;
    int aColumnStep = aByColumns ? lda : 1;
    int bRowStep = bByColumns ? 1 : ldb;
    int bColumnStep = bByColumns ? ldb : 1;
    boolean packsB = bIsPacked || packsB(m, bByColumns);
    boolean tall = usesTall(n, k);
    double[] panels = bIsPacked ? b : scratch;
    for (int j = 0; j < n; j += N_BLOCK) {
      int columns = Math.min(N_BLOCK, n - j);
      double scale = beta;
      int p = 0;
      do {
        int steps = Math.min(GEMM_K_BLOCK, k - p);
        int block = bOffset + p * bRowStep + j * bColumnStep;
        int panelsOffset = scratchOffset + TILE_AND_STRIP;
        if (bIsPacked) {
          panelsOffset = bOffset + packedBlock(p, j, n, k);
        } else {
          pack(columns, steps, b, block, ldb, bByColumns, packsB, scratch, panelsOffset);
        }
        for (int i = 0; i < m; ) {
          int height = tall && m - i >= TALL ? TALL : height(m - i, columnStep != 1);
          strip(
              height,
              Math.min(height, m - i),
              columns,
              steps,
              a,
              aOffset + i * aRowStep + p * aColumnStep,
              lda,
              aByColumns,
              b,
              block,
              ldb,
              packsB,
              panels,
              panelsOffset,
              scale,
              c,
              cOffset + i * rowStep + j * columnStep,
              rowStep,
              columnStep,
              scratch,
              scratchOffset);
          i += height;
        }
        scale = 1;
        p += GEMM_K_BLOCK;
      } while (p < k);
    }
  }

  /// Where in a packed B the block from row `p` and column `j` on begins.
  private static int packedBlock(int p, int j, int n, int k) {
    return j * k + p * (int) roundUp(Math.min(N_BLOCK, n - j), COLUMNS);
  }

  /// The height of the next tile with `rows` to go: low ones first, until sixes do; low ones only
  /// if the tile is to be transposed, which goes four rows at a time.
  private static int height(int rows, boolean transposed) {
    boolean sixes = (rows + 1) / 2 % 3 == 0;
    return sixes && !(transposed && rows % LOW == 0) ? MIDDLE : LOW;
  }

  /// Packs all panels of a block of B, or only the ragged last.
  private static void pack(
      int n,
      int k,
      double[] b,
      int bOffset,
      int ldb,
      boolean bByColumns,
      boolean all,
      double[] scratch,
      int panels) {
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      int panel = all ? panels + j * k : panels;
      if (bByColumns) {
        DoubleGemmPacking.transposedPanel(k, columns, b, bOffset + j * ldb, ldb, scratch, panel);
      } else if (all || !isWhole(columns)) {
        DoubleGemmPacking.panel(k, columns, b, bOffset + j, ldb, scratch, panel);
      }
    }
  }

  /// One strip of A times a block of B.
  private static void strip(
      int height,
      int rows,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      double[] b,
      int bOffset,
      int ldb,
      boolean packsB,
      double[] panels,
      int panelsOffset,
      double beta,
      double[] c,
      int cOffset,
      int rowStep,
      int columnStep,
      double[] scratch,
      int scratchOffset) {
    boolean packsA = k > 0 && (height == TALL || rows < height);
    double[] left = a;
    int leftOffset = aOffset;
    int ldLeft = lda;
    if (packsA) {
      left = scratch;
      leftOffset = scratchOffset + TALL * COLUMNS;
      ldLeft = aByColumns ? height : DoubleGemmKernel.STRIDE;
      if (aByColumns) {
        DoubleGemmPacking.columnStrip(height, rows, k, a, aOffset, lda, scratch, leftOffset);
      } else {
        DoubleGemmPacking.strip(rows, k, a, aOffset, lda, scratch, leftOffset);
      }
    }
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      boolean packed = packsB || !isWhole(columns);
      double[] right = packed ? panels : b;
      int rightOffset = packsB ? panelsOffset + j * k : packed ? panelsOffset : bOffset + j;
      int ldRight = packed ? COLUMNS : ldb;
      int corner = cOffset + j * columnStep;
      boolean inPlace = beta == 0 && columnStep == 1 && rows == height && isWhole(columns);
      double[] tile = inPlace ? c : scratch;
      int tileOffset = inPlace ? corner : scratchOffset;
      int ldTile = inPlace ? rowStep : COLUMNS;
      tile(
          height,
          columns > LANES,
          aByColumns,
          k,
          left,
          leftOffset,
          ldLeft,
          right,
          rightOffset,
          ldRight,
          tile,
          tileOffset,
          ldTile);
      if (!inPlace) {
        DoubleGemmTile.update(
            rows, columns, scratch, scratchOffset, beta, c, corner, rowStep, columnStep);
      }
    }
  }

  private static void tile(
      int height,
      boolean wide,
      boolean aByColumns,
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
    if (!wide) {
      narrow(height, aByColumns, k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
    } else if (height == TALL) {
      if (aByColumns) {
        DoubleGemmKernel.tallByColumns(k, a, aOffset, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        DoubleGemmKernel.tallByRows(k, a, aOffset, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else if (height == MIDDLE) {
      if (aByColumns) {
        DoubleGemmKernel.middleByColumns(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        DoubleGemmKernel.middleByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else {
      if (aByColumns) {
        DoubleGemmKernel.lowByColumns(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        DoubleGemmKernel.lowByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    }
  }

  /// A tile of one vector's columns; a tall one is two middle ones.
  private static void narrow(
      int height,
      boolean aByColumns,
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
    if (height == LOW) {
      if (aByColumns) {
        DoubleGemmKernel.narrowLowByColumns(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        DoubleGemmKernel.narrowLowByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else {
      for (int i = 0; i < height; i += MIDDLE) {
        int upper = aOffset + (aByColumns ? i : i * lda);
        int corner = cOffset + i * ldc;
        if (aByColumns) {
          DoubleGemmKernel.narrowMiddleByColumns(k, a, upper, lda, b, bOffset, ldb, c, corner, ldc);
        } else {
          DoubleGemmKernel.narrowMiddleByRows(k, a, upper, lda, b, bOffset, ldb, c, corner, ldc);
        }
      }
    }
  }
}
