package dev.lanewise.bench.peers;

import dev.lanewise.core.tensor.Tensor;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;

/// EJML's dense row-major products.
final class Ejml {
  private Ejml() {}

  static Product product(Problem problem) {
    EjmlConcurrency.USE_CONCURRENT = false;
    return switch (problem.dtype()) {
      case FLOAT32 -> inFloat(problem);
      case FLOAT64 -> inDouble(problem);
    };
  }

  private static Product inFloat(Problem problem) {
    FMatrixRMaj a = floats(problem.a());
    FMatrixRMaj b = floats(problem.b());
    FMatrixRMaj c = new FMatrixRMaj(problem.m(), problem.n());
    Runnable multiply =
        switch (problem.variant()) {
          case NN -> () -> CommonOps_FDRM.mult(a, b, c);
          case NT -> () -> CommonOps_FDRM.multTransB(a, b, c);
          case TN -> () -> CommonOps_FDRM.multTransA(a, b, c);
        };
    return new Product(multiply, c::get);
  }

  private static Product inDouble(Problem problem) {
    DMatrixRMaj a = doubles(problem.a());
    DMatrixRMaj b = doubles(problem.b());
    DMatrixRMaj c = new DMatrixRMaj(problem.m(), problem.n());
    Runnable multiply =
        switch (problem.variant()) {
          case NN -> () -> CommonOps_DDRM.mult(a, b, c);
          case NT -> () -> CommonOps_DDRM.multTransB(a, b, c);
          case TN -> () -> CommonOps_DDRM.multTransA(a, b, c);
        };
    return new Product(multiply, c::get);
  }

  private static FMatrixRMaj floats(Tensor tensor) {
    return FMatrixRMaj.wrap(tensor.shape().dim(0), tensor.shape().dim(1), Problem.floats(tensor));
  }

  private static DMatrixRMaj doubles(Tensor tensor) {
    return DMatrixRMaj.wrap(tensor.shape().dim(0), tensor.shape().dim(1), Problem.doubles(tensor));
  }
}
