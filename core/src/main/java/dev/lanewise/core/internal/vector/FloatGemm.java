// Generated from DoubleGemm.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.FloatKernels.GEMM_K_BLOCK;

import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;

/// The matrix product of [dev.lanewise.core.kernel.FloatKernels#gemm], blocked for the caches in
/// the manner of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM
/// TOMS 34 (2008), and of BLIS (Van Zee and van de Geijn, ACM TOMS 41 (2015)):
///
/// ```
/// for each N_BLOCK columns of C                        of most products all
///   for each GEMM_K_BLOCK steps of the inner product   the pieces that the contract names
///     pack the block of B into panels                  if it pays, see below
///     for each M_BLOCK rows of A and C                 a block of A fits a quarter of L2
///       pack the block of A into strips                if it pays, see below
///       for each GROUP columns of B: some panels       L2 keeps them for all strips
///         for each strip of A                          rows of C are met along their lines
///           for each panel: one tile of C              registers: FloatGemmKernel
///             bring the tile into C                    if it was not computed in place
///       finish the block of C after its last steps     L2 has it still: FloatGemmEpilogue
/// ```
///
/// Padding, packing and the order of the tiles leave each element's chain of sums as it is; that is
/// why all of the choices below may depend on the shape and the machine.
///
/// - **A is packed** for tall tiles, and where a strip sticks out of A; else it is read where it
///   lies, by rows or by columns.
/// - **B is read where it lies** if it is row-major and has few strips of A to meet, or is small
///   and has not too many. Its ragged last panel is always packed, and so is a B that is stored
///   transposed.
/// - **`Cᵀ = op(B)ᵀ·op(A)ᵀ`** is computed instead of C where that means less padding and packing:
///   a product with few rows or few columns is long in one orientation only.
/// - **B may come packed**, from [#packPanel], in the blocks and panels of these loops; C then is
///   never transposed.
/// - **A product with a vector** is left to [FloatGemv], and if it does not add to C, one with
///   nine or ten columns to [FloatGemmTen], and one of small operands to [FloatGemmSmall].
/// - **Tiles** are 12 rows tall if there are the registers for it and panels are long and many,
///   then 6, or 4 where otherwise rows would be wasted: every even number from 4 on is a sum of
///   sixes and fours. They are two vectors wide, or one if no more columns are left.
final class FloatGemm {
  private static final int COLUMNS = FloatGemmKernel.COLUMNS;
  private static final int LANES = COLUMNS / 2;
  private static final int TALL = FloatGemmKernel.TALL;
  private static final int MIDDLE = FloatGemmKernel.MIDDLE;
  private static final int LOW = FloatGemmKernel.LOW;

  /// The scratch of a tile.
  private static final int TILE = TALL * COLUMNS;

  /// Rows of A in a block: with their steps, 100 KB of floats or 200 KB of doubles.
  private static final int M_BLOCK = 4 * TALL;

  /// Columns of B that a strip of A meets one panel after the other: with their steps, 512 KB if
  /// vectors have 512 bits. A strip that met one panel at a time, and so left after each tile for
  /// other rows of C, would wait for C: its lines come the sooner the longer the pieces of a row.
  /// Of Cᵀ it is the columns that lie in memory as rows do, so there it is one panel at a time.
  private static final int GROUP = 8 * COLUMNS;

  /// How many strips are packed at once: as many as make whole cache lines of an A by columns.
  private static final int STRIPS = 4;

  /// Columns of B in a block, of 4 MB: the scratch has a limit, and of a C of some thousand rows as
  /// many columns stay in L3 from one piece of the inner product to the next.
  private static final int N_BLOCK = 8192 / Float.BYTES;

  /// With fewer rows of A, B is not worth packing.
  private static final int ROWS_TO_PACK_B = 64;

  /// Nor is it with fewer than these, if a block of it is no larger than an L2 of 1 MB.
  private static final int ROWS_TO_PACK_SMALL_B = 257;

  private static final int SMALL_B = (1 << 20) / Float.BYTES;

  /// With no more steps, the panels of B fit half of L1; then low tiles of an A that is not packed
  /// are as fast as tall ones.
  private static final int STEPS_TO_PACK_A = 129;

  /// With rows of B of no more than a kilobyte, packing A is not worth what tall tiles save.
  private static final int COLUMNS_TO_PACK_A = 1024 / Float.BYTES + 1;

  /// An A by columns, whose strips are copied without being taken apart, is worth it with rows of
  /// just a kilobyte, if there are so many steps: then panels of B of 512 bits outgrow L1.
  private static final int COLUMNS_TO_PACK_COLUMNS = 1024 / Float.BYTES;

  private static final int STEPS_TO_PACK_COLUMNS = 257;

  /// What it costs to multiply a vector, and to copy an element with its row, with a few
  /// neighbours, or to transpose it, as measured on Zen 4.
  private static final int MULTIPLY = 8;

  private static final int COPY_ROW = 1;
  private static final int COPY = 3;
  private static final int TRANSPOSE = 6;

  private FloatGemm() {}

  static void gemm(
      GemmVariant variant,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float beta,
      float[] c,
      int cOffset,
      int ldc,
      Epilogue epilogue,
      float[] e,
      int eOffset,
      float[] scratch,
      int scratchOffset) {
    boolean aByColumns = variant == GemmVariant.TN;
    boolean bByColumns = variant == GemmVariant.NT;
    if (m == 1) {
      int step = aByColumns ? lda : 1;
      FloatGemv.product(
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
      FloatGemmEpilogue.apply(epilogue, 1, n, e, eOffset, c, cOffset, ldc);
    } else if (n == 1) {
      int step = bByColumns ? 1 : ldb;
      FloatGemv.product(
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
      FloatGemmEpilogue.apply(epilogue, m, 1, e, eOffset, c, cOffset, ldc);
    } else if (k == 1 && (!bByColumns || ldb == 1)) {
      FloatGemv.outer(m, n, a, aOffset, aByColumns ? 1 : lda, b, bOffset, beta, c, cOffset, ldc);
      FloatGemmEpilogue.apply(epilogue, m, n, e, eOffset, c, cOffset, ldc);
    } else if (beta == 0 && FloatGemmTen.takes(variant, m, n, k)) {
      FloatGemmTen.product(
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
          c,
          cOffset,
          ldc,
          scratch,
          scratchOffset);
      FloatGemmEpilogue.apply(epilogue, m, n, e, eOffset, c, cOffset, ldc);
    } else if (beta == 0 && FloatGemmSmall.takes(variant, m, n, k)) {
      FloatGemmSmall.product(
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
          c,
          cOffset,
          ldc,
          scratch,
          scratchOffset);
      FloatGemmEpilogue.apply(epilogue, m, n, e, eOffset, c, cOffset, ldc);
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
          epilogue,
          e,
          eOffset,
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
      float[] b,
      int bOffset,
      int ldb,
      float[] packed,
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
      float[] a,
      int aOffset,
      int lda,
      float[] packed,
      int packedOffset,
      float beta,
      float[] c,
      int cOffset,
      int ldc,
      Epilogue epilogue,
      float[] e,
      int eOffset,
      float[] scratch,
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
        epilogue,
        e,
        eOffset,
        scratch,
        scratchOffset);
  }

  static int gemmPackedScratch() {
    return TILE + stripsSize(M_BLOCK, GEMM_K_BLOCK);
  }

  private static void matrixProduct(
      GemmVariant variant,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float beta,
      float[] c,
      int cOffset,
      int ldc,
      Epilogue epilogue,
      float[] e,
      int eOffset,
      float[] scratch,
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
        epilogue,
        e,
        eOffset,
        scratch,
        scratchOffset);
  }

  static int gemmScratch(GemmVariant variant, int m, int n, int k) {
    if (m == 1 || n == 1) {
      return FloatGemv.scratch(Math.max(m, n), k);
    }
    int blocked =
        isTransposeCheaper(variant, m, n, k)
            ? scratch(n, m, k, variant != GemmVariant.TN)
            : scratch(m, n, k, variant == GemmVariant.NT);
    if (FloatGemmTen.takes(variant, m, n, k)) {
      return Math.max(blocked, FloatGemmTen.scratch(k));
    }
    boolean maybeSmall = FloatGemmSmall.takes(variant, m, n, k);
    return maybeSmall ? Math.max(blocked, FloatGemmSmall.scratch(k)) : blocked;
  }

  private static boolean isTransposeCheaper(GemmVariant variant, int m, int n, int k) {
    boolean aByColumns = variant == GemmVariant.TN;
    boolean bByColumns = variant == GemmVariant.NT;
    long pieces = roundUp(k, GEMM_K_BLOCK) / GEMM_K_BLOCK;
    long straight = cost(m, n, k, aByColumns, bByColumns, false);
    long transposed = cost(n, m, k, !bByColumns, !aByColumns, true) + TRANSPOSE * pieces * m * n;
    return transposed < straight;
  }

  private static long cost(
      long m, long n, long k, boolean aByColumns, boolean bByColumns, boolean transposed) {
    long multiply = MULTIPLY * roundUp(m, 2) * (roundUp(n, LANES) / LANES) * k;
    long packA = usesTall(n, k, aByColumns, transposed) ? m * k : 0;
    long packB = packsB(m, n, k, bByColumns) ? n * k : 0;
    return multiply
        + (aByColumns ? COPY : COPY_ROW) * packA
        + (bByColumns ? TRANSPOSE : COPY) * packB;
  }

  static long roundUp(long length, long step) {
    return (length + step - 1) / step * step;
  }

  /// The tile, strips of A, and a block of B or its last panel.
  private static int scratch(int m, int n, int k, boolean bByColumns) {
    int steps = Math.min(k, GEMM_K_BLOCK);
    return TILE + stripsSize(m, k) + steps * packedColumns(m, n, k, bByColumns);
  }

  /// The tall strips of a block and a ragged one behind them.
  private static int stripsSize(int m, int k) {
    return (Math.min(m, M_BLOCK) / TALL + 1) * stripSize(Math.min(k, GEMM_K_BLOCK));
  }

  /// The elements of a tall strip of `k` steps: with room for what whole vectors bring too much.
  private static int stripSize(int k) {
    return TALL * (int) roundUp(k, LANES) + LANES;
  }

  private static int packedColumns(int m, int n, int k, boolean bByColumns) {
    if (packsB(m, n, k, bByColumns)) {
      return (int) roundUp(Math.min(n, N_BLOCK), COLUMNS);
    }
    return isWhole(n % COLUMNS) ? 0 : COLUMNS;
  }

  private static boolean packsB(long m, long n, long k, boolean bByColumns) {
    boolean isSmall = n * Math.min(k, GEMM_K_BLOCK) <= SMALL_B;
    return bByColumns || m >= (isSmall ? ROWS_TO_PACK_SMALL_B : ROWS_TO_PACK_B);
  }

  /// Whether the last panel, of that many columns, needs no padding.
  private static boolean isWhole(int columns) {
    return columns % LANES == 0;
  }

  /// Tall tiles need a packed A, which enough columns and steps must make worth while. Fewer
  /// columns
  /// are enough if the tiles are transposed, which goes four rows at a time, or A is cheap to pack.
  private static boolean usesTall(long n, long k, boolean aByColumns, boolean transposed) {
    if (!FloatGemmKernel.HAS_TALL || k < STEPS_TO_PACK_A) {
      return false;
    }
    if (transposed) {
      return n >= COLUMNS;
    }
    boolean isCheap = aByColumns && k >= STEPS_TO_PACK_COLUMNS;
    return n >= (isCheap ? COLUMNS_TO_PACK_COLUMNS : COLUMNS_TO_PACK_A);
  }

  /// The product with each operand by rows or by columns: element (i, p) of A is at
  /// `aOffset + i·lda + p`, or by columns at `aOffset + p·lda + i`, and so for B, unless that is
  /// packed already. Element (i, j) of C is at `cOffset + i·rowStep + j·columnStep`.
  private static void product(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      float[] b,
      int bOffset,
      int ldb,
      boolean bByColumns,
      boolean bIsPacked,
      float beta,
      float[] c,
      int cOffset,
      int rowStep,
      int columnStep,
      Epilogue epilogue,
      float[] e,
      int eOffset,
      float[] scratch,
      int scratchOffset) {
    int aRowStep = aByColumns ? 1 : lda;
    int aColumnStep = aByColumns ? lda : 1;
    int bRowStep = bByColumns ? 1 : ldb;
    int bColumnStep = bByColumns ? ldb : 1;
    boolean packsB = bIsPacked || packsB(m, n, k, bByColumns);
    boolean tall = usesTall(n, k, aByColumns, columnStep != 1);
    float[] panels = bIsPacked ? b : scratch;
    for (int j = 0; j < n; j += N_BLOCK) {
      int columns = Math.min(N_BLOCK, n - j);
      float scale = beta;
      int p = 0;
      do {
        int steps = Math.min(GEMM_K_BLOCK, k - p);
        int right = bOffset + p * bRowStep + j * bColumnStep;
        int panelsOffset = scratchOffset + TILE + stripsSize(m, k);
        if (bIsPacked) {
          panelsOffset = bOffset + packedBlock(p, j, n, k);
        } else {
          pack(columns, steps, b, right, ldb, bByColumns, packsB, scratch, panelsOffset);
        }
        boolean last = p + GEMM_K_BLOCK >= k;
        int i = 0;
        while (i < m) {
          int rows =
              block(
                  m - i,
                  columns,
                  steps,
                  tall,
                  a,
                  aOffset + i * aRowStep + p * aColumnStep,
                  lda,
                  aByColumns,
                  b,
                  right,
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
          if (last && epilogue != Epilogue.NONE) {
            int complete = Math.min(rows, m - i);
            finish(epilogue, i, complete, j, columns, e, eOffset, c, cOffset, rowStep, columnStep);
          }
          i += rows;
        }
        scale = 1;
        p += GEMM_K_BLOCK;
      } while (p < k);
    }
  }

  /// Finishes a block of C, which the cache still holds; of Cᵀ, if that is what was computed.
  private static void finish(
      Epilogue epilogue,
      int i,
      int rows,
      int j,
      int columns,
      float[] e,
      int eOffset,
      float[] c,
      int cOffset,
      int rowStep,
      int columnStep) {
    boolean transposed = columnStep != 1;
    int ldc = transposed ? columnStep : rowStep;
    int row = transposed ? j : i;
    int column = transposed ? i : j;
    FloatGemmEpilogue.apply(
        epilogue,
        transposed ? columns : rows,
        transposed ? rows : columns,
        e,
        eOffset + column + (epilogue.operand() == Epilogue.Operand.MATRIX ? row * ldc : 0),
        c,
        cOffset + row * ldc + column,
        ldc);
  }

  /// Where in a packed B the block from row `p` and column `j` on begins.
  private static int packedBlock(int p, int j, int n, int k) {
    return j * k + p * (int) roundUp(Math.min(N_BLOCK, n - j), COLUMNS);
  }

  /// The height of the next tile with `rows` to go: tall ones if they are used; then low ones,
  /// until sixes do; low ones to the end if the tiles are to be transposed, which goes four rows at
  /// a time, and their rows are a multiple of four.
  private static int height(int rows, boolean tall, boolean transposed) {
    if (tall && rows >= TALL) {
      return TALL;
    }
    boolean sixes = (rows + 1) / 2 % 3 == 0;
    return sixes && !(transposed && rows % LOW == 0) ? MIDDLE : LOW;
  }

  /// Packs all panels of a block of B, or only the ragged last.
  private static void pack(
      int n,
      int k,
      float[] b,
      int bOffset,
      int ldb,
      boolean bByColumns,
      boolean all,
      float[] scratch,
      int panels) {
    int whole = all && !bByColumns ? n / COLUMNS * COLUMNS : 0;
    for (int j = 0; j < whole; j += GROUP) {
      int count = Math.min(GROUP, whole - j) / COLUMNS;
      FloatGemmPacking.panels(count, k, b, bOffset + j, ldb, scratch, panels + j * k);
    }
    for (int j = whole; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      int panel = all ? panels + j * k : panels;
      if (bByColumns) {
        FloatGemmPacking.transposedPanel(k, columns, b, bOffset + j * ldb, ldb, scratch, panel);
      } else if (all || !isWhole(columns)) {
        FloatGemmPacking.panel(k, columns, b, bOffset + j, ldb, scratch, panel);
      }
    }
  }

  /// The first M_BLOCK of `m` rows of A and C, or all that are left, times a block of B; returns
  /// how many rows it did.
  private static int block(
      int m,
      int n,
      int k,
      boolean tall,
      float[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      float[] b,
      int bOffset,
      int ldb,
      boolean packsB,
      float[] panels,
      int panelsOffset,
      float beta,
      float[] c,
      int cOffset,
      int rowStep,
      int columnStep,
      float[] scratch,
      int scratchOffset) {
    int strips = scratchOffset + TILE;
    int talls = tall ? Math.min(m, M_BLOCK) / TALL : 0;
    packTall(talls, k, a, aOffset, lda, aByColumns, scratch, strips);
    boolean transposed = columnStep != 1;
    int width = transposed ? COLUMNS : GROUP;
    int end = 0;
    for (int group = 0; group < n; group += width) {
      for (int i = 0; i < m && i < M_BLOCK; i = end) {
        int height = height(m - i, tall, transposed);
        int rows = Math.min(height, m - i);
        int left = aOffset + i * (aByColumns ? 1 : lda);
        boolean packsA = height == TALL || (rows < height && k > 0);
        int strip = strips + (height == TALL ? i / TALL : talls) * stripSize(k);
        if (rows < height && group == 0) {
          packRagged(height, rows, k, a, left, lda, aByColumns, scratch, strip);
        }
        for (int j = group; j < n && j < group + width; j += COLUMNS) {
          int columns = Math.min(COLUMNS, n - j);
          boolean packed = packsB || !isWhole(columns);
          int corner = cOffset + i * rowStep + j * columnStep;
          boolean inPlace = beta == 0 && !transposed && rows == height && isWhole(columns);
          tile(
              height,
              columns > LANES,
              aByColumns,
              k,
              packsA ? scratch : a,
              packsA ? strip : left,
              !packsA ? lda : aByColumns ? height : k,
              packed ? panels : b,
              packsB ? panelsOffset + j * k : packed ? panelsOffset : bOffset + j,
              packed ? COLUMNS : ldb,
              inPlace ? c : scratch,
              inPlace ? corner : scratchOffset,
              inPlace ? rowStep : COLUMNS);
          if (!inPlace) {
            FloatGemmTile.update(
                rows, columns, scratch, scratchOffset, beta, c, corner, rowStep, columnStep);
          }
        }
        end = i + height;
      }
    }
    return end;
  }

  private static void packTall(
      int talls,
      int k,
      float[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      float[] scratch,
      int strips) {
    int size = stripSize(k);
    for (int i = 0; i < talls; i += aByColumns ? STRIPS : 1) {
      int to = strips + i * size;
      if (aByColumns) {
        int count = Math.min(STRIPS, talls - i);
        int from = aOffset + i * TALL;
        FloatGemmPacking.columnStrips(count, size, k, a, from, lda, scratch, to);
      } else {
        FloatGemmPacking.rowStrip(k, a, aOffset + i * TALL * lda, lda, scratch, to);
      }
    }
  }

  private static void packRagged(
      int height,
      int rows,
      int k,
      float[] a,
      int aOffset,
      int lda,
      boolean aByColumns,
      float[] scratch,
      int strip) {
    if (k > 0 && aByColumns) {
      FloatGemmPacking.columnStrip(height, rows, k, a, aOffset, lda, scratch, strip);
    } else if (k > 0) {
      FloatGemmPacking.rows(rows, k, a, aOffset, lda, scratch, strip);
    }
  }

  private static void tile(
      int height,
      boolean wide,
      boolean aByColumns,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    if (!wide) {
      narrow(height, aByColumns, k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
    } else if (height == TALL) {
      if (aByColumns) {
        FloatGemmKernel.tallByColumns(k, a, aOffset, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        FloatGemmKernel.tallByRows(k, a, aOffset, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else if (height == MIDDLE) {
      if (aByColumns) {
        FloatGemmKernel.middleByColumns(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        FloatGemmKernel.middleByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else {
      if (aByColumns) {
        FloatGemmKernel.lowByColumns(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        FloatGemmKernel.lowByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    }
  }

  /// A tile of one vector's columns.
  private static void narrow(
      int height,
      boolean aByColumns,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    if (height == TALL) {
      if (aByColumns) {
        FloatGemmKernel.narrowTallByColumns(k, a, aOffset, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        FloatGemmKernel.narrowTallByRows(k, a, aOffset, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else if (height == MIDDLE) {
      if (aByColumns) {
        FloatGemmKernel.narrowMiddleByColumns(
            k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        FloatGemmKernel.narrowMiddleByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else {
      if (aByColumns) {
        FloatGemmKernel.narrowLowByColumns(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        FloatGemmKernel.narrowLowByRows(k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    }
  }
}
