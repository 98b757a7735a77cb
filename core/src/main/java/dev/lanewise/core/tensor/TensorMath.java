package dev.lanewise.core.tensor;

import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Kernels;
import dev.lanewise.core.kernel.Workers;
import java.util.Arrays;
import java.util.Objects;

/// The kernels once more, on tensors: shapes and types are checked here, and here alone the code
/// switches on the element type.
///
/// Everything said in [DoubleKernels] holds: `beta`, aliasing, NaN, error bounds. All operands of a
/// call have the same element type. Every method throws [ShapeException] if the shapes do not fit,
/// [IllegalArgumentException] if the element types differ, and [IllegalStateException] if an
/// operand was leased by a graph run that is closed. Nothing is broadcast unless the name says so.
public final class TensorMath {
  private static final DoubleKernels DOUBLE = Kernels.DOUBLE;
  private static final FloatKernels FLOAT = Kernels.FLOAT;

  private TensorMath() {}

  /// `y ← value` in every element.
  ///
  /// @param value the value, rounded to the element type
  /// @param y the output
  public static void fill(double value, Tensor y) {
    switch (y) {
      case DoubleTensor d -> Arrays.fill(d.array(), d.offset(), d.offset() + d.size(), value);
      case FloatTensor f ->
          Arrays.fill(f.array(), f.offset(), f.offset() + f.size(), (float) value);
    }
  }

  /// `y ← x`, bit for bit; the two may overlap.
  ///
  /// @param x the input
  /// @param y the output, of the same shape
  public static void copy(Tensor x, Tensor y) {
    requireElementwise("copy", x, y);
    switch (y) {
      case DoubleTensor d ->
          System.arraycopy(doubles(x), x.offset(), d.array(), d.offset(), d.size());
      case FloatTensor f ->
          System.arraycopy(floats(x), x.offset(), f.array(), f.offset(), f.size());
    }
  }

  /// `y ← beta·y + x`.
  ///
  /// @param x the input
  /// @param beta what becomes of the old output: 0 or 1
  /// @param y the output, of the same shape
  public static void accumulate(Tensor x, double beta, Tensor y) {
    if (beta == 0) {
      copy(x, y);
    } else {
      requireOne("accumulate", beta);
      add(x, y, y);
    }
  }

  /// Whether every element is a finite number.
  ///
  /// @param x the tensor
  /// @return false if there is a NaN or an infinity
  public static boolean allFinite(Tensor x) {
    if (Double.isFinite(sum(x))) {
      return true; // NaN and infinity would have come through; a sum that is neither is fast proof
    }
    for (int i = 0; i < x.size(); i++) {
      if (!Double.isFinite(x.getFlat(i))) {
        return false;
      }
    }
    return true;
  }

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

  /// The product with an [Epilogue], by several threads, with the same bits; see the other `gemm`
  /// by several threads.
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
    requireSameType(name, a, b);
    requireSameType(name, a, c);
    requireSameType(name, a, scratch);
    ShapeException.requireRank(name, "A", 2, a.shape());
    ShapeException.requireRank(name, "B", 2, b.shape());
    ShapeException.requireRank(name, "C", 2, c.shape());
    int rowAxisOfA = variant == GemmVariant.TN ? 1 : 0;
    int columnAxisOfB = variant == GemmVariant.NT ? 0 : 1;
    ShapeException.requireSameAxis(
        name, "A", a.shape(), 1 - rowAxisOfA, "B", b.shape(), 1 - columnAxisOfB);
    ShapeException.requireSameAxis(name, "C", c.shape(), 0, "A", a.shape(), rowAxisOfA);
    ShapeException.requireSameAxis(name, "C", c.shape(), 1, "B", b.shape(), columnAxisOfB);
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

  @SuppressWarnings("ReferenceEquality") // of the arrays
  private static boolean overlap(Tensor x, Tensor y) {
    return array(x) == array(y)
        && x.offset() < y.offset() + y.size()
        && y.offset() < x.offset() + x.size();
  }

  private static Object array(Tensor tensor) {
    return switch (tensor) {
      case DoubleTensor d -> d.array();
      case FloatTensor f -> f.array();
    };
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
    requireSameType(name, a, b);
    requireSameType(name, a, c);
    requireSameType(name, a, scratch);
    ShapeException.requireRank(name, "A", 2, a.shape());
    ShapeException.requireRank(name, "B", 2, b.shape());
    ShapeException.requireRank(name, "C", 2, c.shape());
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
    requireSameType(name, a, packed);
    requireSameType(name, a, c);
    requireSameType(name, a, scratch);
    ShapeException.requireRank(name, "A", 2, a.shape());
    ShapeException.requireRank(name, "C", 2, c.shape());
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

  /// `y ← α·x`.
  ///
  /// @param alpha the factor α
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void scale(double alpha, Tensor x, Tensor y) {
    requireElementwise("scale", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.scale(d.size(), alpha, doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.scale(f.size(), (float) alpha, floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← y + α·x`.
  ///
  /// @param alpha the factor α
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void axpy(double alpha, Tensor x, Tensor y) {
    requireElementwise("axpy", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.axpy(d.size(), alpha, doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.axpy(f.size(), (float) alpha, floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← a + b`.
  ///
  /// @param a the first input
  /// @param b the second input
  /// @param y the output, of the same shape; may be a or b
  public static void add(Tensor a, Tensor b, Tensor y) {
    requireElementwise("add", a, y);
    requireElementwise("add", b, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.add(
              d.size(), doubles(a), a.offset(), doubles(b), b.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.add(f.size(), floats(a), a.offset(), floats(b), b.offset(), f.array(), f.offset());
    }
  }

  /// `y ← beta·y + a∘b`, the product of elements.
  ///
  /// @param a the first input
  /// @param b the second input
  /// @param beta what becomes of the old output
  /// @param y the output, of the same shape; may be a or b if beta is 0
  public static void multiply(Tensor a, Tensor b, double beta, Tensor y) {
    requireElementwise("multiply", a, y);
    requireElementwise("multiply", b, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.multiply(
              d.size(),
              doubles(a),
              a.offset(),
              doubles(b),
              b.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.multiply(
              f.size(),
              floats(a),
              a.offset(),
              floats(b),
              b.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `Σ xᵢ` over all elements, in an order fixed by the number of elements and lanes.
  ///
  /// @param x the input
  /// @return the sum; 0 if there are no elements
  public static double sum(Tensor x) {
    return switch (x) {
      case DoubleTensor d -> DOUBLE.sum(d.size(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.sum(f.size(), f.array(), f.offset());
    };
  }

  /// `Σ xᵢ·yᵢ` over all elements, in an order fixed by the number of elements and lanes.
  ///
  /// @param x the first input
  /// @param y the second input, of the same shape; may be x
  /// @return the inner product; 0 if there are no elements
  public static double dot(Tensor x, Tensor y) {
    requireElementwise("dot", x, y);
    return switch (y) {
      case DoubleTensor d -> DOUBLE.dot(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.dot(f.size(), floats(x), x.offset(), f.array(), f.offset());
    };
  }

  /// The largest element; NaN if there is one.
  ///
  /// @param x the input
  /// @return the maximum; −∞ if there are no elements
  public static double max(Tensor x) {
    return switch (x) {
      case DoubleTensor d -> DOUBLE.max(d.size(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.max(f.size(), f.array(), f.offset());
    };
  }

  /// `Yᵢⱼ ← Xᵢⱼ + vⱼ`: adds a vector to every row.
  ///
  /// @param x the matrix `[rows,columns]`
  /// @param v the vector `[columns]`
  /// @param y the output `[rows,columns]`; may be x
  public static void addRowVector(Tensor x, Tensor v, Tensor y) {
    requireElementwise("addRowVector", x, y);
    requireSameType("addRowVector", x, v);
    requireRowVector("addRowVector", x, v);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.addRowVector(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(x),
              x.offset(),
              doubles(v),
              v.offset(),
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.addRowVector(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(x),
              x.offset(),
              floats(v),
              v.offset(),
              f.array(),
              f.offset());
    }
  }

  /// `yⱼ ← beta·yⱼ + Σᵢ Xᵢⱼ`: the sum of the rows.
  ///
  /// @param x the matrix `[rows,columns]`
  /// @param beta what becomes of the old output
  /// @param y the output vector `[columns]`
  public static void columnSums(Tensor x, double beta, Tensor y) {
    requireSameType("columnSums", x, y);
    requireRowVector("columnSums", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.columnSums(
              x.shape().dim(0),
              x.shape().dim(1),
              doubles(x),
              x.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.columnSums(
              x.shape().dim(0),
              x.shape().dim(1),
              floats(x),
              x.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← max(x, 0)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void relu(Tensor x, Tensor y) {
    requireElementwise("relu", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.relu(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.relu(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘[x > 0]`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void reluBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("reluBackward", x, dx);
    requireElementwise("reluBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.reluBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.reluBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← 1 if x > 0, else 0`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void hardThreshold(Tensor x, Tensor y) {
    requireElementwise("hardThreshold", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.hardThreshold(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.hardThreshold(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← eˣ`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void exp(Tensor x, Tensor y) {
    requireElementwise("exp", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.exp(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.exp(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← log x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void log(Tensor x, Tensor y) {
    requireElementwise("log", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.log(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.log(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← log(1 + x)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void log1p(Tensor x, Tensor y) {
    requireElementwise("log1p", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.log1p(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.log1p(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← eˣ − 1`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void expm1(Tensor x, Tensor y) {
    requireElementwise("expm1", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.expm1(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.expm1(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← sin x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void sin(Tensor x, Tensor y) {
    requireElementwise("sin", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.sin(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.sin(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// The error function `y ← erf x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void erf(Tensor x, Tensor y) {
    requireElementwise("erf", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.erf(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.erf(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// Its complement `y ← 1 − erf x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void erfc(Tensor x, Tensor y) {
    requireElementwise("erfc", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.erfc(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.erfc(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `y ← 1/(1 + e⁻ˣ)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void logistic(Tensor x, Tensor y) {
    requireElementwise("logistic", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.logistic(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.logistic(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘σ'(x)`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void logisticBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("logisticBackward", x, dx);
    requireElementwise("logisticBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.logisticBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.logisticBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← tanh x`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void tanh(Tensor x, Tensor y) {
    requireElementwise("tanh", x, y);
    switch (y) {
      case DoubleTensor d -> DOUBLE.tanh(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.tanh(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘tanh'(x)`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void tanhBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("tanhBackward", x, dx);
    requireElementwise("tanhBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.tanhBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.tanhBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// `y ← log(1 + eˣ)`.
  ///
  /// @param x the input
  /// @param y the output, of the same shape; may be x
  public static void softplus(Tensor x, Tensor y) {
    requireElementwise("softplus", x, y);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.softplus(d.size(), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f -> FLOAT.softplus(f.size(), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy∘σ(x)`.
  ///
  /// @param x the input of the forward pass
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be x or dy if beta is 0
  public static void softplusBackward(Tensor x, Tensor dy, double beta, Tensor dx) {
    requireElementwise("softplusBackward", x, dx);
    requireElementwise("softplusBackward", dy, dx);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.softplusBackward(
              d.size(),
              doubles(x),
              x.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.softplusBackward(
              f.size(),
              floats(x),
              x.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// Row-wise softmax.
  ///
  /// @param x the input `[rows,columns]`, with at least one column
  /// @param y the output `[rows,columns]`; may be x
  public static void softmaxRows(Tensor x, Tensor y) {
    requireElementwise("softmaxRows", x, y);
    requireColumns("softmaxRows", x);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.softmaxRows(
              d.shape().dim(0), d.shape().dim(1), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.softmaxRows(
              f.shape().dim(0), f.shape().dim(1), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + y∘(dy − ⟨dy, y⟩)` for each row.
  ///
  /// @param y the output of the forward pass, `[rows,columns]`
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be dy if beta is 0
  public static void softmaxRowsBackward(Tensor y, Tensor dy, double beta, Tensor dx) {
    requireElementwise("softmaxRowsBackward", y, dx);
    requireElementwise("softmaxRowsBackward", dy, dx);
    requireColumns("softmaxRowsBackward", y);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.softmaxRowsBackward(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(y),
              y.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.softmaxRowsBackward(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(y),
              y.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// The cross-entropy of labels under the softmax, and its gradient; see
  /// [DoubleKernels#labelCrossEntropy].
  ///
  /// @param z the logits `[rows,columns]`, with at least one column
  /// @param labels whole numbers from 0 to `columns − 1`, `[rows]`, which are not checked here
  /// @param losses the output `[rows]`
  /// @param slopes the output `[rows,columns]`; may not be z
  public static void labelCrossEntropy(Tensor z, Tensor labels, Tensor losses, Tensor slopes) {
    requireElementwise("labelCrossEntropy", z, slopes);
    requireElementwise("labelCrossEntropy", labels, losses);
    requireColumns("labelCrossEntropy", z);
    requireColumnVector("labelCrossEntropy", z, losses);
    switch (slopes) {
      case DoubleTensor d ->
          DOUBLE.labelCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              doubles(z),
              z.offset(),
              doubles(labels),
              labels.offset(),
              doubles(losses),
              losses.offset(),
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.labelCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              floats(z),
              z.offset(),
              floats(labels),
              labels.offset(),
              floats(losses),
              losses.offset(),
              f.array(),
              f.offset());
    }
  }

  /// The cross-entropy of distributions under the softmax, and its gradient; see
  /// [DoubleKernels#denseCrossEntropy].
  ///
  /// @param z the logits `[rows,columns]`, with at least one column
  /// @param t the distributions `[rows,columns]`
  /// @param losses the output `[rows]`
  /// @param slopes the output `[rows,columns]`; may be neither z nor t
  public static void denseCrossEntropy(Tensor z, Tensor t, Tensor losses, Tensor slopes) {
    requireElementwise("denseCrossEntropy", z, slopes);
    requireElementwise("denseCrossEntropy", t, slopes);
    requireColumns("denseCrossEntropy", z);
    requireColumnVector("denseCrossEntropy", z, losses);
    switch (slopes) {
      case DoubleTensor d ->
          DOUBLE.denseCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              doubles(z),
              z.offset(),
              doubles(t),
              t.offset(),
              doubles(losses),
              losses.offset(),
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.denseCrossEntropy(
              z.shape().dim(0),
              z.shape().dim(1),
              floats(z),
              z.offset(),
              floats(t),
              t.offset(),
              floats(losses),
              losses.offset(),
              f.array(),
              f.offset());
    }
  }

  /// `Yᵢⱼ ← beta·Yᵢⱼ + sᵢ·Xᵢⱼ`: every row by a factor of its own.
  ///
  /// @param s the factors `[rows]`
  /// @param x the matrix `[rows,columns]`
  /// @param beta what becomes of the old output
  /// @param y the output `[rows,columns]`; may be x if beta is 0
  public static void scaleRows(Tensor s, Tensor x, double beta, Tensor y) {
    requireElementwise("scaleRows", x, y);
    ShapeException.requireRank("scaleRows", "the matrix", 2, x.shape());
    requireColumnVector("scaleRows", x, s);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.scaleRows(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(s),
              s.offset(),
              doubles(x),
              x.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.scaleRows(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(s),
              s.offset(),
              floats(x),
              x.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// Row-wise logarithm of softmax.
  ///
  /// @param x the input `[rows,columns]`, with at least one column
  /// @param y the output `[rows,columns]`; may be x
  public static void logSoftmaxRows(Tensor x, Tensor y) {
    requireElementwise("logSoftmaxRows", x, y);
    requireColumns("logSoftmaxRows", x);
    switch (y) {
      case DoubleTensor d ->
          DOUBLE.logSoftmaxRows(
              d.shape().dim(0), d.shape().dim(1), doubles(x), x.offset(), d.array(), d.offset());
      case FloatTensor f ->
          FLOAT.logSoftmaxRows(
              f.shape().dim(0), f.shape().dim(1), floats(x), x.offset(), f.array(), f.offset());
    }
  }

  /// `dx ← beta·dx + dy − eʸ·Σ dy` for each row.
  ///
  /// @param y the output of the forward pass, `[rows,columns]`
  /// @param dy the gradient by the output, of the same shape
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input, of the same shape; may be dy if beta is 0
  public static void logSoftmaxRowsBackward(Tensor y, Tensor dy, double beta, Tensor dx) {
    requireElementwise("logSoftmaxRowsBackward", y, dx);
    requireElementwise("logSoftmaxRowsBackward", dy, dx);
    requireColumns("logSoftmaxRowsBackward", y);
    switch (dx) {
      case DoubleTensor d ->
          DOUBLE.logSoftmaxRowsBackward(
              d.shape().dim(0),
              d.shape().dim(1),
              doubles(y),
              y.offset(),
              doubles(dy),
              dy.offset(),
              beta,
              d.array(),
              d.offset());
      case FloatTensor f ->
          FLOAT.logSoftmaxRowsBackward(
              f.shape().dim(0),
              f.shape().dim(1),
              floats(y),
              y.offset(),
              floats(dy),
              dy.offset(),
              (float) beta,
              f.array(),
              f.offset());
    }
  }

  /// One step of Adam's moments; see [DoubleKernels#adam]. The rates are given as `double` and
  /// rounded to the element type after `1 − β` is formed.
  ///
  /// @param g the gradient; becomes Adam's direction
  /// @param m the first moment, updated; of the same shape
  /// @param v the second moment, updated; of the same shape
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param correction1 1/(1−β₁ᵗ)
  /// @param correction2 1/(1−β₂ᵗ)
  /// @param epsilon ε
  public static void adam(
      Tensor g,
      Tensor m,
      Tensor v,
      double beta1,
      double beta2,
      double correction1,
      double correction2,
      double epsilon) {
    requireElementwise("adam", m, g);
    requireElementwise("adam", v, g);
    switch (g) {
      case DoubleTensor d ->
          DOUBLE.adam(
              d.size(),
              d.array(),
              d.offset(),
              doubles(m),
              m.offset(),
              doubles(v),
              v.offset(),
              1 - beta1,
              1 - beta2,
              correction1,
              correction2,
              epsilon);
      case FloatTensor f ->
          FLOAT.adam(
              f.size(),
              f.array(),
              f.offset(),
              floats(m),
              m.offset(),
              floats(v),
              v.offset(),
              (float) (1 - beta1),
              (float) (1 - beta2),
              (float) correction1,
              (float) correction2,
              (float) epsilon);
    }
  }

  /// A whole step of Adam; see [DoubleKernels#adamStep]. The rates are given as `double` and
  /// rounded to the element type after `1 − β` is formed.
  ///
  /// @param g the gradient
  /// @param m the first moment, updated; of the same shape
  /// @param v the second moment, updated; of the same shape
  /// @param w the weights, updated; of the same shape
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param correction1 1/(1−β₁ᵗ)
  /// @param correction2 1/(1−β₂ᵗ)
  /// @param epsilon ε
  /// @param rate r, negative to descend
  /// @return whether every new weight is finite
  public static boolean adamStep(
      Tensor g,
      Tensor m,
      Tensor v,
      Tensor w,
      double beta1,
      double beta2,
      double correction1,
      double correction2,
      double epsilon,
      double rate) {
    requireElementwise("adamStep", g, w);
    requireElementwise("adamStep", m, w);
    requireElementwise("adamStep", v, w);
    return switch (w.dtype()) {
      case FLOAT64 ->
          DOUBLE.adamStep(
              w.size(),
              doubles(g),
              g.offset(),
              doubles(m),
              m.offset(),
              doubles(v),
              v.offset(),
              doubles(w),
              w.offset(),
              1 - beta1,
              1 - beta2,
              correction1,
              correction2,
              epsilon,
              rate);
      case FLOAT32 ->
          FLOAT.adamStep(
              w.size(),
              floats(g),
              g.offset(),
              floats(m),
              m.offset(),
              floats(v),
              v.offset(),
              floats(w),
              w.offset(),
              (float) (1 - beta1),
              (float) (1 - beta2),
              (float) correction1,
              (float) correction2,
              (float) epsilon,
              (float) rate);
    };
  }

  /// A whole step of gradient descent with momentum; see [DoubleKernels#momentumStep].
  ///
  /// @param g the gradient
  /// @param v the velocity, updated; of the same shape
  /// @param w the weights, updated; of the same shape
  /// @param momentum μ
  /// @param rate r, negative to descend
  /// @return whether every new weight is finite
  public static boolean momentumStep(Tensor g, Tensor v, Tensor w, double momentum, double rate) {
    requireElementwise("momentumStep", g, w);
    requireElementwise("momentumStep", v, w);
    return switch (w.dtype()) {
      case FLOAT64 ->
          DOUBLE.momentumStep(
              w.size(),
              doubles(g),
              g.offset(),
              doubles(v),
              v.offset(),
              doubles(w),
              w.offset(),
              momentum,
              rate);
      case FLOAT32 ->
          FLOAT.momentumStep(
              w.size(),
              floats(g),
              g.offset(),
              floats(v),
              v.offset(),
              floats(w),
              w.offset(),
              (float) momentum,
              (float) rate);
    };
  }

  private static double[] doubles(Tensor tensor) {
    return ((DoubleTensor) tensor).array();
  }

  private static float[] floats(Tensor tensor) {
    return ((FloatTensor) tensor).array();
  }

  private static void requireElementwise(String operation, Tensor input, Tensor output) {
    requireSameType(operation, input, output);
    ShapeException.requireEqual(operation, "an input", input.shape(), "the output", output.shape());
  }

  private static void requireSameType(String operation, Tensor left, Tensor right) {
    if (left.dtype() != right.dtype()) {
      throw new IllegalArgumentException(
          operation
              + ": the operands have the element types "
              + left.dtype().label()
              + " and "
              + right.dtype().label()
              + ", but must have the same.");
    }
  }

  private static void requireRoom(String operation, String what, int needed, Tensor room) {
    if (room.size() < needed) {
      throw new ShapeException(
          operation
              + ": the "
              + what
              + " has "
              + room.size()
              + " elements but "
              + needed
              + " are needed.");
    }
  }

  private static void requireRowVector(String operation, Tensor matrix, Tensor vector) {
    ShapeException.requireRank(operation, "the matrix", 2, matrix.shape());
    ShapeException.requireRank(operation, "the vector", 1, vector.shape());
    ShapeException.requireSameAxis(
        operation, "the matrix", matrix.shape(), 1, "the vector", vector.shape(), 0);
  }

  private static void requireColumnVector(String operation, Tensor matrix, Tensor vector) {
    requireSameType(operation, matrix, vector);
    ShapeException.requireRank(operation, "the vector", 1, vector.shape());
    ShapeException.requireSameAxis(
        operation, "the matrix", matrix.shape(), 0, "the vector", vector.shape(), 0);
  }

  private static void requireColumns(String operation, Tensor matrix) {
    ShapeException.requireRank(operation, "the matrix", 2, matrix.shape());
    if (matrix.shape().dim(1) == 0) {
      throw new ShapeException(
          operation + ": a row of no elements, in shape " + matrix.shape() + ".");
    }
  }

  private static void requireOne(String operation, double beta) {
    if (beta != 1) {
      throw new IllegalArgumentException(operation + ": beta must be 0 or 1, not " + beta + ".");
    }
  }
}
