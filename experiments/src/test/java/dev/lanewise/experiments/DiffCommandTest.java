package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.layers.Safetensors;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  @TempDir private Path folder;
  private Path one;
  private Path other;

  private record Result(int code, String out, String err) {}

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Lanewise.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }

  private Path train(String name, String... more) {
    Path run = folder.resolve(name);
    List<String> args = new ArrayList<>(List.of("train", "--data", "moons", "--epochs", "2"));
    args.addAll(List.of("--hidden", "8", "--hashes", "--quiet", "--out", run.toString()));
    args.addAll(List.of(more));
    Result result = run(args.toArray(String[]::new));
    assertEquals(0, result.code(), result.err());
    return run;
  }

  private Result diff() {
    return run("diff", one.toString(), other.toString());
  }

  @BeforeEach
  void nameTheRuns() {
    one = folder.resolve("one");
    other = folder.resolve("other");
  }

  @Test
  void runsWithTheSameBitsAreEqual() {
    one = train("one", "--threads", "1");
    other = train("other", "--threads", "2");
    Result result = diff();
    assertEquals(0, result.code(), result.out());
    assertEquals(
        "settings.threads: 1 and 2\n"
            + "All weights that both runs have are the same, bit for bit.\n",
        result.out());
  }

  @Test
  void theFirstStepAndTheSettingAreNamed() {
    one = train("one", "--l2", "0");
    other = train("other", "--l2", "0.1");
    Result result = diff();
    assertEquals(Errors.FAILED, result.code());
    assertTrue(result.out().contains("settings.l2: 0.0 and 0.1"), result.out());
    // Biases are not penalised, and Adam's first step has nearly the same length in any case.
    assertTrue(result.out().contains("They part at step 1, in layers.0.weight"), result.out());
    assertTrue(result.out().contains("In the final weights:\n  layers.0.bias: "), result.out());
  }

  @Test
  void oneUnitInTheLastPlaceIsFound() throws IOException {
    one = train("one");
    other = train("other");
    Path file = other.resolve("model.safetensors");
    Safetensors weights = Safetensors.read(file);
    Tensor changed = Objects.requireNonNull(weights.tensors().get("layers.0.weight"));
    float before = (float) changed.getFlat(3);
    changed.setFlat(3, Math.nextUp(before));
    weights.write(file);
    Result result = diff();
    assertEquals(Errors.FAILED, result.code());
    assertEquals(
        "In the final weights:\n"
            + "  layers.0.weight: 1 of 16 elements differ, by at most 1 ULP (element 3: "
            + (double) before
            + " and "
            + (double) Math.nextUp(before)
            + ")\n",
        result.out());

    Files.delete(file);
    Files.delete(other.resolve("hashes.jsonl"));
    changed.setFlat(3, before);
    assertEquals(0, diff().code(), "their checkpoints are equal");
  }

  @Test
  void hashesThatPartAreFoundBeforeAnythingElse() throws IOException {
    one = train("one");
    other = train("other");
    Path file = other.resolve("hashes.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(4, lines.get(4).replaceFirst("(\"layers.2.bias\":\")....", "$1ffff"));
    Files.write(file, lines);
    Result result = diff();
    assertEquals("They part at step 5, in layers.2.bias.\n", result.out());
    assertEquals(Errors.FAILED, result.code());
    Files.write(file, lines.subList(0, 3));
    assertTrue(diff().out().contains("same bits for 3 steps"), diff().out());
  }

  @Test
  void aContinuedRunIsEqualToAnUninterruptedOne() throws IOException {
    one = train("one");
    other = train("other");
    Files.delete(other.resolve("model.safetensors"));
    Files.delete(other.resolve("summary.json"));
    keepTheFirstCheckpoint(other.resolve("checkpoints"));
    Result resumed = run("train", "--resume", other.toString(), "--quiet");
    assertEquals(0, resumed.code(), resumed.err());
    Result result = diff();
    assertEquals(0, result.code(), result.out());
    assertEquals(2, Files.readAllLines(other.resolve("metrics.jsonl")).size());
  }

  private static void keepTheFirstCheckpoint(Path checkpoints) {
    CheckpointFolder folder = new CheckpointFolder(checkpoints);
    folder.keepOnly(Set.of(folder.steps().getFirst()));
  }

  @Test
  void whatIsNoRunIsRefused() {
    one = train("one");
    Result result = diff();
    assertEquals(Errors.WRONG_INPUT, result.code());
    assertTrue(result.err().contains(other.resolve("config.json").toString()), result.err());
  }
}
