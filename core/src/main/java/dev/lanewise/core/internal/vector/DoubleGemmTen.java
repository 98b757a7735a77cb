package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.DoubleKernels.GEMM_K_BLOCK;

import dev.lanewise.core.kernel.GemmVariant;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Products with ten columns, or nine, and an A by rows, `C ← A·op(B)`: those of the last layer of
/// a classifier that tells ten classes apart. Tiles as wide as vectors are long would compute
/// sixteen columns.
///
/// ```
///         8 columns       2
///      ┌──────────────┬───────┐
///  a₀  │      c₀      │▒▒▒▒▒▒▒│      tails of four rows
///  a₁  │      c₁      │▒▒▒▒▒▒▒│     ┌─────┬─────┬─────┬─────┐
///  a₂  │      c₂      │▒▒▒▒▒▒▒│  =  │a₀ a₀│a₁ a₁│a₂ a₂│a₃ a₃│ · (b₈ b₉ b₈ b₉ b₈ b₉ b₈ b₉)
///  a₃  │      c₃      │▒▒▒▒▒▒▒│     └─────┴─────┴─────┴─────┘
///   ⋮  └──────────────┴───────┘
/// ```
///
/// Eight columns of a row fill their vectors; so do the last two columns, the tails, of some rows
/// together. The left factor of those is blended from the broadcasts that the rows need anyway. No
/// lane is idle, and each element is a chain of its own.
///
/// Vectors of the tiles have 256 bits, that is eight elements or four: on Zen 4 two of their
/// broadcasts from memory take a cycle, and of longer ones only one does, with which eight doubles
/// at a time went no faster than a padded tile.
///
/// Of nine columns the tail begins with the eighth, which so is computed twice, by the same chain
/// to the same bits. As in [DoubleGemmSmall] the last rows overlap those before them.
final class DoubleGemmTen {
  /// Whether there are 32 registers, as with vectors of 512 bits.
  private static final boolean HAS_HALVES = DoubleVector.SPECIES_PREFERRED.vectorBitSize() == 512;

  /// Whether eight elements have 256 bits; else four have.
  private static final boolean BY_EIGHT = Double.SIZE == 32;

  private static final VectorSpecies<Double> EIGHT = species(8);
  private static final Class<? extends DoubleVector> EIGHT_TYPE =
      DoubleVector.zero(EIGHT).getClass();
  private static final VectorSpecies<Double> FOUR = species(4);
  private static final Class<? extends DoubleVector> FOUR_TYPE = DoubleVector.zero(FOUR).getClass();

  /// The tails of four rows in eight lanes: those of the second and the fourth.
  private static final VectorMask<Double> ODD_ROWS = VectorMask.fromLong(EIGHT, 0b11001100);

  /// The tails of two rows in four lanes: those of the second.
  private static final VectorMask<Double> ODD_ROW = VectorMask.fromLong(FOUR, 0b1100);
  /// The tails of four rows in eight lanes: those of the third and the fourth.
  private static final VectorMask<Double> LAST_ROWS = VectorMask.fromLong(EIGHT, 0b11110000);

  /// The last two of eight lanes, four times.
  private static final VectorShuffle<Double> LAST_TWO =
      VectorShuffle.fromOp(EIGHT, lane -> EIGHT.length() - 2 + lane % 2);

  /// The rows of a tile.
  private static final int ROWS = BY_EIGHT ? 8 : 4;

  /// A row of the packed B: eight columns, and four times the last two.
  private static final int PANEL = 16;

  /// The scratch of a tile's tails.
  private static final int TAILS = 2 * ROWS;

  private DoubleGemmTen() {}

  /// Whether this is the way for a product of this shape.
  static boolean takes(GemmVariant variant, int m, int n, int k) {
    return HAS_HALVES
        && variant != GemmVariant.TN
        && m >= ROWS
        && (n == 9 || n == 10)
        && 0 < k
        && k <= GEMM_K_BLOCK;
  }

  /// How many elements of scratch [#product] needs.
  static int scratch(int k) {
    return TAILS + k * PANEL;
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
    int panel = scratchOffset + TAILS;
    if (variant == GemmVariant.NT) {
      DoubleGemmTranspose.copy(n, k, b, bOffset, ldb, scratch, panel, PANEL);
      pack(n, k, scratch, panel, PANEL, scratch, panel);
    } else {
      pack(n, k, b, bOffset, ldb, scratch, panel);
    }
    for (int next = 0; next < m; next += ROWS) {
      int i = Math.min(next, m - ROWS);
      int from = aOffset + i * lda;
      int to = cOffset + i * ldc;
      if (BY_EIGHT) {
        eights(k, a, from, lda, scratch, panel, c, to, ldc, scratch, scratchOffset);
      } else {
        fours(k, a, from, lda, scratch, panel, c, to, ldc, scratch, scratchOffset);
      }
      for (int row = 0; row < ROWS; row++) {
        int tail = to + row * ldc + n - 2;
        c[tail] = scratch[scratchOffset + 2 * row];
        c[tail + 1] = scratch[scratchOffset + 2 * row + 1];
      }
    }
  }

  /// Packs rows of B; they may lie where they go to.
  private static void pack(
      int n, int k, double[] b, int bOffset, int ldb, double[] panel, int panelOffset) {
    for (int p = 0; p < k; p++) {
      int from = bOffset + p * ldb;
      int to = panelOffset + p * PANEL;
      DoubleVector first = DoubleVector.fromArray(EIGHT, b, from);
      DoubleVector last = DoubleVector.fromArray(EIGHT, b, from + n - 8).rearrange(LAST_TWO);
      EIGHT_TYPE.cast(first).intoArray(panel, to);
      EIGHT_TYPE.cast(last).intoArray(panel, to + 8);
    }
  }

  /// Eight rows; of A, element (i, p) is at `a + i·lda + p`.
  private static void eights(
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc,
      double[] tails,
      int tailsOffset) {
    DoubleVector c0 = DoubleVector.zero(EIGHT);
    DoubleVector c1 = DoubleVector.zero(EIGHT);
    DoubleVector c2 = DoubleVector.zero(EIGHT);
    DoubleVector c3 = DoubleVector.zero(EIGHT);
    DoubleVector c4 = DoubleVector.zero(EIGHT);
    DoubleVector c5 = DoubleVector.zero(EIGHT);
    DoubleVector c6 = DoubleVector.zero(EIGHT);
    DoubleVector c7 = DoubleVector.zero(EIGHT);
    DoubleVector upper = DoubleVector.zero(EIGHT);
    DoubleVector lower = DoubleVector.zero(EIGHT);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int row4 = aOffset + 4 * lda;
    int row5 = aOffset + 5 * lda;
    int row6 = aOffset + 6 * lda;
    int row7 = aOffset + 7 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(EIGHT, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(EIGHT, b, bRow + 8);
      DoubleVector a0 = DoubleVector.broadcast(EIGHT, a[aOffset + p]);
      c0 = a0.fma(b0, c0);
      DoubleVector a1 = DoubleVector.broadcast(EIGHT, a[row1 + p]);
      c1 = a1.fma(b0, c1);
      DoubleVector a2 = DoubleVector.broadcast(EIGHT, a[row2 + p]);
      c2 = a2.fma(b0, c2);
      DoubleVector a3 = DoubleVector.broadcast(EIGHT, a[row3 + p]);
      c3 = a3.fma(b0, c3);
      upper = a0.blend(a1, ODD_ROWS).blend(a2.blend(a3, ODD_ROWS), LAST_ROWS).fma(b1, upper);
      DoubleVector a4 = DoubleVector.broadcast(EIGHT, a[row4 + p]);
      c4 = a4.fma(b0, c4);
      DoubleVector a5 = DoubleVector.broadcast(EIGHT, a[row5 + p]);
      c5 = a5.fma(b0, c5);
      DoubleVector a6 = DoubleVector.broadcast(EIGHT, a[row6 + p]);
      c6 = a6.fma(b0, c6);
      DoubleVector a7 = DoubleVector.broadcast(EIGHT, a[row7 + p]);
      c7 = a7.fma(b0, c7);
      lower = a4.blend(a5, ODD_ROWS).blend(a6.blend(a7, ODD_ROWS), LAST_ROWS).fma(b1, lower);
      bRow += PANEL;
    }
    EIGHT_TYPE.cast(c0).intoArray(c, cOffset);
    EIGHT_TYPE.cast(c1).intoArray(c, cOffset + ldc);
    EIGHT_TYPE.cast(c2).intoArray(c, cOffset + 2 * ldc);
    EIGHT_TYPE.cast(c3).intoArray(c, cOffset + 3 * ldc);
    EIGHT_TYPE.cast(c4).intoArray(c, cOffset + 4 * ldc);
    EIGHT_TYPE.cast(c5).intoArray(c, cOffset + 5 * ldc);
    EIGHT_TYPE.cast(c6).intoArray(c, cOffset + 6 * ldc);
    EIGHT_TYPE.cast(c7).intoArray(c, cOffset + 7 * ldc);
    EIGHT_TYPE.cast(upper).intoArray(tails, tailsOffset);
    EIGHT_TYPE.cast(lower).intoArray(tails, tailsOffset + 8);
  }

  /// Four rows, as two vectors of four columns, and two vectors of two rows' tails.
  private static void fours(
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc,
      double[] tails,
      int tailsOffset) {
    DoubleVector left0 = DoubleVector.zero(FOUR);
    DoubleVector right0 = DoubleVector.zero(FOUR);
    DoubleVector left1 = DoubleVector.zero(FOUR);
    DoubleVector right1 = DoubleVector.zero(FOUR);
    DoubleVector left2 = DoubleVector.zero(FOUR);
    DoubleVector right2 = DoubleVector.zero(FOUR);
    DoubleVector left3 = DoubleVector.zero(FOUR);
    DoubleVector right3 = DoubleVector.zero(FOUR);
    DoubleVector upper = DoubleVector.zero(FOUR);
    DoubleVector lower = DoubleVector.zero(FOUR);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(FOUR, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(FOUR, b, bRow + 4);
      DoubleVector b2 = DoubleVector.fromArray(FOUR, b, bRow + 8);
      DoubleVector a0 = DoubleVector.broadcast(FOUR, a[aOffset + p]);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = DoubleVector.broadcast(FOUR, a[row1 + p]);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      upper = a0.blend(a1, ODD_ROW).fma(b2, upper);
      DoubleVector a2 = DoubleVector.broadcast(FOUR, a[row2 + p]);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = DoubleVector.broadcast(FOUR, a[row3 + p]);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      lower = a2.blend(a3, ODD_ROW).fma(b2, lower);
      bRow += PANEL;
    }
    FOUR_TYPE.cast(left0).intoArray(c, cOffset);
    FOUR_TYPE.cast(right0).intoArray(c, cOffset + 4);
    FOUR_TYPE.cast(left1).intoArray(c, cOffset + ldc);
    FOUR_TYPE.cast(right1).intoArray(c, cOffset + ldc + 4);
    FOUR_TYPE.cast(left2).intoArray(c, cOffset + 2 * ldc);
    FOUR_TYPE.cast(right2).intoArray(c, cOffset + 2 * ldc + 4);
    FOUR_TYPE.cast(left3).intoArray(c, cOffset + 3 * ldc);
    FOUR_TYPE.cast(right3).intoArray(c, cOffset + 3 * ldc + 4);
    FOUR_TYPE.cast(upper).intoArray(tails, tailsOffset);
    FOUR_TYPE.cast(lower).intoArray(tails, tailsOffset + 4);
  }

  private static VectorSpecies<Double> species(int lanes) {
    return HAS_HALVES
        ? VectorSpecies.of(double.class, VectorShape.forBitSize(lanes * Double.SIZE))
        : DoubleVector.SPECIES_PREFERRED;
  }
}
