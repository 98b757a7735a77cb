package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C, in a process of its own.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no signal INT to send")
class InterruptTest {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
  void anInterruptedTrainingSavesReportsAndSaysSo() throws Exception {
    Path run = folder.resolve("run");
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>(listening());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "--data",
            "moons",
            "--epochs",
            "1000000",
            "--patience",
            "1000000",
            "--out",
            run.toString()));
    Process training = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (BufferedReader lines = training.inputReader()) {
      awaitEpoch(lines);
      new ProcessBuilder("kill", "-INT", Long.toString(training.pid())).start().waitFor();
      while (lines.readLine() != null) {
        // A full pipe would keep the training from ending.
      }
      assertTrue(training.waitFor(60, TimeUnit.SECONDS), "training goes on");
    } finally {
      training.destroyForcibly();
    }

    String said = Files.readString(errors);
    assertEquals(Errors.INTERRUPTED, training.exitValue(), said);
    assertTrue(said.contains("Interrupted after step "), said);
    assertFalse(said.contains("\tat "), said);
    for (String file : new String[] {"model.safetensors", "summary.json", "report.html"}) {
      assertTrue(Files.size(run.resolve(file)) > 0, file);
    }
    assertTrue(Files.readString(run.resolve("summary.json")).contains("\"interrupted\""));
  }

  /// A shell's background jobs ignore Ctrl-C, and so would the process that a build in the
  /// background starts, if it were not told to listen.
  private static List<String> listening() {
    return OS.LINUX.isCurrentOs() ? List.of("env", "--default-signal=INT") : List.of();
  }

  private static void awaitEpoch(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("epoch")) {
      line = lines.readLine();
    }
    assertTrue(line != null, "training ended by itself");
  }
}
