package dev.lanewise.bench.peers;

/// Who computes.
public enum Library {
  /// Our kernels and trainer.
  LANEWISE("Lanewise", Kind.OURS),
  /// The scalar twins of our vector kernels.
  SCALAR("scalar twin", Kind.OURS),
  /// OpenBLAS by JavaCPP, operands off the heap.
  OPENBLAS("OpenBLAS", Kind.NATIVE),
  /// PyTorch's native library by JavaCPP, operands off the heap.
  LIBTORCH("libtorch", Kind.NATIVE),
  /// TensorFlow Java, operands off the heap.
  TENSORFLOW("TensorFlow", Kind.NATIVE),
  /// Deeplearning4j and its arrays, ND4J, operands off the heap; it multiplies by OpenBLAS.
  DL4J("DL4J", Kind.NATIVE),
  /// The Vector API kernels of netlib, Apache Spark's linear algebra.
  VECTORBLAS("VectorBLAS", Kind.JAVA),
  /// EJML.
  EJML("EJML", Kind.JAVA),
  /// ojAlgo.
  OJALGO("ojAlgo", Kind.JAVA),
  /// The vector functions that come with the JDK.
  JDK("JDK vectors", Kind.JAVA),
  /// A loop around [Math].
  MATH("Math", Kind.JAVA),
  /// A copy of the operand: no peer, but what memory allows.
  COPY("copy", Kind.ROOF);

  /// What a library is to us.
  enum Kind {
    OURS,
    NATIVE,
    JAVA,
    ROOF
  }

  private final String title;
  private final Kind kind;

  Library(String title, Kind kind) {
    this.title = title;
    this.kind = kind;
  }

  /// The name as its makers write it.
  String title() {
    return title;
  }

  /// Whether ours is held against it.
  boolean isPeer() {
    return kind == Kind.NATIVE || kind == Kind.JAVA;
  }

  /// Whether it is compiled for the processor ahead of time.
  boolean isNative() {
    return kind == Kind.NATIVE;
  }
}
