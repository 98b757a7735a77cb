package dev.lanewise.experiments.run;

import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.MatrixProduct;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TrainAndTest;
import java.util.stream.IntStream;

/// The yardstick that learns nothing: each test example gets the class of the closest training
/// example by Euclidean distance (T. Cover and P. Hart, *Nearest neighbor pattern classification*,
/// 1967).
///
/// Distances are ‖a‖² − 2a·b + ‖b‖² in float32, the products by matrix multiplication; ‖a‖² is the
/// same for all training examples and is left out. Among equally close ones the first counts.
public final class NearestNeighbour {
  private static final int TEST_BLOCK = 128;
  private static final int TRAIN_BLOCK = 2048;

  private NearestNeighbour() {}

  /// The fraction of test examples whose nearest training example has the same class.
  ///
  /// @param data training and test examples, with classes
  /// @param threads how many threads compute
  /// @return the accuracy, a fraction
  /// @throws InputException if there are no classes, or no examples
  public static double accuracy(TrainAndTest<? extends Dataset> data, int threads) {
    if (data.train().classLabels().isEmpty()
        || data.train().size() == 0
        || data.test().size() == 0) {
      throw new InputException(
          "The nearest neighbour needs examples with classes: this set has none.");
    }
    Matrix train = Matrix.of(data.train());
    Matrix test = Matrix.of(data.test());
    double[] norms = train.squaredNorms();
    int blocks = (test.size() + TEST_BLOCK - 1) / TEST_BLOCK;
    int[] right = new int[blocks];
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          blocks,
          (block, worker) -> {
            int from = block * TEST_BLOCK;
            int to = Math.min(from + TEST_BLOCK, test.size());
            right[block] = right(test, from, to, train, norms);
          });
    }
    return (double) IntStream.of(right).sum() / test.size();
  }

  private static int right(Matrix test, int from, int to, Matrix train, double[] norms) {
    int rows = to - from;
    int[] nearest = new int[rows];
    double[] closest = new double[rows];
    java.util.Arrays.fill(closest, Double.POSITIVE_INFINITY);
    Tensor features = test.features.rows(from, to);
    int columns = features.shape().rowSize();
    Tensor scratch =
        Tensor.zeros(
            DType.FLOAT32,
            Shape.of(
                MatrixProduct.gemmScratch(
                    GemmVariant.NT, DType.FLOAT32, rows, TRAIN_BLOCK, columns)));
    for (int start = 0; start < train.size(); start += TRAIN_BLOCK) {
      int end = Math.min(start + TRAIN_BLOCK, train.size());
      Tensor products = Tensor.zeros(DType.FLOAT32, Shape.of(rows, end - start));
      MatrixProduct.gemm(
          GemmVariant.NT, features, train.features.rows(start, end), 0, products, scratch);
      for (int i = 0; i < rows; i++) {
        for (int j = start; j < end; j++) {
          double distance = norms[j] - 2 * products.getFlat(i * (end - start) + j - start);
          if (distance < closest[i]) {
            closest[i] = distance;
            nearest[i] = j;
          }
        }
      }
    }
    return (int)
        IntStream.range(0, rows)
            .filter(i -> train.classes.getFlat(nearest[i]) == test.classes.getFlat(from + i))
            .count();
  }

  /// All rows of a dataset at once.
  private record Matrix(Tensor features, Tensor classes) {
    static Matrix of(Dataset dataset) {
      int n = dataset.size();
      Tensor features = Tensor.zeros(DType.FLOAT32, dataset.featureBatch(n));
      Tensor classes = Tensor.zeros(DType.FLOAT32, dataset.targetBatch(n));
      dataset.copyRows(IntStream.range(0, n).toArray(), features, classes);
      return new Matrix(features.reshape(Shape.of(n, dataset.featureShape().size())), classes);
    }

    int size() {
      return classes.size();
    }

    double[] squaredNorms() {
      return IntStream.range(0, size())
          .mapToDouble(i -> TensorMath.dot(features.rows(i, i + 1), features.rows(i, i + 1)))
          .toArray();
    }
  }
}
