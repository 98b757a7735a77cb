package dev.lanewise.bench.peers;

/// A matrix product as a library does it: operands and result lie where the library likes them
/// best, off the heap or in its own order; only the product itself is timed.
///
/// @param multiply computes the product anew
/// @param result reads what was computed last
/// @param close gives back threads
record Product(Runnable multiply, Matrix result, Runnable close) {
  Product(Runnable multiply, Matrix result) {
    this(multiply, result, () -> {});
  }

  /// Read access to a matrix.
  interface Matrix {
    /// The element in row i and column j.
    double get(int i, int j);
  }
}
