package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCommandTest {
  private record Result(int code, String out, String err) {}

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Lanewise.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }

  @Test
  void aScheduleIsPrintedAsARuleATableAndAPlot() {
    Result result = run("schedule", "linear", "--lr", "2", "--epochs", "4");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().startsWith("2.0 + (0.0 − 2.0)·t/400"), result.out());
    assertTrue(result.out().contains("         1     0.00      2.0000000"), result.out());
    assertTrue(result.out().contains("       400     3.99   0.0050000000"), result.out());
    String[] plot = result.out().split("\n");
    String top = plot[plot.length - 16];
    String bottom = plot[plot.length - 3];
    assertTrue(top.indexOf('●') < 16, "the line must begin at the top:\n" + result.out());
    assertTrue(bottom.indexOf('●') > 60, "and end at the bottom:\n" + result.out());
  }

  @Test
  void aPictureIsWrittenWhenAskedFor(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rate.png");
    Result result = run("schedule", "warmup:5%+cosine", "--out", file.toString());
    assertEquals(0, result.code(), result.err());
    assertNotNull(ImageIO.read(file.toFile()));
    assertEquals(2, run("schedule", "cosine", "--out", "rate.jpg").code());
    Result nowhere =
        run("schedule", "cosine", "--out", folder.resolve("no").resolve("rate.png").toString());
    assertEquals(1, nowhere.code());
    assertFalse(nowhere.err().contains("\tat "), nowhere.err());
  }

  @Test
  void withoutATextTheKindsAreListed() {
    Result result = run("schedule");
    assertEquals(0, result.code());
    assertTrue(result.out().contains("cosine-restarts:PERIOD[,TIMES[,END]]"), result.out());
  }

  @Test
  void aTextThatIsNotUnderstoodIsRefusedInASentence() {
    for (String wrong : new String[] {"cosin", "step", "warmup:5%"}) {
      Result result = run("schedule", wrong);
      assertEquals(2, result.code());
      assertEquals(1, result.err().strip().lines().count(), result.err());
    }
    assertEquals(2, run("schedule", "cosine", "--epochs", "0").code());
    assertEquals(2, run("schedule", "cosine", "--lr", "0").code());
    assertEquals(0, Files.exists(Path.of("rate.jpg")) ? 1 : 0);
  }
}
