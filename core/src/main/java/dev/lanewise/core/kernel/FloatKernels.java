// Generated from DoubleKernels.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.kernel;

/// Whole-array arithmetic on `float`, on one thread: the contract that the scalar and the vector
/// implementation both keep.
///
/// **Conventions of every method**
///
/// - An operand is an array and the offset of its first element; a matrix is row-major. Where no
///   leading dimension is given, rows are contiguous. Offsets and lengths are not checked beyond
///   what Java checks; [dev.lanewise.core.tensor.TensorMath] checks shapes, and
///   [dev.lanewise.core.tensor.MatrixProduct] those of products.
/// - `beta` says what happens to an output `y` that a result `r` is written to: `y ← r` if beta is
///   0, and then a NaN left in `y` does no harm; else `y ← beta·y + r`, a fused multiply-add.
/// - An element-wise output may be the very same elements as an element-wise input: same array and
///   same offset. Any other overlap of an output with another operand is forbidden, and not
///   detected.
/// - NaN and infinities propagate as the formula says; nothing is clamped. A length of zero is
///   allowed and does nothing, except that sums over nothing are 0.
/// - The result is the same bits on every call, on a warm or a cold JVM, whatever the offset; what
///   an element becomes does not depend on its place among the others. The order of every sum is
///   fixed. A bound in ULP (units in the last place of the exact result) is kept by the scalar and
///   by the vector implementation, which may differ within it; where no bound is given, the two
///   agree to the bit, but for the bits of a NaN.
/// - No method allocates or keeps anything.
public interface FloatKernels {
  /// The implementation's name, for logs.
  ///
  /// @return `scalar` or `vector`
  String name();

  /// How many elements one vector register holds.
  ///
  /// @return the number of lanes; 1 for the scalar implementation
  int lanes();

  /// `y ← α·x`, exactly rounded.
  ///
  /// @param n the number of elements
  /// @param alpha the factor α
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void scale(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset);

  /// `y ← y + α·x`, one fused multiply-add per element.
  ///
  /// @param n the number of elements
  /// @param alpha the factor α
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset);

  /// `y ← a + b`, exactly rounded.
  ///
  /// @param n the number of elements
  /// @param a the first input
  /// @param aOffset its first element
  /// @param b the second input
  /// @param bOffset its first element
  /// @param y the output; may be a or b
  /// @param yOffset its first element
  void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset);

  /// `y ← beta·y + a∘b`, the product of elements, which is rounded before it is added.
  ///
  /// @param n the number of elements
  /// @param a the first input
  /// @param aOffset its first element
  /// @param b the second input
  /// @param bOffset its first element
  /// @param beta what becomes of the old output
  /// @param y the output; may be a or b if beta is 0
  /// @param yOffset its first element
  void multiply(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] y,
      int yOffset);

  /// `Σ xᵢ`. The order is fixed for a number of lanes; scalar and vector differ by at most
  /// `n·u·Σ|xᵢ|`, u the unit roundoff.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @return the sum; 0 if n is 0
  float sum(int n, float[] x, int xOffset);

  /// `Σ xᵢ·yᵢ` by fused multiply-adds. The order is fixed for a number of lanes; scalar and vector
  /// differ by at most `n·u·Σ|xᵢ·yᵢ|`, u the unit roundoff.
  ///
  /// @param n the number of elements
  /// @param x the first input
  /// @param xOffset its first element
  /// @param y the second input; may be x
  /// @param yOffset its first element
  /// @return the inner product; 0 if n is 0
  float dot(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// The largest element, as [Math#max(float, float)] compares: NaN if there is one, and +0 is
  /// larger than −0.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @return the maximum; −∞ if n is 0
  float max(int n, float[] x, int xOffset);

  /// `Yᵢⱼ ← Xᵢⱼ + vⱼ`: adds a vector to every row, exactly rounded.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns
  /// @param x the matrix
  /// @param xOffset its first element
  /// @param v the vector of `columns` elements
  /// @param vOffset its first element
  /// @param y the output matrix; may be x
  /// @param yOffset its first element
  void addRowVector(
      int rows,
      int columns,
      float[] x,
      int xOffset,
      float[] v,
      int vOffset,
      float[] y,
      int yOffset);

  /// `yⱼ ← beta·yⱼ + Σᵢ Xᵢⱼ`, each column summed in ascending i; the same bits from scalar and
  /// vector.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns
  /// @param x the matrix
  /// @param xOffset its first element
  /// @param beta what becomes of the old output
  /// @param y the output vector of `columns` elements
  /// @param yOffset its first element
  void columnSums(
      int rows, int columns, float[] x, int xOffset, float beta, float[] y, int yOffset);

  /// `C ← beta·C + op(A)·op(B)` for the variants of [GemmVariant], with op(A) of m rows and k
  /// columns and op(B) of k rows and n columns.
  ///
  /// Each element of C is one chain of fused multiply-adds from 0 over ascending k; the chain is
  /// cut every [#GEMM_K_BLOCK] steps, and the pieces are added to C in ascending order:
  /// `C ← beta·C + s₀`, then `C ← C + s₁`, … So the bits depend on nothing else: not on m and n,
  /// not on the number of lanes, and scalar and vector agree. For k = 0 it is `C ← beta·C + 0`, the
  /// same fused multiply-add: also with beta 1 it makes −0 a +0.
  ///
  /// Error: with beta 0 at most `k·u·Σ|aᵢ·bᵢ|` per element, u the unit roundoff. Else the products
  /// are rounded once more, and the old element c with every piece: to first order in u at most
  /// `(k + 1)·u·Σ|aᵢ·bᵢ| + q·u·|beta·c|`, where q is the number of pieces, but 1 for k = 0.
  ///
  /// @param variant which operand is stored transposed
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @param a the matrix A
  /// @param aOffset its first element
  /// @param lda elements from one stored row of A to the next
  /// @param b the matrix B
  /// @param bOffset its first element
  /// @param ldb elements from one stored row of B to the next
  /// @param beta what becomes of the old C
  /// @param c the matrix C
  /// @param cOffset its first element
  /// @param ldc elements from one row of C to the next; what lies between rows is left untouched
  /// @param scratch room for [#gemmScratch(GemmVariant, int, int, int)] elements, of any content
  /// @param scratchOffset the first of them
  default void gemm(
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
      float[] scratch,
      int scratchOffset) {
    gemm(
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
        Epilogue.NONE,
        c,
        cOffset,
        scratch,
        scratchOffset);
  }

  /// `C ← f(beta·C + op(A)·op(B), E)`: [#gemm] with an [Epilogue] f. Each element is what `gemm`
  /// makes it, and then what the kernels that the epilogue names make of that, to the bit.
  ///
  /// @param variant which operand is stored transposed
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @param a the matrix A
  /// @param aOffset its first element
  /// @param lda elements from one stored row of A to the next
  /// @param b the matrix B
  /// @param bOffset its first element
  /// @param ldb elements from one stored row of B to the next
  /// @param beta what becomes of the old C
  /// @param c the matrix C
  /// @param cOffset its first element
  /// @param ldc elements from one row of C to the next; what lies between rows is left untouched
  /// @param epilogue f
  /// @param e E: a row of n elements, or a matrix with C's `ldc`, or any array if there is no E;
  ///     may not be C
  /// @param eOffset its first element
  /// @param scratch room for [#gemmScratch(GemmVariant, int, int, int)] elements, of any content
  /// @param scratchOffset the first of them
  void gemm(
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
      int scratchOffset);

  /// How many elements of scratch [#gemm] needs.
  ///
  /// @param variant which operand is stored transposed
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @return the number of elements; may be 0
  int gemmScratch(GemmVariant variant, int m, int n, int k);

  /// [#gemm] with an op(B) that [#packPanel] has packed before: the same formula and the same bits.
  /// Of B's many products, by the rows of a batch that threads share out, none has to pack it
  /// again.
  ///
  /// @param variant how A is stored
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @param a the matrix A
  /// @param aOffset its first element
  /// @param lda elements from one stored row of A to the next
  /// @param packed all panels of op(B)
  /// @param packedOffset their first element
  /// @param beta what becomes of the old C
  /// @param c the matrix C
  /// @param cOffset its first element
  /// @param ldc elements from one row of C to the next; what lies between rows is left untouched
  /// @param scratch room for [#gemmPackedScratch()] elements, of any content
  /// @param scratchOffset the first of them
  default void gemmPacked(
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
      float[] scratch,
      int scratchOffset) {
    gemmPacked(
        variant,
        m,
        n,
        k,
        a,
        aOffset,
        lda,
        packed,
        packedOffset,
        beta,
        c,
        cOffset,
        ldc,
        Epilogue.NONE,
        c,
        cOffset,
        scratch,
        scratchOffset);
  }

  /// `C ← f(beta·C + op(A)·op(B), E)`: [#gemmPacked] with an [Epilogue], as that of `gemm`.
  ///
  /// @param variant how A is stored
  /// @param m the rows of C
  /// @param n the columns of C
  /// @param k the length of the inner products
  /// @param a the matrix A
  /// @param aOffset its first element
  /// @param lda elements from one stored row of A to the next
  /// @param packed all panels of op(B)
  /// @param packedOffset their first element
  /// @param beta what becomes of the old C
  /// @param c the matrix C
  /// @param cOffset its first element
  /// @param ldc elements from one row of C to the next; what lies between rows is left untouched
  /// @param epilogue f
  /// @param e E: a row of n elements, or a matrix with C's `ldc`, or any array if there is no E;
  ///     may not be C
  /// @param eOffset its first element
  /// @param scratch room for [#gemmPackedScratch()] elements, of any content
  /// @param scratchOffset the first of them
  void gemmPacked(
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
      int scratchOffset);

  /// How many elements of scratch [#gemmPacked] needs, whatever the shape.
  ///
  /// @return the number of elements; may be 0
  int gemmPackedScratch();

  /// How many elements a packed op(B) has: no fewer than k·n.
  ///
  /// @param n the columns of op(B)
  /// @param k the rows of op(B)
  /// @return the number of elements
  /// @throws ArithmeticException if it is more than an array can have
  int packedSize(int n, int k);

  /// How many panels a packed op(B) has. Panels are some columns each, and they can be packed in
  /// any order and by any thread.
  ///
  /// @param n the columns of op(B)
  /// @return the number of panels
  int packedPanels(int n);

  /// Packs one panel of op(B) for [#gemmPacked]. Where in the packed form it lies and how its
  /// elements are ordered is left to the kernels.
  ///
  /// @param variant how B is stored
  /// @param panel the panel's number, from 0 to below [#packedPanels(int)]
  /// @param n the columns of op(B)
  /// @param k the rows of op(B)
  /// @param b the matrix B
  /// @param bOffset its first element
  /// @param ldb elements from one stored row of B to the next
  /// @param packed room for [#packedSize(int, int)] elements, for all panels
  /// @param packedOffset the first of them
  void packPanel(
      GemmVariant variant,
      int panel,
      int n,
      int k,
      float[] b,
      int bOffset,
      int ldb,
      float[] packed,
      int packedOffset);

  /// Where a matrix product cuts the inner products; see [#gemm]. A property of the formula, not of
  /// a machine, so that all machines compute the same bits.
  int GEMM_K_BLOCK = 512;

  /// `y ← max(x, 0)`; NaN stays NaN, −0 becomes +0.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void relu(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `dx ← beta·dx + dy∘[x > 0]`: the derivative of ReLU, 0 at the kink. The bracket selects, it
  /// does not multiply: where x ≤ 0 the contribution is 0 whatever dy is; where x is NaN it is NaN.
  ///
  /// @param n the number of elements
  /// @param x the input of the forward pass
  /// @param xOffset its first element
  /// @param dy the gradient by the output
  /// @param dyOffset its first element
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input; may be x or dy if beta is 0
  /// @param dxOffset its first element
  void reluBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset);

  /// `y ← 1 if x > 0, else 0`; NaN stays NaN. Its derivative is zero wherever there is one.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void hardThreshold(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `y ← eˣ`, within 1 ULP, subnormal results included.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void exp(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// The natural logarithm `y ← log x`, within 1 ULP. −∞ for zeros, NaN for negative x.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void log(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `y ← log(1 + x)`, within 2 ULP also near 0, where it is all but x. −∞ for −1, NaN below; −0
  /// stays −0.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void log1p(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `y ← eˣ − 1`, within 2 ULP also near 0, where it is all but x; −0 stays −0.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void expm1(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `y ← sin x`, within 2 ULP for every finite x; NaN for infinities, and −0 stays −0. For |x| up
  /// to 2²⁸ (float: 2¹⁶) the vector kernels take a quick path, which reduces x by a π/2 of three
  /// parts; larger x are reduced by as many digits of 2/π as they need, one by one and some fifty
  /// times as slowly.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void sin(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// The error function `y ← 2/√π·∫₀ˣ e^−t² dt`, within 2 ULP; odd to the bit.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void erf(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// The complement `y ← 1 − erf x`, within 2 ULP also where it is tiny, subnormal results included
  /// (the scalar implementation: 3).
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void erfc(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// The logistic function `y ← 1/(1 + e⁻ˣ)`, with its relative accuracy also far below 0, where it
  /// is `eˣ`; within 2 ULP.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void logistic(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `dx ← beta·dx + dy∘σ'(x)` with `σ'(x) = e/(1 + e)²`, `e = e^−|x|`: the derivative of the
  /// logistic function computed from its input, so that it keeps its relative accuracy (within 4
  /// ULP) where `y·(1 − y)` has none left.
  ///
  /// @param n the number of elements
  /// @param x the input of the forward pass
  /// @param xOffset its first element
  /// @param dy the gradient by the output
  /// @param dyOffset its first element
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input; may be x or dy if beta is 0
  /// @param dxOffset its first element
  void logisticBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset);

  /// `y ← tanh x`, within 2 ULP (the scalar implementation: 2.5, as [StrictMath] promises); odd to
  /// the bit.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void tanh(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `dx ← beta·dx + dy∘tanh'(x)` with `tanh'(x) = 4e/(1 + e)²`, `e = e^−2|x|`: computed from the
  /// input, so that it keeps its relative accuracy (within 4 ULP) where `1 − y²` has none left.
  ///
  /// @param n the number of elements
  /// @param x the input of the forward pass
  /// @param xOffset its first element
  /// @param dy the gradient by the output
  /// @param dyOffset its first element
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input; may be x or dy if beta is 0
  /// @param dxOffset its first element
  void tanhBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset);

  /// `y ← log(1 + eˣ)`, computed as `max(x, 0) + log1p(e^−|x|)`, within 2 ULP.
  ///
  /// @param n the number of elements
  /// @param x the input
  /// @param xOffset its first element
  /// @param y the output; may be x
  /// @param yOffset its first element
  void softplus(int n, float[] x, int xOffset, float[] y, int yOffset);

  /// `dx ← beta·dx + dy∘σ(x)`: the derivative of softplus is the logistic function.
  ///
  /// @param n the number of elements
  /// @param x the input of the forward pass
  /// @param xOffset its first element
  /// @param dy the gradient by the output
  /// @param dyOffset its first element
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input; may be x or dy if beta is 0
  /// @param dxOffset its first element
  void softplusBackward(
      int n,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset);

  /// Row-wise softmax: `yⱼ ← e^(xⱼ − m) / Σₖ e^(xₖ − m)` with m the largest element of the row. A
  /// row with a NaN or with +∞, or of nothing but −∞, becomes NaN. A row's result does not depend
  /// on the other rows.
  ///
  /// Error: relative to the result for the rounded differences `xⱼ − m`, at most
  /// `(columns + 4)·u`, u the unit roundoff; but results below the normal range may be 0.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns, at least 1
  /// @param x the input matrix
  /// @param xOffset its first element
  /// @param y the output matrix; may be x
  /// @param yOffset its first element
  void softmaxRows(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset);

  /// The gradient of the row-wise softmax: `dx ← beta·dx + y∘(dy − ⟨dy, y⟩)` for each row. The
  /// inner product is that of [#dot], with its error.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns
  /// @param y the output of the forward pass
  /// @param yOffset its first element
  /// @param dy the gradient by the output
  /// @param dyOffset its first element
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input; may be dy if beta is 0
  /// @param dxOffset its first element
  void softmaxRowsBackward(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset);

  /// Row-wise logarithm of softmax: `yⱼ ← xⱼ − m − log Σₖ e^(xₖ − m)` with m the largest element of
  /// the row. A row with a NaN or with +∞, or of nothing but −∞, becomes NaN. A row's result does
  /// not depend on the other rows.
  ///
  /// Error: at most `(columns + 4)·u + 2·u·|yⱼ|`, u the unit roundoff.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns, at least 1
  /// @param x the input matrix
  /// @param xOffset its first element
  /// @param y the output matrix; may be x
  /// @param yOffset its first element
  void logSoftmaxRows(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset);

  /// The gradient of the row-wise log-softmax: `dx ← beta·dx + (dy − eʸ·Σₖ dyₖ)` for each row, with
  /// one rounding for the difference. The sum is that of [#sum], with its error, and eʸ is within 1
  /// ULP.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns
  /// @param y the output of the forward pass
  /// @param yOffset its first element
  /// @param dy the gradient by the output
  /// @param dyOffset its first element
  /// @param beta what becomes of the old dx
  /// @param dx the gradient by the input; may be dy if beta is 0
  /// @param dxOffset its first element
  void logSoftmaxRowsBackward(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float beta,
      float[] dx,
      int dxOffset);

  /// The cross-entropy of class labels under the softmax, and its gradient, in one pass over each
  /// row z of Z: the loss is `−log p_t` with `p = softmax(z)` and t the row's label, the slopes are
  /// `pⱼ` for j ≠ t and `−Σ_{j≠t} pⱼ` for t. Where that sum w is below ½, the loss is `−log1p(−w)`:
  /// so it keeps its digits when the label is all but certain.
  ///
  /// Error: slopes, and losses with w below ½, at most `(3·columns + 8)·u` relative, but for
  /// numbers below the normal range; other losses at most
  /// `(columns + 4)·u + 2·u·(|max z − z_t| + |loss|)`; u the unit roundoff. A row with a NaN or
  /// with +∞, or of nothing but −∞, becomes NaN. A row's result does not depend on the other rows.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns, at least 1
  /// @param z the matrix Z
  /// @param zOffset its first element
  /// @param labels one whole number from 0 to `columns − 1` for each row, which is not checked
  /// @param labelsOffset the first of them
  /// @param losses the output: one number for each row
  /// @param lossesOffset the first of them
  /// @param slopes the output matrix; may not be Z
  /// @param slopesOffset its first element
  void labelCrossEntropy(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] labels,
      int labelsOffset,
      float[] losses,
      int lossesOffset,
      float[] slopes,
      int slopesOffset);

  /// The cross-entropy of distributions under the softmax, and its gradient, in one pass over each
  /// row z of Z and t of T: the loss is `−Σⱼ tⱼ·log pⱼ` with `p = softmax(z)`, computed as
  /// `Σⱼ tⱼ·(m − zⱼ) + (Σⱼ tⱼ)·log Σⱼ e^(zⱼ − m)` with m the largest element of z; the slopes are
  /// `pⱼ·Σₖ tₖ − tⱼ`.
  ///
  /// Error, for T of non-negative numbers: the loss at most `(3·columns + 8)·u` relative to itself
  /// plus `Σⱼ tⱼ`, the slopes at most `(3·columns + 8)·u·Σⱼ tⱼ`; u the unit roundoff. A row with a
  /// NaN or with +∞, or of nothing but −∞, becomes NaN. A row's result does not depend on the other
  /// rows.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns, at least 1
  /// @param z the matrix Z
  /// @param zOffset its first element
  /// @param t the matrix T
  /// @param tOffset its first element
  /// @param losses the output: one number for each row
  /// @param lossesOffset the first of them
  /// @param slopes the output matrix; may be neither Z nor T
  /// @param slopesOffset its first element
  void denseCrossEntropy(
      int rows,
      int columns,
      float[] z,
      int zOffset,
      float[] t,
      int tOffset,
      float[] losses,
      int lossesOffset,
      float[] slopes,
      int slopesOffset);

  /// `Yᵢⱼ ← beta·Yᵢⱼ + sᵢ·Xᵢⱼ`: every row by a factor of its own; the product is rounded before it
  /// is added. The same bits from scalar and vector.
  ///
  /// @param rows the number of rows
  /// @param columns the number of columns
  /// @param s the factors, one for each row
  /// @param sOffset the first of them
  /// @param x the matrix
  /// @param xOffset its first element
  /// @param beta what becomes of the old output
  /// @param y the output matrix; may be x if beta is 0
  /// @param yOffset its first element
  void scaleRows(
      int rows,
      int columns,
      float[] s,
      int sOffset,
      float[] x,
      int xOffset,
      float beta,
      float[] y,
      int yOffset);

  /// One step of Adam's moments, turning a gradient into Adam's direction in place:
  /// `m ← m + (1−β₁)(g − m)`, `v ← v + (1−β₂)(g² − v)`, `g ← (m·c₁) / (√(v·c₂) + ε)`; the same bits
  /// from scalar and vector.
  ///
  /// @param n the number of elements
  /// @param g the gradient; becomes the direction
  /// @param gOffset its first element
  /// @param m the first moment, updated
  /// @param mOffset its first element
  /// @param v the second moment, updated
  /// @param vOffset its first element
  /// @param oneMinusBeta1 1−β₁
  /// @param oneMinusBeta2 1−β₂
  /// @param correction1 c₁ = 1/(1−β₁ᵗ)
  /// @param correction2 c₂ = 1/(1−β₂ᵗ)
  /// @param epsilon ε
  void adam(
      int n,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float correction1,
      float correction2,
      float epsilon);

  /// One whole step of Adam: what [#adam] does, then `w ← w + r·d` with its direction d, in one
  /// pass. To the bit what `adam`, [#scale] and [#add] do one after the other, which round d, `r·d`
  /// and the sum; but the gradient is only read.
  ///
  /// @param n the number of elements
  /// @param g the gradient
  /// @param gOffset its first element
  /// @param m the first moment, updated
  /// @param mOffset its first element
  /// @param v the second moment, updated
  /// @param vOffset its first element
  /// @param w the weights, updated
  /// @param wOffset their first element
  /// @param oneMinusBeta1 1−β₁
  /// @param oneMinusBeta2 1−β₂
  /// @param correction1 c₁ = 1/(1−β₁ᵗ)
  /// @param correction2 c₂ = 1/(1−β₂ᵗ)
  /// @param epsilon ε
  /// @param rate r, negative to descend
  /// @return whether every new weight is finite
  boolean adamStep(
      int n,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float correction1,
      float correction2,
      float epsilon,
      float rate);

  /// One whole step of gradient descent with momentum in one pass: `v ← μ·v + g`, `w ← w + r·v`. To
  /// the bit what [#scale] and [#add] do one after the other: each product and each sum is rounded.
  ///
  /// @param n the number of elements
  /// @param g the gradient
  /// @param gOffset its first element
  /// @param v the velocity, updated
  /// @param vOffset its first element
  /// @param w the weights, updated
  /// @param wOffset their first element
  /// @param momentum μ
  /// @param rate r, negative to descend
  /// @return whether every new weight is finite
  boolean momentumStep(
      int n,
      float[] g,
      int gOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset,
      float momentum,
      float rate);
}
