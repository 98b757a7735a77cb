package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.layers.Safetensors;
import dev.lanewise.layers.Sequential;
import dev.lanewise.optim.checkpoint.CheckpointFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Kill −9 at random moments, in processes of their own. `-Dtest.jvm=-Dlanewise.kills=100` kills as
/// often as that.
class KillTest {
  private static final int KILLS = Integer.getInteger("lanewise.kills", 8);
  /// How many steps a training may make before it is killed, and how many milliseconds more.
  private static final int MOST_STEPS = 6;

  private static final int LONGEST_WAIT = 60;

  @TempDir private Path temporary;

  private int kills;
  private int killsInTheMiddleOfACheckpoint;
  private final TreeSet<Long> steps = new TreeSet<>();

  @Test
  void aTrainingKilledAgainAndAgainEndsWithTheWeightsOfAnUninterruptedOne(TestReporter reporter)
      throws Exception {
    Sequential expected = KilledTraining.uninterrupted();
    RandomGenerator draws = Key.of(11).with("kills").generator();
    int trainings = 0;
    while (kills < KILLS) {
      Path folder = Files.createDirectory(temporary.resolve("training" + ++trainings));
      int before = kills;
      boolean ended = false;
      while (!ended) {
        ended = !killedBeforeItsEnd(folder, draws);
      }
      assertSameWeights(
          expected, folder, "after kills " + (before + 1) + " to " + kills + ", see " + folder);
    }
    reporter.publishEntry(
        Map.of(
            "kills", Integer.toString(kills),
            "in the middle of a checkpoint", Integer.toString(killsInTheMiddleOfACheckpoint),
            "steps of the checkpoints they left", steps.toString(),
            "trainings", Integer.toString(trainings)));
  }

  /// Starts or continues a training, and kills it unless it ends before or was killed enough.
  private boolean killedBeforeItsEnd(Path folder, RandomGenerator draws) throws Exception {
    Path errors = temporary.resolve("errors.txt");
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledTraining.class.getName(),
                folder.toString())
            .redirectError(errors.toFile())
            .start();
    try (BufferedReader lines = training.inputReader()) {
      boolean enough = kills == KILLS;
      if (!goesOn(lines, enough ? Integer.MAX_VALUE : draws.nextInt(MOST_STEPS))) {
        assertEquals(0, training.waitFor(), () -> read(errors));
        return false;
      }
      Thread.sleep(draws.nextInt(LONGEST_WAIT));
    } finally {
      training.destroyForcibly().waitFor();
    }
    kills++;
    killsInTheMiddleOfACheckpoint += unfinished(folder) ? 1 : 0;
    steps.addAll(new CheckpointFolder(folder.resolve(KilledTraining.CHECKPOINTS)).steps());
    return true;
  }

  /// Whether a training makes so many more steps, and goes on.
  private static boolean goesOn(BufferedReader lines, int more) throws IOException {
    int made = 0;
    while (made < more && lines.readLine() != null) {
      made++;
    }
    return made == more;
  }

  private static boolean unfinished(Path folder) throws IOException {
    Path checkpoints = folder.resolve(KilledTraining.CHECKPOINTS);
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(checkpoints, ".tmp-*")) {
      return content.iterator().hasNext();
    }
  }

  private static void assertSameWeights(Sequential expected, Path folder, String when) {
    Map<String, Tensor> found = Safetensors.read(folder.resolve(KilledTraining.WEIGHTS)).tensors();
    Parameters.of(expected)
        .byPath()
        .forEach(
            (path, parameter) ->
                assertTrue(
                    parameter.value().sameBits(Objects.requireNonNull(found.get(path))),
                    path + " is another " + when));
    assertEquals(Parameters.of(expected).byPath().size(), found.size());
  }

  private static String read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return String.join("\n", lines);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
