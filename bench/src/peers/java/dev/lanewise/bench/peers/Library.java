package dev.lanewise.bench.peers;

import java.util.function.Function;

/// Who computes a matrix product, each with one thread.
public enum Library {
  /// Our kernels.
  LANEWISE("Lanewise", true, Problem::ours),
  /// OpenBLAS by JavaCPP, operands off the heap.
  OPENBLAS("OpenBLAS", true, OpenBlas::product),
  /// PyTorch's native library by JavaCPP, operands off the heap.
  LIBTORCH("libtorch", true, LibTorch::product),
  /// The Vector API kernels of netlib, Apache Spark's linear algebra.
  VECTORBLAS("VectorBLAS", false, VectorBlas::product),
  /// EJML.
  EJML("EJML", false, Ejml::product),
  /// ojAlgo.
  OJALGO("ojAlgo", false, OjAlgo::product);

  private final String title;
  private final boolean fast;
  private final Function<Problem, Product> adapter;

  Library(String title, boolean fast, Function<Problem, Product> adapter) {
    this.title = title;
    this.fast = fast;
    this.adapter = adapter;
  }

  /// The name as its makers write it.
  String title() {
    return title;
  }

  /// Whether it nears the peak at large sizes. The others take seconds for one large product, and
  /// are therefore measured at smaller ones only.
  boolean isFast() {
    return fast;
  }

  /// Prepares a product.
  Product product(Problem problem) {
    return adapter.apply(problem);
  }
}
