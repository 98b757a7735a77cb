package dev.lanewise.optim.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.Initialisers;
import dev.lanewise.layers.Linear;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.optim.Blobs;
import dev.lanewise.optim.Trainer;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.checkpoint.Checkpoints;
import dev.lanewise.optim.optimizer.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterHashesTest {
  private static final Dataset ROWS = Blobs.of(60, 6, 3, 1);

  @TempDir private Path folder;

  private static Linear model() {
    return Linear.of(6, 3, Initialisers.heNormal(0), Key.of(1));
  }

  private static Trainer trainer(Linear model) {
    return Trainer.of(model, new SoftmaxCrossEntropy(), Adam.of(0.01)).batchSize(20).epochs(3);
  }

  private static TrainingEvent step(long number) {
    return new TrainingEvent.StepDone(1, number, 0, 1);
  }

  @Test
  void theHashIsTheFormulaOfTheContract() throws IOException {
    Path file = folder.resolve("hashes.jsonl");
    Parameter weight = Parameter.of(DoubleTensor.vector(1, -2));
    try (ParameterHashes hashes = new ParameterHashes(file, List.of(weight))) {
      hashes.on(step(1));
      weight.value().setFlat(0, 3);
      hashes.on(step(2));
    }
    long first = mix(mix(0, 0x3ff0000000000000L), 0xc000000000000000L);
    long second = mix(mix(first, 0x4008000000000000L), 0xc000000000000000L);
    assertEquals(
        "{\"step\":1,\"0\":\"%016x\"}\n{\"step\":2,\"0\":\"%016x\"}\n".formatted(first, second),
        Files.readString(file));
  }

  private static long mix(long hash, long bits) {
    long product = (hash ^ bits) * 0x9e3779b97f4a7c15L;
    return product ^ (product >>> 29);
  }

  @Test
  void oneBitInOneElementChangesTheHashOfItsParameterInAllStepsFromThere() {
    Parameter a = Parameter.of(FloatTensor.vector(1, 2, 3));
    Parameter b = Parameter.of(FloatTensor.vector(4));
    List<Path> files = List.of(folder.resolve("one"), folder.resolve("other"));
    for (Path file : files) {
      try (ParameterHashes hashes = new ParameterHashes(file, List.of(a, b))) {
        hashes.on(step(1));
        a.value().setFlat(1, file.endsWith("other") ? Math.nextUp(2f) : 2);
        hashes.on(step(2));
        a.value().setFlat(1, 2);
        hashes.on(step(3));
      }
    }
    List<Map<String, String>> one = ParameterHashes.read(files.get(0));
    List<Map<String, String>> other = ParameterHashes.read(files.get(1));
    assertEquals(one.get(0), other.get(0));
    for (int step : new int[] {1, 2}) {
      assertNotEquals(one.get(step).get("0"), other.get(step).get("0"));
      assertEquals(one.get(step).get("1"), other.get(step).get("1"));
    }
  }

  @Test
  void aContinuedTrainingLeavesTheFileOfAnUninterruptedOne() throws IOException {
    Path whole = folder.resolve("whole");
    Linear model = model();
    try (ParameterHashes hashes = new ParameterHashes(whole, model)) {
      trainer(model).observer(hashes).fit(ROWS, ROWS);
    }
    assertEquals(9, Files.readAllLines(whole).size());

    Path parts = folder.resolve("parts");
    Path checkpoints = folder.resolve("checkpoints");
    int[] asked = {0};
    Linear killed = model();
    try (ParameterHashes hashes = new ParameterHashes(parts, killed)) {
      trainer(killed)
          .observer(hashes)
          .checkpoints(Checkpoints.in(checkpoints))
          .stopWhen(() -> ++asked[0] == 4)
          .fit(ROWS, ROWS);
    }
    Files.writeString(parts, Files.readString(parts) + "{\"step\":5,\"wei");
    Linear continued = model();
    try (ParameterHashes hashes = new ParameterHashes(parts, continued)) {
      trainer(continued).observer(hashes).resume(checkpoints, ROWS, ROWS);
    }
    assertEquals(Files.readString(whole), Files.readString(parts));
  }

  @Test
  void whatIsNoFileOfHashesIsRefused() throws IOException {
    Path file = folder.resolve("hashes.jsonl");
    Files.writeString(file, "{\"step\":1}\n{\"step\":3}\n");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ParameterHashes.read(file))
            .getMessage()
            .contains("line 2: this must be step 2, but is 3"));
    try (ParameterHashes hashes = new ParameterHashes(file, List.of())) {
      assertThrows(IllegalStateException.class, () -> hashes.on(new TrainingEvent.Resumed(1, 7)));
    }
  }
}
