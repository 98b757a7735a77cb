package dev.lanewise.core.tensor;

/// How the product `C ← op(A)·op(B)` of an m×k and a k×n matrix is cut into pieces for several
/// threads: a grid over C. Each piece is a matrix product of its own, and its bits are those that
/// its elements have in the whole.
///
/// ```
///   little work; few rows, columns or steps:   else, once B is packed by all:
///   the longer side of C alone                 more and smaller pieces
///   ┌──────┬──────┬──────┬──────┐              ┌─────────────┬─────────────┐
///   │      │      │      │      │              │      0      │      4      │
///   │  0   │  1   │  2   │  3   │              ├─────────────┼─────────────┤
///   │      │      │      │      │              │      1      │      5      │
///   └──────┴──────┴──────┴──────┘              ├─────────────┼─────────────┤
///                                              │      2      │      6      │
///                                              ├─────────────┼─────────────┤
///                                              │      3      │      7      │
///                                              └─────────────┴─────────────┘
/// ```
///
/// Pieces pack what they read. In a row of pieces A is packed once for each, which is little as
/// pieces are wide; B would be packed once for each piece in a column, so all threads do it
/// together before. To meet costs half a microsecond. Many small pieces are what makes threads end
/// together: processors are rarely all as fast and all free.
///
/// @param m the rows of C
/// @param n the columns of C
/// @param packs whether B is packed first
/// @param rowUnit every row of pieces begins at a multiple of this
/// @param columnUnit every column of pieces begins at a multiple of this
/// @param rows the pieces in a column of the grid
/// @param columns the pieces in a row of the grid
record GemmPieces(int m, int n, boolean packs, int rowUnit, int columnUnit, int rows, int columns) {
  /// A product with fewer multiplications is left to one thread, which does it in three
  /// microseconds or so: by several threads that look for work, it takes two.
  private static final int SMALLEST_SHARED = 1 << 17;

  /// No piece has fewer, as a rule: a thread takes half a microsecond to find and to end it.
  private static final int LEAST_OF_PIECE = 1 << 15;

  /// For a product with fewer, B is not packed first: meeting twice takes too long.
  private static final int SMALLEST_PACKED = 1 << 20;

  /// A thread has more than one piece only if each has about as many multiplications.
  private static final int SMALLEST_PIECE = 1 << 17;

  /// With fewer rows or columns of C or shorter inner products, B is not packed first.
  private static final int LEAST_TO_PACK = 64;

  /// How many pieces there are for each thread at most.
  private static final int PER_THREAD = 8;

  /// And how many where each packs A or B for itself.
  private static final int PER_THREAD_UNPACKED = 2;

  /// A multiple of the rows of every tile, so that only the last row of pieces is ragged.
  private static final int STRIP = 12;

  /// Strips of a piece if there are pieces enough: the caches then hold their part of A.
  private static final int STRIPS = 4;

  /// Panels of B that a piece has at least, for which it packs its part of A.
  private static final int PANELS = 2;

  /// Whether several threads are faster than one.
  static boolean pay(int m, int n, int k, int threads) {
    return threads > 1 && work(m, n, k) >= SMALLEST_SHARED;
  }

  /// The pieces of a product that it pays to share.
  ///
  /// @param panel the columns of a panel of B
  static GemmPieces of(int m, int n, int k, int panel, int threads) {
    double work = work(m, n, k);
    double most = work / threads / SMALLEST_PIECE;
    if (work < SMALLEST_PACKED || Math.min(Math.min(m, n), k) < LEAST_TO_PACK) {
      int wanted = threads * (int) Math.clamp(most, 1, PER_THREAD_UNPACKED);
      int pieces = (int) Math.clamp(work / LEAST_OF_PIECE, 1, wanted);
      // Rows are cut at panels, not strips: the kernels may compute the transpose of such a
      // product, and then panels are of rows of C.
      return n >= m
          ? new GemmPieces(m, n, false, m, panel, 1, Math.min(pieces, Math.ceilDiv(n, panel)))
          : new GemmPieces(m, n, false, panel, n, Math.min(pieces, Math.ceilDiv(m, panel)), 1);
    }
    int pieces = threads * (int) Math.clamp(most, 1, PER_THREAD);
    int strips = Math.ceilDiv(m, STRIP);
    int panels = Math.ceilDiv(n, panel);
    int rows = Math.ceilDiv(strips, STRIPS);
    int columns = Math.clamp(Math.ceilDiv(pieces, rows), 1, Math.max(1, panels / PANELS));
    rows = Math.max(rows, Math.min(strips, Math.ceilDiv(pieces, columns)));
    return new GemmPieces(m, n, true, STRIP, panel, rows, columns);
  }

  private static double work(int m, int n, int k) {
    return (double) m * n * k;
  }

  int count() {
    return rows * columns;
  }

  /// The first row of a row of pieces; behind the last, m.
  int fromRow(int row) {
    return cut(m, rowUnit, row, rows);
  }

  /// The first column of a column of pieces; behind the last, n.
  int fromColumn(int column) {
    return cut(n, columnUnit, column, columns);
  }

  /// The rows of the pieces in a row of the grid.
  int height(int row) {
    return fromRow(row + 1) - fromRow(row);
  }

  /// The columns of the pieces in a column of the grid.
  int width(int column) {
    return fromColumn(column + 1) - fromColumn(column);
  }

  private static int cut(int length, int unit, int part, int parts) {
    long units = Math.ceilDiv(length, unit);
    return (int) Math.min(length, units * part / parts * unit);
  }
}
