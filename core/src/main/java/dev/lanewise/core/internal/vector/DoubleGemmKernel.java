package dev.lanewise.core.internal.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: tiles of 12, 6 or 4 rows by two vectors of columns,
/// or by one, kept in registers over a whole piece of the inner product.
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
/// same load, but C2 does not fold it into the broadcast. The tall tile is for 32 registers
/// (AVX-512, NEON): it reads B half as often. The narrow ones are for the few columns that one
/// vector holds: they have registers to spare, and of plain reads C2 makes broadcasts from memory,
/// which do not get in the way of the arithmetic.
///
/// Every kernel overwrites its tile of C and has this one way out; a branch on what to do with the
/// accumulators would make C2 box them once it changes its mind. And it says of which class they
/// are: C2 learns that only when it has seen the whole loop, and meanwhile trusts the profile of
/// the called method, which vectors of other lengths anywhere in the program make ambiguous. Then
/// it may box an accumulator in each step, which halves the speed.
///
/// What differs between the kernels is how they find A: by rows (the elements of a row are
/// neighbours) or by columns (the elements of a column are neighbours, as in a transposed A).
final class DoubleGemmKernel {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VarHandle ELEMENT =
      MethodHandles.arrayElementVarHandle(double[].class).withInvokeExactBehavior();

  /// The class of the vectors.
  static final Class<? extends DoubleVector> TYPE = DoubleVector.zero(SPECIES).getClass();

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

  /// A tall tile of `C ← A·B` with A packed into a strip by rows, in chunks of one vector of each:
  /// element (i, p) at `a + ⌊p/LANES⌋·TALL·LANES + i·LANES + p mod LANES`.
  static void tallByRows(
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
      int aColumn = aOffset + p / LANES * (TALL * LANES) + p % LANES;
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn));
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + LANES));
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 2 * LANES));
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 3 * LANES));
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      DoubleVector a4 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 4 * LANES));
      left4 = a4.fma(b0, left4);
      right4 = a4.fma(b1, right4);
      DoubleVector a5 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 5 * LANES));
      left5 = a5.fma(b0, left5);
      right5 = a5.fma(b1, right5);
      DoubleVector a6 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 6 * LANES));
      left6 = a6.fma(b0, left6);
      right6 = a6.fma(b1, right6);
      DoubleVector a7 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 7 * LANES));
      left7 = a7.fma(b0, left7);
      right7 = a7.fma(b1, right7);
      DoubleVector a8 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 8 * LANES));
      left8 = a8.fma(b0, left8);
      right8 = a8.fma(b1, right8);
      DoubleVector a9 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 9 * LANES));
      left9 = a9.fma(b0, left9);
      right9 = a9.fma(b1, right9);
      DoubleVector a10 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 10 * LANES));
      left10 = a10.fma(b0, left10);
      right10 = a10.fma(b1, right10);
      DoubleVector a11 =
          DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, aColumn + 11 * LANES));
      left11 = a11.fma(b0, left11);
      right11 = a11.fma(b1, right11);
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
    TYPE.cast(left8).intoArray(c, cOffset + 8 * ldc);
    TYPE.cast(right8).intoArray(c, cOffset + 8 * ldc + LANES);
    TYPE.cast(left9).intoArray(c, cOffset + 9 * ldc);
    TYPE.cast(right9).intoArray(c, cOffset + 9 * ldc + LANES);
    TYPE.cast(left10).intoArray(c, cOffset + 10 * ldc);
    TYPE.cast(right10).intoArray(c, cOffset + 10 * ldc + LANES);
    TYPE.cast(left11).intoArray(c, cOffset + 11 * ldc);
    TYPE.cast(right11).intoArray(c, cOffset + 11 * ldc + LANES);
  }

  /// A tall tile of `C ← A·B` with A packed into a strip by columns: element (i, p) at
  /// `a + p·TALL + i`.
  static void tallByColumns(
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
    TYPE.cast(left8).intoArray(c, cOffset + 8 * ldc);
    TYPE.cast(right8).intoArray(c, cOffset + 8 * ldc + LANES);
    TYPE.cast(left9).intoArray(c, cOffset + 9 * ldc);
    TYPE.cast(right9).intoArray(c, cOffset + 9 * ldc + LANES);
    TYPE.cast(left10).intoArray(c, cOffset + 10 * ldc);
    TYPE.cast(right10).intoArray(c, cOffset + 10 * ldc + LANES);
    TYPE.cast(left11).intoArray(c, cOffset + 11 * ldc);
    TYPE.cast(right11).intoArray(c, cOffset + 11 * ldc + LANES);
  }

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
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = broadcast(a, row1 + p);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = broadcast(a, row2 + p);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = broadcast(a, row3 + p);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      DoubleVector a4 = broadcast(a, row4 + p);
      left4 = a4.fma(b0, left4);
      right4 = a4.fma(b1, right4);
      DoubleVector a5 = broadcast(a, row5 + p);
      left5 = a5.fma(b0, left5);
      right5 = a5.fma(b1, right5);
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
  }

  /// A middle tile of `C ← A·B` with A found by columns: element (i, p) at
  /// `a + p·lda + i`.
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
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = broadcast(a, aColumn);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = broadcast(a, aColumn + 1);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = broadcast(a, aColumn + 2);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = broadcast(a, aColumn + 3);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
      DoubleVector a4 = broadcast(a, aColumn + 4);
      left4 = a4.fma(b0, left4);
      right4 = a4.fma(b1, right4);
      DoubleVector a5 = broadcast(a, aColumn + 5);
      left5 = a5.fma(b0, left5);
      right5 = a5.fma(b1, right5);
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
      DoubleVector a0 = broadcast(a, aOffset + p);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = broadcast(a, row1 + p);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = broadcast(a, row2 + p);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = broadcast(a, row3 + p);
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
    DoubleVector left0 = DoubleVector.zero(SPECIES);
    DoubleVector right0 = DoubleVector.zero(SPECIES);
    DoubleVector left1 = DoubleVector.zero(SPECIES);
    DoubleVector right1 = DoubleVector.zero(SPECIES);
    DoubleVector left2 = DoubleVector.zero(SPECIES);
    DoubleVector right2 = DoubleVector.zero(SPECIES);
    DoubleVector left3 = DoubleVector.zero(SPECIES);
    DoubleVector right3 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bRow + LANES);
      DoubleVector a0 = broadcast(a, aColumn);
      left0 = a0.fma(b0, left0);
      right0 = a0.fma(b1, right0);
      DoubleVector a1 = broadcast(a, aColumn + 1);
      left1 = a1.fma(b0, left1);
      right1 = a1.fma(b1, right1);
      DoubleVector a2 = broadcast(a, aColumn + 2);
      left2 = a2.fma(b0, left2);
      right2 = a2.fma(b1, right2);
      DoubleVector a3 = broadcast(a, aColumn + 3);
      left3 = a3.fma(b0, left3);
      right3 = a3.fma(b1, right3);
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
  }

  /// The left half of a tall tile of `C ← A·B`, A as in [#tallByRows].
  static void narrowTallByRows(
      int k,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    DoubleVector sum4 = DoubleVector.zero(SPECIES);
    DoubleVector sum5 = DoubleVector.zero(SPECIES);
    DoubleVector sum6 = DoubleVector.zero(SPECIES);
    DoubleVector sum7 = DoubleVector.zero(SPECIES);
    DoubleVector sum8 = DoubleVector.zero(SPECIES);
    DoubleVector sum9 = DoubleVector.zero(SPECIES);
    DoubleVector sum10 = DoubleVector.zero(SPECIES);
    DoubleVector sum11 = DoubleVector.zero(SPECIES);
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      int aColumn = aOffset + p / LANES * (TALL * LANES) + p % LANES;
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aColumn]);
      sum0 = a0.fma(b0, sum0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aColumn + LANES]);
      sum1 = a1.fma(b0, sum1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aColumn + 2 * LANES]);
      sum2 = a2.fma(b0, sum2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aColumn + 3 * LANES]);
      sum3 = a3.fma(b0, sum3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aColumn + 4 * LANES]);
      sum4 = a4.fma(b0, sum4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aColumn + 5 * LANES]);
      sum5 = a5.fma(b0, sum5);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[aColumn + 6 * LANES]);
      sum6 = a6.fma(b0, sum6);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[aColumn + 7 * LANES]);
      sum7 = a7.fma(b0, sum7);
      DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[aColumn + 8 * LANES]);
      sum8 = a8.fma(b0, sum8);
      DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[aColumn + 9 * LANES]);
      sum9 = a9.fma(b0, sum9);
      DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[aColumn + 10 * LANES]);
      sum10 = a10.fma(b0, sum10);
      DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[aColumn + 11 * LANES]);
      sum11 = a11.fma(b0, sum11);
      bRow += ldb;
    }
    TYPE.cast(sum0).intoArray(c, cOffset);
    TYPE.cast(sum1).intoArray(c, cOffset + ldc);
    TYPE.cast(sum2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(sum3).intoArray(c, cOffset + 3 * ldc);
    TYPE.cast(sum4).intoArray(c, cOffset + 4 * ldc);
    TYPE.cast(sum5).intoArray(c, cOffset + 5 * ldc);
    TYPE.cast(sum6).intoArray(c, cOffset + 6 * ldc);
    TYPE.cast(sum7).intoArray(c, cOffset + 7 * ldc);
    TYPE.cast(sum8).intoArray(c, cOffset + 8 * ldc);
    TYPE.cast(sum9).intoArray(c, cOffset + 9 * ldc);
    TYPE.cast(sum10).intoArray(c, cOffset + 10 * ldc);
    TYPE.cast(sum11).intoArray(c, cOffset + 11 * ldc);
  }

  /// The left half of a tall tile of `C ← A·B`, A as in [#tallByColumns].
  static void narrowTallByColumns(
      int k,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    DoubleVector sum4 = DoubleVector.zero(SPECIES);
    DoubleVector sum5 = DoubleVector.zero(SPECIES);
    DoubleVector sum6 = DoubleVector.zero(SPECIES);
    DoubleVector sum7 = DoubleVector.zero(SPECIES);
    DoubleVector sum8 = DoubleVector.zero(SPECIES);
    DoubleVector sum9 = DoubleVector.zero(SPECIES);
    DoubleVector sum10 = DoubleVector.zero(SPECIES);
    DoubleVector sum11 = DoubleVector.zero(SPECIES);
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      int aColumn = aOffset + TALL * p;
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aColumn]);
      sum0 = a0.fma(b0, sum0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aColumn + 1]);
      sum1 = a1.fma(b0, sum1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aColumn + 2]);
      sum2 = a2.fma(b0, sum2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aColumn + 3]);
      sum3 = a3.fma(b0, sum3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aColumn + 4]);
      sum4 = a4.fma(b0, sum4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aColumn + 5]);
      sum5 = a5.fma(b0, sum5);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[aColumn + 6]);
      sum6 = a6.fma(b0, sum6);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[aColumn + 7]);
      sum7 = a7.fma(b0, sum7);
      DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[aColumn + 8]);
      sum8 = a8.fma(b0, sum8);
      DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[aColumn + 9]);
      sum9 = a9.fma(b0, sum9);
      DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[aColumn + 10]);
      sum10 = a10.fma(b0, sum10);
      DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[aColumn + 11]);
      sum11 = a11.fma(b0, sum11);
      bRow += ldb;
    }
    TYPE.cast(sum0).intoArray(c, cOffset);
    TYPE.cast(sum1).intoArray(c, cOffset + ldc);
    TYPE.cast(sum2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(sum3).intoArray(c, cOffset + 3 * ldc);
    TYPE.cast(sum4).intoArray(c, cOffset + 4 * ldc);
    TYPE.cast(sum5).intoArray(c, cOffset + 5 * ldc);
    TYPE.cast(sum6).intoArray(c, cOffset + 6 * ldc);
    TYPE.cast(sum7).intoArray(c, cOffset + 7 * ldc);
    TYPE.cast(sum8).intoArray(c, cOffset + 8 * ldc);
    TYPE.cast(sum9).intoArray(c, cOffset + 9 * ldc);
    TYPE.cast(sum10).intoArray(c, cOffset + 10 * ldc);
    TYPE.cast(sum11).intoArray(c, cOffset + 11 * ldc);
  }

  /// The left half of a middle tile of `C ← A·B` with A found by rows: element (i, p) at
  /// `a + i·lda + p`.
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
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    DoubleVector sum4 = DoubleVector.zero(SPECIES);
    DoubleVector sum5 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int row4 = aOffset + 4 * lda;
    int row5 = aOffset + 5 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aOffset + p]);
      sum0 = a0.fma(b0, sum0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[row1 + p]);
      sum1 = a1.fma(b0, sum1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[row2 + p]);
      sum2 = a2.fma(b0, sum2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[row3 + p]);
      sum3 = a3.fma(b0, sum3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[row4 + p]);
      sum4 = a4.fma(b0, sum4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[row5 + p]);
      sum5 = a5.fma(b0, sum5);
      bRow += ldb;
    }
    TYPE.cast(sum0).intoArray(c, cOffset);
    TYPE.cast(sum1).intoArray(c, cOffset + ldc);
    TYPE.cast(sum2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(sum3).intoArray(c, cOffset + 3 * ldc);
    TYPE.cast(sum4).intoArray(c, cOffset + 4 * ldc);
    TYPE.cast(sum5).intoArray(c, cOffset + 5 * ldc);
  }

  /// The left half of a middle tile of `C ← A·B` with A found by columns: element (i, p) at
  /// `a + p·lda + i`.
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
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    DoubleVector sum4 = DoubleVector.zero(SPECIES);
    DoubleVector sum5 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aColumn]);
      sum0 = a0.fma(b0, sum0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aColumn + 1]);
      sum1 = a1.fma(b0, sum1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aColumn + 2]);
      sum2 = a2.fma(b0, sum2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aColumn + 3]);
      sum3 = a3.fma(b0, sum3);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[aColumn + 4]);
      sum4 = a4.fma(b0, sum4);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[aColumn + 5]);
      sum5 = a5.fma(b0, sum5);
      aColumn += lda;
      bRow += ldb;
    }
    TYPE.cast(sum0).intoArray(c, cOffset);
    TYPE.cast(sum1).intoArray(c, cOffset + ldc);
    TYPE.cast(sum2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(sum3).intoArray(c, cOffset + 3 * ldc);
    TYPE.cast(sum4).intoArray(c, cOffset + 4 * ldc);
    TYPE.cast(sum5).intoArray(c, cOffset + 5 * ldc);
  }

  /// The left half of a low tile of `C ← A·B` with A found by rows: element (i, p) at
  /// `a + i·lda + p`.
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
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    int row1 = aOffset + lda;
    int row2 = aOffset + 2 * lda;
    int row3 = aOffset + 3 * lda;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aOffset + p]);
      sum0 = a0.fma(b0, sum0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[row1 + p]);
      sum1 = a1.fma(b0, sum1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[row2 + p]);
      sum2 = a2.fma(b0, sum2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[row3 + p]);
      sum3 = a3.fma(b0, sum3);
      bRow += ldb;
    }
    TYPE.cast(sum0).intoArray(c, cOffset);
    TYPE.cast(sum1).intoArray(c, cOffset + ldc);
    TYPE.cast(sum2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(sum3).intoArray(c, cOffset + 3 * ldc);
  }

  /// The left half of a low tile of `C ← A·B` with A found by columns: element (i, p) at
  /// `a + p·lda + i`.
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
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    int aColumn = aOffset;
    int bRow = bOffset;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bRow);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[aColumn]);
      sum0 = a0.fma(b0, sum0);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[aColumn + 1]);
      sum1 = a1.fma(b0, sum1);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[aColumn + 2]);
      sum2 = a2.fma(b0, sum2);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[aColumn + 3]);
      sum3 = a3.fma(b0, sum3);
      aColumn += lda;
      bRow += ldb;
    }
    TYPE.cast(sum0).intoArray(c, cOffset);
    TYPE.cast(sum1).intoArray(c, cOffset + ldc);
    TYPE.cast(sum2).intoArray(c, cOffset + 2 * ldc);
    TYPE.cast(sum3).intoArray(c, cOffset + 3 * ldc);
  }

  private static DoubleVector broadcast(double[] a, int index) {
    return DoubleVector.broadcast(SPECIES, (double) ELEMENT.getOpaque(a, index));
  }
}
