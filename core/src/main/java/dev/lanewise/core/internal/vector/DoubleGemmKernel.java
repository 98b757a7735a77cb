package dev.lanewise.core.internal.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: tiles of 6 or 4 rows by two vectors of columns, kept
/// in registers over a whole piece of the inner product.
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
/// Twelve accumulators, two vectors of B and one broadcast are 15 of the 16 registers of AVX2. That
/// only holds because the elements of A are read opaquely: plain reads C2 would all move to the top
/// of the loop body, and spill accumulators. On x86 an opaque read is the same instruction.
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

  /// The rows of the tall tile, and of the low one.
  static final int TALL = 6;

  static final int LOW = 4;

  private DoubleGemmKernel() {}

  /// A tall tile of `C ← A·B` with A found by rows: element (i, p) at `a + i·lda + p`.
  static void tallByRows(
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

  /// A tall tile of `C ← A·B` with A found by columns: element (i, p) at `a + p·lda + i`.
  static void tallByColumns(
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

  private static DoubleVector broadcast(double[] a, int index) {
    return DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, index));
  }
}
