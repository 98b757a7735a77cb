package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A steady training step allocates no tensors, only bookkeeping, whatever the batch and the width.
class StepAllocationTest {
  private static final int STEPS = 24;
  private static final long LIMIT = 16 << 10;
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest(name = "batch {0}, width {1}, {2} threads, {3}")
  @CsvSource({
    "32, 16, 1, sgd", "32, 16, 4, sgd", "32, 512, 1, sgd", "32, 512, 4, sgd",
    "128, 16, 1, sgd", "128, 16, 4, sgd", "128, 512, 1, sgd", "128, 512, 4, sgd",
    "512, 16, 1, sgd", "512, 16, 4, sgd", "512, 512, 1, sgd", "512, 512, 4, sgd",
    "32, 16, 1, adam", "32, 16, 4, adam", "32, 512, 1, adam", "32, 512, 4, adam",
    "128, 16, 1, adam", "128, 16, 4, adam", "128, 512, 1, adam", "128, 512, 4, adam",
    "512, 16, 1, adam", "512, 16, 4, adam", "512, 512, 1, adam", "512, 512, 4, adam",
  })
  void aStepAfterTheFirstAllocatesUnder16KilobytesInAllThreads(
      int batch, int width, int threads, String optimizer) {
    long[] allocated = new long[STEPS];
    Trainer.of(network(width), new SoftmaxCrossEntropy(), Optimizers.byName(optimizer, 1e-3))
        .batchSize(batch)
        .epochs(1)
        .threads(threads)
        .observer(
            event -> {
              if (event instanceof TrainingEvent.StepDone done) {
                allocated[(int) done.step() - 1] = THREADS.getTotalThreadAllocatedBytes();
              }
            })
        .fit(pictures(batch * STEPS));
    long[] bytes = new long[STEPS - 1];
    for (int step = 1; step < STEPS; step++) {
      bytes[step - 1] = allocated[step] - allocated[step - 1];
    }
    System.out.println(batch + " " + width + " " + threads + " " + optimizer + " " + Arrays.toString(bytes));
    Arrays.sort(bytes);
    assertTrue(
        bytes[bytes.length / 2] < LIMIT,
        () -> "bytes in each step, in ascending order: " + Arrays.toString(bytes));
  }

  private static Sequential network(int width) {
    Key key = Key.of(1);
    return Sequential.of(
        Linear.of(64, width, Initialisers.heNormal(0), key.with(0)),
        Activations.relu(),
        Linear.of(width, width, Initialisers.heNormal(0), key.with(1)),
        Activations.relu(),
        Linear.of(width, 10, Initialisers.glorotUniform(1), key.with(2)));
  }

  private static Dataset pictures(int rows) {
    Tensor features = Tensor.zeros(DType.FLOAT32, Shape.of(rows, 64));
    Tensor classes = Tensor.zeros(DType.FLOAT32, Shape.of(rows));
    for (int row = 0; row < rows; row++) {
      classes.setFlat(row, row % 10);
      features.set(1, row, row % 10);
    }
    List<String> labels = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    return TensorDataset.classification(features, classes, labels, Provenance.of("units"));
  }
}
