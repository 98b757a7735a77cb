package dev.lanewise.core.tensor;

import static dev.lanewise.core.tensor.Operands.doubles;
import static dev.lanewise.core.tensor.Operands.floats;
import static dev.lanewise.core.tensor.Operands.overlap;
import static dev.lanewise.core.tensor.Operands.requireRoom;
import static dev.lanewise.core.tensor.Operands.requireSameType;

import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.kernel.Workers;
import java.util.Objects;

/// The matrix products of the kernels on tensors: by one thread or by several, with an [Epilogue],
/// and with a B that is packed once for many products.
///
/// Everything said in [DoubleKernels#gemm] holds: `beta`, NaN, the error bound, and that the bits
/// depend neither on the threads nor on the packing. All operands of a call have the same element
/// type. Every method throws [ShapeException] if the shapes do not fit or a room is too small,
/// [IllegalArgumentException] if the element types differ or C shares elements with another
/// operand, and [IllegalStateException] if an operand was leased by a graph run that is closed.
public final class MatrixProduct {
  private static final DoubleKernels DOUBLE = Kernels.DOUBLE;
  private static final FloatKernels FLOAT = Kernels.FLOAT;

  private MatrixProduct() {}

  /// `C ← beta·C + op(A)·op(B)`; see [DoubleKernels#gemm].
  ///
  /// @param variant which operand is stored transposed
  /// @param a the matrix A: `[m,k]`, for TN `[k,m]`
  /// @param b the matrix B: `[k,n]`, for NT `[n,k]`
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[m,n]`
  /// @param scratch at least [#gemmScratch] elements of any content
  public static void gemm(
      GemmVariant variant, Tensor a, Tensor b, double beta, Tensor c, Tensor scratch) {
    gemm(variant, a, b, beta, c, Epilogue.NONE, c, scratch);
  }

  /// `C ← f(beta·C + op(A)·op(B), E)`: a product with an [Epilogue]; see
  /// [DoubleKernels#gemm(GemmVariant, int, int, int, double\[\], int, int, double\[\], int, int,
  /// double, double\[\], int, int, Epilogue, double\[\], int, double\[\], int)].
  ///
  /// @param variant which operand is stored transposed
  /// @param a the matrix A: `[m,k]`, for TN `[k,m]`
  /// @param b the matrix B: `[k,n]`, for NT `[n,k]`
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[m,n]`
  /// @param epilogue f
  /// @param e E: `[n]` for a row, `[m,n]` for a matrix; may not be C. Where there is no E, it may
  ///     be any tensor of C's type.
  /// @param scratch at least [#gemmScratch] elements of any content
  public static void gemm(
      GemmVariant variant,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Tensor scratch) {
    requireProduct(variant, a, b, c, scratch);
    requireOperand(epilogue, e, c);
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    int k = a.shape().dim(variant == GemmVariant.TN ? 0 : 1);
    requireRoom(nameOf(variant), "scratch", gemmScratch(variant, c.dtype(), m, n, k), scratch);
    gemm(variant, 0, 0, m, n, k, a, b, beta, c, epilogue, e, scratch, 0);
  }

  /// [#gemm] by several threads, with the same bits; a product that is too small for that is left
  /// to the calling thread.
  ///
  /// @param variant which operand is stored transposed
  /// @param a the matrix A: `[m,k]`, for TN `[k,m]`
  /// @param b the matrix B: `[k,n]`, for NT `[n,k]`
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[m,n]`
  /// @param scratch at least [#gemmScratch(GemmVariant, DType, int, int, int, Workers)] elements of
  ///     any content
  /// @param workers the threads
  public static void gemm(
      GemmVariant variant,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      Tensor scratch,
      Workers workers) {
    gemm(variant, a, b, beta, c, Epilogue.NONE, c, scratch, workers);
  }

  /// The product with an [Epilogue], by several threads, with the same bits, as [#gemm(GemmVariant,
  /// Tensor, Tensor, double, Tensor, Tensor, Workers)].
  ///
  /// @param variant which operand is stored transposed
  /// @param a the matrix A: `[m,k]`, for TN `[k,m]`
  /// @param b the matrix B: `[k,n]`, for NT `[n,k]`
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[m,n]`
  /// @param epilogue f
  /// @param e E: `[n]` for a row, `[m,n]` for a matrix; may not be C. Where there is no E, it may
  ///     be any tensor of C's type.
  /// @param scratch at least [#gemmScratch(GemmVariant, DType, int, int, int, Workers)] elements of
  ///     any content
  /// @param workers the threads
  public static void gemm(
      GemmVariant variant,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Tensor scratch,
      Workers workers) {
    requireProduct(variant, a, b, c, scratch);
    requireOperand(epilogue, e, c);
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    int k = a.shape().dim(variant == GemmVariant.TN ? 0 : 1);
    if (GemmPieces.pay(m, n, k, workers.count())) {
      shared(variant, a, b, beta, c, epilogue, e, scratch, workers);
    } else {
      gemm(variant, a, b, beta, c, epilogue, e, scratch);
    }
  }

  /// A piece of a product, of unchecked operands: `m` rows of C from `row` on, and in them `n`
  /// elements from `column` on.
  private static void gemm(
      GemmVariant variant,
      int row,
      int column,
      int m,
      int n,
      int k,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Tensor scratch,
      int scratchStart) {
    int lda = a.shape().dim(1);
    int ldb = b.shape().dim(1);
    int ldc = c.shape().dim(1);
    int aOffset = a.offset() + row * (variant == GemmVariant.TN ? 1 : lda);
    int bOffset = b.offset() + column * (variant == GemmVariant.NT ? ldb : 1);
    int cOffset = c.offset() + row * ldc + column;
    int eOffset = operandOffset(epilogue, e, row, column, ldc);
    int scratchOffset = scratch.offset() + scratchStart;
    switch (c) {
      case DoubleTensor d ->
          DOUBLE.gemm(
              variant,
              m,
              n,
              k,
              doubles(a),
              aOffset,
              lda,
              doubles(b),
              bOffset,
              ldb,
              beta,
              d.array(),
              cOffset,
              ldc,
              epilogue,
              doubles(e),
              eOffset,
              doubles(scratch),
              scratchOffset);
      case FloatTensor f ->
          FLOAT.gemm(
              variant,
              m,
              n,
              k,
              floats(a),
              aOffset,
              lda,
              floats(b),
              bOffset,
              ldb,
              (float) beta,
              f.array(),
              cOffset,
              ldc,
              epilogue,
              floats(e),
              eOffset,
              floats(scratch),
              scratchOffset);
    }
  }

  /// Where the operand of an epilogue begins for a piece of C.
  private static int operandOffset(Epilogue epilogue, Tensor e, int row, int column, int ldc) {
    return switch (epilogue.operand()) {
      case NONE -> 0;
      case ROW -> e.offset() + column;
      case MATRIX -> e.offset() + row * ldc + column;
    };
  }

  private static void shared(
      GemmVariant variant,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Tensor scratch,
      Workers workers) {
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    int k = a.shape().dim(variant == GemmVariant.TN ? 0 : 1);
    int needed = gemmScratch(variant, c.dtype(), m, n, k, workers);
    requireRoom(nameOf(variant), "scratch", needed, scratch);
    GemmPieces pieces = pieces(c.dtype(), m, n, k, workers);
    int packedSize = pieces.packs() ? packedStart(pieces, pieces.columns(), c.dtype(), k) : 0;
    int each = pieceScratch(pieces, variant, c.dtype(), k);
    if (pieces.packs()) {
      pack(variant, pieces, k, b, scratch, workers);
    }
    workers.run(
        pieces.count(),
        (piece, worker) -> {
          int column = piece / pieces.rows();
          int row = piece % pieces.rows();
          int i = pieces.fromRow(row);
          int j = pieces.fromColumn(column);
          int height = pieces.height(row);
          int width = pieces.width(column);
          int own = packedSize + worker * each;
          if (pieces.packs()) {
            int at = packedStart(pieces, column, c.dtype(), k);
            gemmPacked(
                variant, i, j, height, width, k, a, scratch, at, beta, c, epilogue, e, scratch,
                own);
          } else {
            gemm(variant, i, j, height, width, k, a, b, beta, c, epilogue, e, scratch, own);
          }
        });
  }

  /// How many elements of scratch [#gemm(GemmVariant, Tensor, Tensor, double, Tensor, Tensor,
  /// Workers)] needs.
  ///
  /// @param variant which operand is stored transposed
  /// @param dtype the element type
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @param workers the threads
  /// @return the number of elements; may be 0
  public static int gemmScratch(
      GemmVariant variant, DType dtype, int m, int n, int k, Workers workers) {
    if (!GemmPieces.pay(m, n, k, workers.count())) {
      return gemmScratch(variant, dtype, m, n, k);
    }
    GemmPieces pieces = pieces(dtype, m, n, k, workers);
    int packedSize = pieces.packs() ? packedStart(pieces, pieces.columns(), dtype, k) : 0;
    int each = pieceScratch(pieces, variant, dtype, k);
    return Math.addExact(packedSize, Math.multiplyExact(workers.count(), each));
  }

  private static GemmPieces pieces(DType dtype, int m, int n, int k, Workers workers) {
    int panel = packedSize(dtype, 1, 1); // a single column is padded to a panel
    return GemmPieces.of(m, n, k, panel, workers.count());
  }

  /// Where the packed B of a column of pieces begins: behind those of the columns before.
  private static int packedStart(GemmPieces pieces, int column, DType dtype, int k) {
    int start = 0;
    for (int i = 0; i < column; i++) {
      start = Math.addExact(start, packedSize(dtype, pieces.width(i), k));
    }
    return start;
  }

  /// The scratch of the piece that needs most.
  private static int pieceScratch(GemmPieces pieces, GemmVariant variant, DType dtype, int k) {
    if (pieces.packs()) {
      return gemmPackedScratch(dtype);
    }
    int most = 0;
    for (int row = 0; row < pieces.rows(); row++) {
      for (int column = 0; column < pieces.columns(); column++) {
        int height = pieces.height(row);
        most = Math.max(most, gemmScratch(variant, dtype, height, pieces.width(column), k));
      }
    }
    return most;
  }

  private static void requireProduct(
      GemmVariant variant, Tensor a, Tensor b, Tensor c, Tensor scratch) {
    String name = nameOf(variant);
    requireMatrices(name, a, b, c, scratch);
    ShapeException.requireRank(name, "B", 2, b.shape());
    int rowAxisOfA = variant == GemmVariant.TN ? 1 : 0;
    int columnAxisOfB = variant == GemmVariant.NT ? 0 : 1;
    ShapeException.requireSameAxis(
        name, "A", a.shape(), 1 - rowAxisOfA, "B", b.shape(), 1 - columnAxisOfB);
    ShapeException.requireSameAxis(name, "C", c.shape(), 0, "A", a.shape(), rowAxisOfA);
    ShapeException.requireSameAxis(name, "C", c.shape(), 1, "B", b.shape(), columnAxisOfB);
  }

  /// What holds also where B is no matrix, but packed.
  private static void requireMatrices(String name, Tensor a, Tensor b, Tensor c, Tensor scratch) {
    requireSameType(name, a, b);
    requireSameType(name, a, c);
    requireSameType(name, a, scratch);
    ShapeException.requireRank(name, "A", 2, a.shape());
    ShapeException.requireRank(name, "C", 2, c.shape());
    if (overlap(a, c) || overlap(b, c)) {
      throw new IllegalArgumentException(
          name + ": C shares elements with " + (overlap(a, c) ? "A." : "B."));
    }
  }

  private static void requireOperand(Epilogue epilogue, Tensor e, Tensor c) {
    switch (epilogue.operand()) {
      case NONE -> {}
      case ROW -> {
        ShapeException.requireRank("epilogue", "the row", 1, e.shape());
        ShapeException.requireSameAxis("epilogue", "the row", e.shape(), 0, "C", c.shape(), 1);
      }
      case MATRIX ->
          ShapeException.requireEqual("epilogue", "the matrix", e.shape(), "C", c.shape());
    }
    requireSameType("epilogue", e, c);
    if (epilogue.operand() != Epilogue.Operand.NONE && overlap(e, c)) {
      throw new IllegalArgumentException(
          "The operand of the epilogue %s shares elements with C.".formatted(epilogue));
    }
  }

  private static String nameOf(GemmVariant variant) {
    return switch (variant) { // not put together at each call: steps allocate next to nothing
      case NN -> "gemm NN";
      case NT -> "gemm NT";
      case TN -> "gemm TN";
    };
  }

  /// `C ← beta·C + A[:, from:to]ᵀ·B`: some rows of the product TN, to the bit as [#gemm] computes
  /// them.
  ///
  /// @param a the matrix A: `[k,m]`
  /// @param from the first of its columns
  /// @param to the column after the last
  /// @param b the matrix B: `[k,n]`
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[to−from,n]`
  /// @param scratch at least [#gemmScratch] elements of any content, for `to−from` rows of C
  public static void gemmOfColumns(
      Tensor a, int from, int to, Tensor b, double beta, Tensor c, Tensor scratch) {
    String name = "gemm of columns";
    requireMatrices(name, a, b, c, scratch);
    ShapeException.requireRank(name, "B", 2, b.shape());
    ShapeException.requireSameAxis(name, "A", a.shape(), 0, "B", b.shape(), 0);
    ShapeException.requireSameAxis(name, "C", c.shape(), 1, "B", b.shape(), 1);
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    int k = a.shape().dim(0);
    int lda = a.shape().dim(1);
    Objects.checkFromToIndex(from, to, lda);
    int needed = gemmScratch(GemmVariant.TN, c.dtype(), m, n, k);
    if (m != to - from || scratch.size() < needed) {
      throw new ShapeException(
          "%s: columns %d to %d of %s make no %s with a scratch of %d elements, of which %d are"
                  .formatted(name, from, to, a.shape(), c.shape(), scratch.size(), needed)
              + " needed.");
    }
    switch (c) {
      case DoubleTensor d ->
          DOUBLE.gemm(
              GemmVariant.TN,
              m,
              n,
              k,
              doubles(a),
              a.offset() + from,
              lda,
              doubles(b),
              b.offset(),
              n,
              beta,
              d.array(),
              d.offset(),
              n,
              doubles(scratch),
              scratch.offset());
      case FloatTensor f ->
          FLOAT.gemm(
              GemmVariant.TN,
              m,
              n,
              k,
              floats(a),
              a.offset() + from,
              lda,
              floats(b),
              b.offset(),
              n,
              (float) beta,
              f.array(),
              f.offset(),
              n,
              floats(scratch),
              scratch.offset());
    }
  }

  /// How many elements of scratch [#gemm] needs.
  ///
  /// @param variant which operand is stored transposed
  /// @param dtype the element type
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @return the number of elements; may be 0
  public static int gemmScratch(GemmVariant variant, DType dtype, int m, int n, int k) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT.gemmScratch(variant, m, n, k);
      case FLOAT64 -> DOUBLE.gemmScratch(variant, m, n, k);
    };
  }

  /// Packs B for many products with [#gemmPacked].
  ///
  /// @param variant how B is stored
  /// @param b the matrix B: `[k,n]`, for NT `[n,k]`
  /// @param packed at least [#packedSize] elements
  /// @param workers who packs it, each some columns
  public static void pack(GemmVariant variant, Tensor b, Tensor packed, Workers workers) {
    requireSameType("pack", b, packed);
    ShapeException.requireRank("pack", "B", 2, b.shape());
    int columnAxis = variant == GemmVariant.NT ? 0 : 1;
    int n = b.shape().dim(columnAxis);
    int k = b.shape().dim(1 - columnAxis);
    requireRoom("pack", "packed form", packedSize(b.dtype(), n, k), packed);
    workers.run(
        packedPanels(b.dtype(), n),
        (panel, worker) -> packPanel(variant, panel, 0, n, k, b, packed, 0));
  }

  /// Packs the columns of pieces one after the other, each as a matrix of its own.
  private static void pack(
      GemmVariant variant, GemmPieces pieces, int k, Tensor b, Tensor packed, Workers workers) {
    DType dtype = b.dtype();
    int[] firstPanels = new int[pieces.columns() + 1];
    for (int i = 0; i < pieces.columns(); i++) {
      firstPanels[i + 1] = firstPanels[i] + packedPanels(dtype, pieces.width(i));
    }
    workers.run(
        firstPanels[pieces.columns()],
        (panel, worker) -> {
          int i = 0;
          while (panel >= firstPanels[i + 1]) {
            i++;
          }
          int start = packedStart(pieces, i, dtype, k);
          int j = pieces.fromColumn(i);
          packPanel(variant, panel - firstPanels[i], j, pieces.width(i), k, b, packed, start);
        });
  }

  /// Packs a panel of the `n` columns of B from `column` on.
  private static void packPanel(
      GemmVariant variant,
      int panel,
      int column,
      int n,
      int k,
      Tensor b,
      Tensor packed,
      int start) {
    int ldb = b.shape().dim(1);
    int bOffset = b.offset() + column * (variant == GemmVariant.NT ? ldb : 1);
    int packedOffset = packed.offset() + start;
    switch (packed) {
      case DoubleTensor d ->
          DOUBLE.packPanel(variant, panel, n, k, doubles(b), bOffset, ldb, d.array(), packedOffset);
      case FloatTensor f ->
          FLOAT.packPanel(variant, panel, n, k, floats(b), bOffset, ldb, f.array(), packedOffset);
    }
  }

  private static int packedPanels(DType dtype, int n) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT.packedPanels(n);
      case FLOAT64 -> DOUBLE.packedPanels(n);
    };
  }

  /// How many elements the packed form of a matrix has.
  ///
  /// @param dtype the element type
  /// @param n the columns of op(B)
  /// @param k the rows of op(B)
  /// @return the number of elements
  public static int packedSize(DType dtype, int n, int k) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT.packedSize(n, k);
      case FLOAT64 -> DOUBLE.packedSize(n, k);
    };
  }

  /// [#gemm] with a B that [#pack] has packed before; the same bits.
  ///
  /// @param variant how A is stored
  /// @param a the matrix A: `[m,k]`, for TN `[k,m]`
  /// @param packed the packed B, of k rows and n columns
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[m,n]`
  /// @param scratch at least [#gemmPackedScratch] elements of any content
  public static void gemmPacked(
      GemmVariant variant, Tensor a, Tensor packed, double beta, Tensor c, Tensor scratch) {
    gemmPacked(variant, a, packed, beta, c, Epilogue.NONE, c, scratch);
  }

  /// The product with an [Epilogue] and a B that [#pack] has packed before; the same bits.
  ///
  /// @param variant how A is stored
  /// @param a the matrix A: `[m,k]`, for TN `[k,m]`
  /// @param packed the packed B, of k rows and n columns
  /// @param beta what becomes of the old C
  /// @param c the matrix C: `[m,n]`
  /// @param epilogue f
  /// @param e E: `[n]` for a row, `[m,n]` for a matrix; may not be C. Where there is no E, it may
  ///     be any tensor of C's type.
  /// @param scratch at least [#gemmPackedScratch] elements of any content
  public static void gemmPacked(
      GemmVariant variant,
      Tensor a,
      Tensor packed,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Tensor scratch) {
    String name = "gemm with a packed B";
    requireMatrices(name, a, packed, c, scratch);
    int rowAxisOfA = variant == GemmVariant.TN ? 1 : 0;
    ShapeException.requireSameAxis(name, "C", c.shape(), 0, "A", a.shape(), rowAxisOfA);
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    int k = a.shape().dim(1 - rowAxisOfA);
    requireRoom(name, "packed B", packedSize(c.dtype(), n, k), packed);
    requireRoom(name, "scratch", gemmPackedScratch(c.dtype()), scratch);
    requireOperand(epilogue, e, c);
    gemmPacked(variant, 0, 0, m, n, k, a, packed, 0, beta, c, epilogue, e, scratch, 0);
  }

  /// A piece of a product, of unchecked operands: `m` rows of C from `row` on, and in them `n`
  /// elements from `column` on, whose part of B is packed for itself.
  private static void gemmPacked(
      GemmVariant variant,
      int row,
      int column,
      int m,
      int n,
      int k,
      Tensor a,
      Tensor packed,
      int packedStart,
      double beta,
      Tensor c,
      Epilogue epilogue,
      Tensor e,
      Tensor scratch,
      int scratchStart) {
    int lda = a.shape().dim(1);
    int ldc = c.shape().dim(1);
    int aOffset = a.offset() + row * (variant == GemmVariant.TN ? 1 : lda);
    int packedOffset = packed.offset() + packedStart;
    int cOffset = c.offset() + row * ldc + column;
    int eOffset = operandOffset(epilogue, e, row, column, ldc);
    int scratchOffset = scratch.offset() + scratchStart;
    switch (c) {
      case DoubleTensor d ->
          DOUBLE.gemmPacked(
              variant,
              m,
              n,
              k,
              doubles(a),
              aOffset,
              lda,
              doubles(packed),
              packedOffset,
              beta,
              d.array(),
              cOffset,
              ldc,
              epilogue,
              doubles(e),
              eOffset,
              doubles(scratch),
              scratchOffset);
      case FloatTensor f ->
          FLOAT.gemmPacked(
              variant,
              m,
              n,
              k,
              floats(a),
              aOffset,
              lda,
              floats(packed),
              packedOffset,
              (float) beta,
              f.array(),
              cOffset,
              ldc,
              epilogue,
              floats(e),
              eOffset,
              floats(scratch),
              scratchOffset);
    }
  }

  /// How many elements of scratch [#gemmPacked] needs, whatever the shape.
  ///
  /// @param dtype the element type
  /// @return the number of elements; may be 0
  public static int gemmPackedScratch(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT.gemmPackedScratch();
      case FLOAT64 -> DOUBLE.gemmPackedScratch();
    };
  }
}
