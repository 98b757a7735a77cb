package dev.lanewise.bench.peers;

import dev.lanewise.core.tensor.Tensor;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/// ojAlgo's dense stores, which are column-major.
final class OjAlgo {
  private OjAlgo() {}

  static Product product(Problem problem) {
    OjAlgoUtils.limitThreadsTo(1);
    return switch (problem.dtype()) {
      case FLOAT32 -> product(problem, R032Store.FACTORY);
      case FLOAT64 -> product(problem, R064Store.FACTORY);
    };
  }

  private static Product product(
      Problem problem, PhysicalStore.Factory<Double, ? extends PhysicalStore<Double>> factory) {
    MatrixStore<Double> storedA = stored(problem.a(), factory);
    MatrixStore<Double> storedB = stored(problem.b(), factory);
    MatrixStore<Double> a = problem.isATransposed() ? storedA.transpose() : storedA;
    MatrixStore<Double> b = problem.isBTransposed() ? storedB.transpose() : storedB;
    PhysicalStore<Double> c = factory.make(problem.m(), problem.n());
    return new Product(() -> c.fillByMultiplying(a, b), c::doubleValue);
  }

  private static MatrixStore<Double> stored(
      Tensor tensor, PhysicalStore.Factory<Double, ? extends PhysicalStore<Double>> factory) {
    PhysicalStore<Double> store = factory.make(tensor.shape().dim(0), tensor.shape().dim(1));
    for (int i = 0; i < tensor.shape().dim(0); i++) {
      for (int j = 0; j < tensor.shape().dim(1); j++) {
        store.set(i, j, tensor.get(i, j));
      }
    }
    return store;
  }
}
