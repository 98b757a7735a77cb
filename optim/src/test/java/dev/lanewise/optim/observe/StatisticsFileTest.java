package dev.lanewise.optim.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Activations;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.Sequential;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.ActivationStatistics;
import dev.lanewise.optim.Blobs;
import dev.lanewise.optim.StepStatistics;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.optimizer.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsFileTest {
  private static final Dataset ROWS = Blobs.of(60, 6, 3, 1);
  private static final TrainingEvent.StepMeasured STEP =
      new TrainingEvent.StepMeasured(
          1, 1, new StepStatistics(Map.of("bias", new StepStatistics.OfParameter(3, 0, 0.5))));
  private static final TrainingEvent.EpochMeasured EPOCH =
      new TrainingEvent.EpochMeasured(
          1, 4, List.of(new ActivationStatistics("Relu", "bias", 8, 2, Double.NaN, 0.25)));

  @TempDir private Path folder;

  @Test
  void linesAreThoseOfTheContractAndAreReadBack() throws IOException {
    Path file = folder.resolve("statistics.jsonl");
    try (StatisticsFile statistics = new StatisticsFile(file)) {
      statistics.on(STEP);
      statistics.on(EPOCH);
    }
    assertEquals(
        """
        {"epoch":1,"step":1,"gradient_norm":3.0,"parameters":{"bias":\
        {"gradient_norm":3.0,"weight_norm":0.0,"update_norm":0.5,"update_ratio":"Infinity"}}}
        {"epoch":1,"step":4,"activations":[{"op":"Relu","after":"bias",\
        "units":8,"dead":2,"mean":"NaN","deviation":0.25}]}
        """,
        Files.readString(file));
    assertEquals(List.of(STEP, EPOCH), StatisticsFile.read(file));
  }

  private static Sequential model() {
    return Sequential.of(
        Linear.of(6, 5, Initialisers.heNormal(0), Key.of(1)),
        Activations.relu(),
        Linear.of(5, 3, Initialisers.heNormal(0), Key.of(2)));
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.01))
        .batchSize(20)
        .epochs(3)
        .statistics(2, ROWS);
  }

  @Test
  void aContinuedTrainingLeavesTheFileOfAnUninterruptedOne() throws IOException {
    Path whole = folder.resolve("whole");
    List<TrainingEvent> told = new ArrayList<>();
    try (StatisticsFile statistics = new StatisticsFile(whole)) {
      trainer(model()).observer(statistics).observer(told::add).fit(ROWS, ROWS);
    }
    assertEquals(5 + 3, Files.readAllLines(whole).size());
    assertEquals(
        told.stream()
            .filter(
                each ->
                    each instanceof TrainingEvent.StepMeasured
                        || each instanceof TrainingEvent.EpochMeasured)
            .toList(),
        StatisticsFile.read(whole));

    Path parts = folder.resolve("parts");
    Path checkpoints = folder.resolve("checkpoints");
    int[] asked = {0};
    try (StatisticsFile statistics = new StatisticsFile(parts)) {
      trainer(model())
          .observer(statistics)
          .checkpoints(Checkpoints.in(checkpoints))
          .stopWhen(() -> ++asked[0] == 4)
          .fit(ROWS, ROWS);
    }
    String later = "{\"epoch\":2,\"step\":5,\"activations\":[]}\n{\"epoch\":2,\"st";
    Files.writeString(parts, Files.readString(parts) + later);
    try (StatisticsFile statistics = new StatisticsFile(parts)) {
      trainer(model()).observer(statistics).resume(checkpoints, ROWS, ROWS);
    }
    assertEquals(Files.readString(whole), Files.readString(parts));
  }

  @Test
  void whatIsNoFileOfStatisticsIsRefused() throws IOException {
    Path file = folder.resolve("statistics.jsonl");
    for (String line : List.of("{\"step\":3}", "[]", "{\"epo", "")) {
      Files.writeString(file, line + "\n");
      String message =
          assertThrows(IllegalArgumentException.class, () -> StatisticsFile.read(file))
              .getMessage();
      assertTrue(message.contains("line 1: this is no line of statistics"), message);
      try (StatisticsFile statistics = new StatisticsFile(file)) {
        assertThrows(
            IllegalArgumentException.class, () -> statistics.on(new TrainingEvent.Resumed(1, 7)));
      }
    }
  }
}
