package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import dev.lanewise.optim.optimizer.Optimizers;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A steady training step allocates no tensors, only bookkeeping, whatever the batch and the width.
///
/// Before a kernel is compiled, the Vector API makes an object of every vector, so the first steps
/// allocate much more. When that is over depends on the compiler's threads, and so the test trains
/// until some steps in a row stay below the limit, and fails if they never do.
class StepAllocationTest {
  private static final int STEPS_PER_EPOCH = 20;

  /// Long enough for the compiler to be done, also where it gets little of a busy machine.
  private static final int EPOCHS = 20_000;
  private static final int STEADY_STEPS = 10;
  private static final long LIMIT = 16 << 10;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest(name = "batch {0}, width {1}, {2} threads, {3}")
  @CsvSource({
    "32, 16, 1, sgd", "32, 16, 4, sgd", "32, 512, 1, sgd", "32, 512, 4, sgd",
    "128, 16, 1, sgd", "128, 16, 4, sgd", "128, 512, 1, sgd", "128, 512, 4, sgd",
    "512, 16, 1, sgd", "512, 16, 4, sgd", "512, 512, 1, sgd", "512, 512, 4, sgd",
    "32, 16, 1, adam", "32, 16, 4, adam", "32, 512, 1, adam", "32, 512, 4, adam",
    "128, 16, 1, adam", "128, 16, 4, adam", "128, 512, 1, adam", "128, 512, 4, adam",
    "512, 16, 1, adam", "512, 16, 4, adam", "512, 512, 1, adam", "512, 512, 4, adam",
  })
  void aSteadyStepAllocatesUnder16KilobytesInAllThreads(
      int batch, int width, int threads, String optimizer) {
    Meter meter = new Meter();
    Trainer.of(network(width), new SoftmaxCrossEntropy(), Optimizers.byName(optimizer, 1e-3))
        .batchSize(batch)
        .epochs(EPOCHS)
        .threads(threads)
        .workPerThread(1)
        .observer(meter)
        .stopWhen(() -> meter.steadySteps == STEADY_STEPS)
        .fit(pictures(batch * STEPS_PER_EPOCH));
    assertEquals(
        STEADY_STEPS,
        meter.steadySteps,
        () -> "the last step allocated " + meter.bytes + " bytes; the limit is " + LIMIT);
  }

  /// Counts steps in a row that stay below the limit; what happens between epochs is no step.
  private static final class Meter implements TrainingObserver {
    private long before;
    private long bytes;
    private int steadySteps;

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.StepDone done) {
        if (done.step() % STEPS_PER_EPOCH != 1) {
          bytes = THREADS.getTotalThreadAllocatedBytes() - before;
          steadySteps = bytes < LIMIT ? steadySteps + 1 : 0;
        }
        before = THREADS.getTotalThreadAllocatedBytes();
      }
    }
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
