package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
  private static final List<String> LINES =
      List.of(
          "{\"epoch\":1,\"train_loss\":1.0,\"validation_loss\":0.9,\"best\":true,\"seconds\":2}",
          "{\"epoch\":2,\"train_loss\":0.8,\"validation_loss\":0.5,\"best\":true,\"seconds\":2}",
          "{\"epoch\":3,\"train_loss\":0.6,\"validation_loss\":\"NaN\",\"best\":false,\"seconds\":2}",
          "{\"epoch\":4,\"train_loss\":0.4,\"validation_loss\":0.55,\"best\":false,\"seconds\":2}",
          "{\"epoch\":5,\"train_loss\":0.2,\"validation_loss\":0.45,\"best\":true,\"seconds\":2}");

  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Lanewise.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }

  private Result replay(List<String> lines, String options) throws IOException {
    Files.write(folder.resolve("metrics.jsonl"), lines);
    String all = "replay " + folder + " " + options;
    return run(all.strip().split(" +"));
  }

  @ParameterizedTest
  @CsvSource({
    "--patience 5, It would not have stopped, 5, 0.45",
    "--patience 2, Stopped after epoch 4, 2, 0.5",
    "--patience 1 --warmup 3, Stopped after epoch 4, 2, 0.5",
    "--target 0.5, Stopped after epoch 2, 2, 0.5",
    "--limit 0.8, Stopped after epoch 1, 1, 0.9",
    "--seconds 6, Stopped after epoch 3, 2, 0.5",
    "--stop-at-nan, Stopped after epoch 3, 2, 0.5",
    "--patience 2 --monitor train_loss, It would not have stopped, 5, 0.2",
    "--patience 2 --monitor train_loss --mode max, Stopped after epoch 3, 1, 1",
    "--patience 3 --min-delta 0.1, Stopped after epoch 5, 2, 0.5",
    "--patience 3 --relative-delta 0.2, Stopped after epoch 5, 2, 0.5",
  })
  void aPolicyIsAppliedToASavedHistory(String options, String first, String epoch, double best)
      throws IOException {
    Result result = replay(LINES, options);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().startsWith(first), result.out());
    String[] row = result.out().lines().reduce((a, b) -> b).orElse("").split("\\s+");
    assertEquals(epoch, row[3], result.out());
    assertEquals(best, Double.parseDouble(row[4]), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | {\"epoch\":2,\"train_loss\":0.8 | line 2",
        "3 | nonsense | line 3",
        "3 | [1, 2] | line 3: this is not what a run writes (there is no object)",
        "4 | {\"epoch\":5,\"train_loss\":0.8,\"seconds\":2} | line 4",
        "1 | {\"epoch\":1,\"train_loss\":\"low\",\"seconds\":2} | 'train_loss' is 'low'",
        "5 | {\"epoch\":5,\"train_loss\":0.8} | 'seconds' is missing",
        "5 | {\"epoch\":5,\"train_loss\":0.8,\"seconds\":2} | cannot monitor 'validation_loss'",
      })
  void aDamagedFileIsRefusedByLine(int line, String content, String expected) throws IOException {
    List<String> damaged = new java.util.ArrayList<>(LINES);
    damaged.set(line - 1, content);
    Result result = replay(damaged, "");
    assertRefused(result, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "--monitor nothing_loss, there is only epoch",
    "--monitor seconds, --mode min or max",
    "--mode least, --mode must be min or max",
    "--patience 0, at least 1",
    "--min-delta -1, minDelta",
  })
  void wrongOptionsAreRefusedInASentence(String options, String expected) throws IOException {
    assertRefused(replay(LINES, options), expected);
  }

  @Test
  void missingAndEmptyFilesAreRefused() throws IOException {
    assertRefused(run("replay", folder.resolve("none").toString()), "metrics.jsonl");
    assertRefused(replay(List.of(), ""), "no epoch");
  }

  @Test
  void theRunsOwnPolicyGivesTheRunsOwnBestEpoch() throws IOException {
    Path run = folder.resolve("run");
    Result trained =
        run(
            "train",
            "--data",
            "moons",
            "--epochs",
            "8",
            "--patience",
            "2",
            "--quiet",
            "--out",
            run.toString());
    assertEquals(0, trained.code(), trained.err());
    JsonNode summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    Result replayed = run("replay", run.toString(), "--patience", "2");
    assertEquals(0, replayed.code(), replayed.err());
    String[] row = replayed.out().lines().reduce((a, b) -> b).orElse("").split("\\s+");
    assertEquals(summary.get("epochs").asText(), row[2], replayed.out());
    assertEquals(summary.get("best_epoch").asText(), row[3], replayed.out());
  }

  private static void assertRefused(Result result, String expected) {
    assertEquals(2, result.code(), result.out() + result.err());
    assertTrue(result.err().contains(expected), result.err());
    assertEquals(1, result.err().strip().lines().count(), result.err());
    assertFalse(result.err().contains("Exception"), result.err());
  }
}
