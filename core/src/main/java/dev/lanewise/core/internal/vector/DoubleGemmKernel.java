package dev.lanewise.core.internal.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: tiles of 12, 6 or 4 rows by two vectors of columns,
/// or
/// 6 or 4 by one, kept in registers over a whole piece of the inner product.
///
/// ```
///                    b    ┌────────┬────────┐
///                         │   b0   │   b1   │  row p of B: two vectors
///                         └────────┴────────┘
///     a  ┌───┐            ┌────────┬────────┐
///        │a₀ₚ│            │  c00   │  c01   │
///        │a₁ₚ│ each one   │  c10   │  c11   │  += aᵢₚ · (b0, b1)
///        │ ⋮ │ broadcast  │   ⋮    │   ⋮    │
///        └───┘            └────────┴────────┘
/// ```
///
/// The middle tile's twelve accumulators, two vectors of B and one broadcast are 15 of the 16
/// registers of AVX2. That only holds because the elements of A are read opaquely: plain reads C2
/// would all move to the top of the loop body, and spill accumulators. On x86 an opaque read is the
/// same instruction. The tall tile is for 32 registers (AVX-512, NEON): it reads B half as often.
/// The narrow ones are for the few columns that one vector holds.
///
/// Every kernel overwrites its tile of C and has this one way out; a branch on what to do with the
/// accumulators would make C2 box them once it changes its mind. What differs between the kernels
/// is how they find A: by rows (the elements of a row are neighbours) or by columns (the elements
/// of a column are neighbours, as in a transposed or a packed A).
final class DoubleGemmKernel {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VarHandle ELEMENT =
      MethodHandles.arrayElementVarHandle(double[].class).withInvokeExactBehavior();

  /// The columns of a tile.
  static final int COLUMNS = 2 * LANES;

  /// The rows of the tall, the middle and the low tile.
  static final int TALL = 12;

  static final int MIDDLE = 6;
  static final int LOW = 4;

  /// Whether the processor has the registers for a tall tile.
  static final boolean HAS_TALL =
      SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch").equals("aarch64");

  private DoubleGemmKernel() {}

  /// A middle tile of `C ← A·B` with A found by rows: element (i, p) at `a + i·lda + p`.
  static void middleByRows(
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
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    DoubleVector c40 = DoubleVector.zero(SPECIES);
    DoubleVector c41 = DoubleVector.zero(SPECIES);
    DoubleVector c50 = DoubleVector.zero(SPECIES);
    DoubleVector c51 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int row4 = aOffset + 4 * lda;
    int row5 = aOffset + 5 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = broadcast(a, aOffset + p);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = broadcast(a, row1 + p);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = broadcast(a, row2 + p);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = broadcast(a, row3 + p);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = broadcast(a, row4 + p);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = broadcast(a, row5 + p);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      bRow += ldb;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + ldc);
    c11.intoArray(c, cOffset + ldc + LANES);
    c20.intoArray(c, cOffset + 2 * ldc);
    c21.intoArray(c, cOffset + 2 * ldc + LANES);
    c30.intoArray(c, cOffset + 3 * ldc);
    c31.intoArray(c, cOffset + 3 * ldc + LANES);
    c40.intoArray(c, cOffset + 4 * ldc);
    c41.intoArray(c, cOffset + 4 * ldc + LANES);
    c50.intoArray(c, cOffset + 5 * ldc);
    c51.intoArray(c, cOffset + 5 * ldc + LANES);
  }

  /// A middle tile of `C ← A·B` with A found by columns: element (i, p) at `a + p·lda + i`.
  static void middleByColumns(
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
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    DoubleVector c40 = DoubleVector.zero(SPECIES);
    DoubleVector c41 = DoubleVector.zero(SPECIES);
    DoubleVector c50 = DoubleVector.zero(SPECIES);
    DoubleVector c51 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = broadcast(a, aColumn);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = broadcast(a, aColumn + 1);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = broadcast(a, aColumn + 2);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = broadcast(a, aColumn + 3);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = broadcast(a, aColumn + 4);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = broadcast(a, aColumn + 5);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      aColumn += lda;
      bRow += ldb;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + ldc);
    c11.intoArray(c, cOffset + ldc + LANES);
    c20.intoArray(c, cOffset + 2 * ldc);
    c21.intoArray(c, cOffset + 2 * ldc + LANES);
    c30.intoArray(c, cOffset + 3 * ldc);
    c31.intoArray(c, cOffset + 3 * ldc + LANES);
    c40.intoArray(c, cOffset + 4 * ldc);
    c41.intoArray(c, cOffset + 4 * ldc + LANES);
    c50.intoArray(c, cOffset + 5 * ldc);
    c51.intoArray(c, cOffset + 5 * ldc + LANES);
  }

  /// A low tile of `C ← A·B` with A found by rows: element (i, p) at `a + i·lda + p`.
  static void lowByRows(
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
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = broadcast(a, aOffset + p);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = broadcast(a, row1 + p);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = broadcast(a, row2 + p);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = broadcast(a, row3 + p);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      bRow += ldb;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + ldc);
    c11.intoArray(c, cOffset + ldc + LANES);
    c20.intoArray(c, cOffset + 2 * ldc);
    c21.intoArray(c, cOffset + 2 * ldc + LANES);
    c30.intoArray(c, cOffset + 3 * ldc);
    c31.intoArray(c, cOffset + 3 * ldc + LANES);
  }

  /// A low tile of `C ← A·B` with A found by columns: element (i, p) at `a + p·lda + i`.
  static void lowByColumns(
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
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = broadcast(a, aColumn);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = broadcast(a, aColumn + 1);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = broadcast(a, aColumn + 2);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = broadcast(a, aColumn + 3);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      aColumn += lda;
      bRow += ldb;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + ldc);
    c11.intoArray(c, cOffset + ldc + LANES);
    c20.intoArray(c, cOffset + 2 * ldc);
    c21.intoArray(c, cOffset + 2 * ldc + LANES);
    c30.intoArray(c, cOffset + 3 * ldc);
    c31.intoArray(c, cOffset + 3 * ldc + LANES);
  }

  /// A tall tile of `C ← A·B` with A packed into a strip: element (i, p) at `a + p·TALL + i`.
  static void tall(
      int k,
      double[] a,
      int aOffset,
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
    DoubleVector left8 = DoubleVector.zero(SPECIES);
    DoubleVector right8 = DoubleVector.zero(SPECIES);
    DoubleVector left9 = DoubleVector.zero(SPECIES);
    DoubleVector right9 = DoubleVector.zero(SPECIES);
    DoubleVector left10 = DoubleVector.zero(SPECIES);
    DoubleVector right10 = DoubleVector.zero(SPECIES);
    DoubleVector left11 = DoubleVector.zero(SPECIES);
    DoubleVector right11 = DoubleVector.zero(SPECIES);
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      int aColumn = aOffset + TALL * p;
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn));
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 1));
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 2));
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 3));
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 4));
      left4 = a4.fma(b0, left4);
      right4 = a4.fma(b1, right4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 5));
      left5 = a5.fma(b0, left5);
      right5 = a5.fma(b1, right5);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 6));
      left6 = a6.fma(b0, left6);
      right6 = a6.fma(b1, right6);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 7));
      left7 = a7.fma(b0, left7);
      right7 = a7.fma(b1, right7);
      DoubleVector a8 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 8));
      left8 = a8.fma(b0, left8);
      right8 = a8.fma(b1, right8);
      DoubleVector a9 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 9));
      left9 = a9.fma(b0, left9);
      right9 = a9.fma(b1, right9);
      DoubleVector a10 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 10));
      left10 = a10.fma(b0, left10);
      right10 = a10.fma(b1, right10);
      DoubleVector a11 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 11));
      left11 = a11.fma(b0, left11);
      right11 = a11.fma(b1, right11);
      bRow += ldb;
    }
    left0.intoArray(c, cOffset);
    right0.intoArray(c, cOffset + LANES);
    left1.intoArray(c, cOffset + ldc);
    right1.intoArray(c, cOffset + ldc + LANES);
    left2.intoArray(c, cOffset + 2 * ldc);
    right2.intoArray(c, cOffset + 2 * ldc + LANES);
    left3.intoArray(c, cOffset + 3 * ldc);
    right3.intoArray(c, cOffset + 3 * ldc + LANES);
    left4.intoArray(c, cOffset + 4 * ldc);
    right4.intoArray(c, cOffset + 4 * ldc + LANES);
    left5.intoArray(c, cOffset + 5 * ldc);
    right5.intoArray(c, cOffset + 5 * ldc + LANES);
    left6.intoArray(c, cOffset + 6 * ldc);
    right6.intoArray(c, cOffset + 6 * ldc + LANES);
    left7.intoArray(c, cOffset + 7 * ldc);
    right7.intoArray(c, cOffset + 7 * ldc + LANES);
    left8.intoArray(c, cOffset + 8 * ldc);
    right8.intoArray(c, cOffset + 8 * ldc + LANES);
    left9.intoArray(c, cOffset + 9 * ldc);
    right9.intoArray(c, cOffset + 9 * ldc + LANES);
    left10.intoArray(c, cOffset + 10 * ldc);
    right10.intoArray(c, cOffset + 10 * ldc + LANES);
    left11.intoArray(c, cOffset + 11 * ldc);
    right11.intoArray(c, cOffset + 11 * ldc + LANES);
  }

  /// The left half of a middle tile of `C ← A·B` with A found by rows: element (i, p) at `a + i·lda
  /// + p`.
  static void narrowMiddleByRows(
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
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = DoubleVector.zero(SPECIES);
    DoubleVector c2 = DoubleVector.zero(SPECIES);
    DoubleVector c3 = DoubleVector.zero(SPECIES);
    DoubleVector c4 = DoubleVector.zero(SPECIES);
    DoubleVector c5 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int row4 = aOffset + 4 * lda;
    int row5 = aOffset + 5 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = broadcast(a, aOffset + p);
      c0 = a0.fma(b0, c0);
      DoubleVector a1 = broadcast(a, row1 + p);
      c1 = a1.fma(b0, c1);
      DoubleVector a2 = broadcast(a, row2 + p);
      c2 = a2.fma(b0, c2);
      DoubleVector a3 = broadcast(a, row3 + p);
      c3 = a3.fma(b0, c3);
      DoubleVector a4 = broadcast(a, row4 + p);
      c4 = a4.fma(b0, c4);
      DoubleVector a5 = broadcast(a, row5 + p);
      c5 = a5.fma(b0, c5);
      bRow += ldb;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + ldc);
    c2.intoArray(c, cOffset + 2 * ldc);
    c3.intoArray(c, cOffset + 3 * ldc);
    c4.intoArray(c, cOffset + 4 * ldc);
    c5.intoArray(c, cOffset + 5 * ldc);
  }

  /// The left half of a middle tile of `C ← A·B` with A found by columns: element (i, p) at `a +
  /// p·lda + i`.
  static void narrowMiddleByColumns(
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
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = DoubleVector.zero(SPECIES);
    DoubleVector c2 = DoubleVector.zero(SPECIES);
    DoubleVector c3 = DoubleVector.zero(SPECIES);
    DoubleVector c4 = DoubleVector.zero(SPECIES);
    DoubleVector c5 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = broadcast(a, aColumn);
      c0 = a0.fma(b0, c0);
      DoubleVector a1 = broadcast(a, aColumn + 1);
      c1 = a1.fma(b0, c1);
      DoubleVector a2 = broadcast(a, aColumn + 2);
      c2 = a2.fma(b0, c2);
      DoubleVector a3 = broadcast(a, aColumn + 3);
      c3 = a3.fma(b0, c3);
      DoubleVector a4 = broadcast(a, aColumn + 4);
      c4 = a4.fma(b0, c4);
      DoubleVector a5 = broadcast(a, aColumn + 5);
      c5 = a5.fma(b0, c5);
      aColumn += lda;
      bRow += ldb;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + ldc);
    c2.intoArray(c, cOffset + 2 * ldc);
    c3.intoArray(c, cOffset + 3 * ldc);
    c4.intoArray(c, cOffset + 4 * ldc);
    c5.intoArray(c, cOffset + 5 * ldc);
  }

  /// The left half of a low tile of `C ← A·B` with A found by rows: element (i, p) at `a + i·lda +
  /// p`.
  static void narrowLowByRows(
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
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = DoubleVector.zero(SPECIES);
    DoubleVector c2 = DoubleVector.zero(SPECIES);
    DoubleVector c3 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = broadcast(a, aOffset + p);
      c0 = a0.fma(b0, c0);
      DoubleVector a1 = broadcast(a, row1 + p);
      c1 = a1.fma(b0, c1);
      DoubleVector a2 = broadcast(a, row2 + p);
      c2 = a2.fma(b0, c2);
      DoubleVector a3 = broadcast(a, row3 + p);
      c3 = a3.fma(b0, c3);
      bRow += ldb;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + ldc);
    c2.intoArray(c, cOffset + 2 * ldc);
    c3.intoArray(c, cOffset + 3 * ldc);
  }

  /// The left half of a low tile of `C ← A·B` with A found by columns: element (i, p) at `a + p·lda
  /// + i`.
  static void narrowLowByColumns(
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
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = DoubleVector.zero(SPECIES);
    DoubleVector c2 = DoubleVector.zero(SPECIES);
    DoubleVector c3 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = broadcast(a, aColumn);
      c0 = a0.fma(b0, c0);
      DoubleVector a1 = broadcast(a, aColumn + 1);
      c1 = a1.fma(b0, c1);
      DoubleVector a2 = broadcast(a, aColumn + 2);
      c2 = a2.fma(b0, c2);
      DoubleVector a3 = broadcast(a, aColumn + 3);
      c3 = a3.fma(b0, c3);
      aColumn += lda;
      bRow += ldb;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + ldc);
    c2.intoArray(c, cOffset + 2 * ldc);
    c3.intoArray(c, cOffset + 3 * ldc);
  }

  private static DoubleVector broadcast(double[] a, int index) {
    return DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, index));
  }
}
