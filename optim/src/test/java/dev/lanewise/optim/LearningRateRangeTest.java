package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import dev.lanewise.optim.optimizer.Sgd;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LearningRateRangeTest {
  @Test
  void ratesGrowByTheSameFactorAndTheWeightsAreWhatTheyWere() {
    Dataset rows = Blobs.of(200, 12, 4, 5);
    Linear model = Linear.of(12, 4, Initialisers.glorotUniform(1), Key.of(3));
    double[] before = model.weight().value().toDoubles();
    LearningRateRange range = new LearningRateRange(1e-5, 1e-1, 41, 10, 1);
    var result = range.run(model, new SoftmaxCrossEntropy(), Sgd::of, rows);
    assertArrayEquals(before, model.weight().value().toDoubles());
    List<LearningRateRange.Point> points = result.points();
    assertEquals(41, points.size());
    assertEquals(1e-5, points.getFirst().rate());
    assertEquals(1e-1, points.getLast().rate(), 1e-16);
    for (int i = 1; i < points.size(); i++) {
      assertEquals(Math.pow(10, 0.1), points.get(i).rate() / points.get(i - 1).rate(), 1e-12);
    }
    assertTrue(points.getLast().loss() < points.getFirst().loss());
  }

  @Test
  void theSuggestionLiesATenthOrMoreBelowTheEdgeWhichIsKnown() {
    // For the loss ½(w·x − t)² with x = ±1 a step multiplies the error by 1 − η and adds noise:
    // beyond 2 it grows.
    RandomGenerator random = Key.of(4).generator();
    double[][] x = new double[500][1];
    double[][] t = new double[500][1];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = i % 2 == 0 ? 1 : -1;
      t[i][0] = 3 * x[i][0] + 0.3 * random.nextGaussian();
    }
    Dataset rows =
        TensorDataset.regression(
            DoubleTensor.matrix(x), DoubleTensor.matrix(t), Provenance.of("a noisy line"));
    Linear model =
        new Linear(Parameter.of(DoubleTensor.matrix(new double[] {0})), Optional.empty());
    LearningRateRange range = new LearningRateRange(1e-3, 1e6, 400, 1, 1);
    var result = range.run(model, new SquaredError(), Sgd::of, rows);
    double last = result.points().getLast().rate();
    assertTrue(last > 1 && last < 20, "it must stop when the loss explodes, not at " + last);
    double suggestion = result.suggestion().orElseThrow();
    assertTrue(suggestion > 1e-3 && suggestion < 0.2, "suggested is " + suggestion);
    assertEquals(0, model.weight().value().item());
  }

  @Test
  void rangesThatAreNoneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LearningRateRange(0, 1, 10, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LearningRateRange(1, 1, 10, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LearningRateRange(1, 2, 1, 1, 1));
  }
}
