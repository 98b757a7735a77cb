package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `compare` and the table of `evaluate`, on a network and a linear model of two moons.
class CompareCommandTest {
  @TempDir private static Path folder;

  private record Result(int code, String out, String err) {
    double number(String pattern) {
      Matcher found = Pattern.compile(pattern + "([-0-9.eE]+)").matcher(out);
      assertTrue(found.find(), pattern + " is not in\n" + out);
      return Double.parseDouble(found.group(1));
    }
  }

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Lanewise.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void train(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--quiet", "--out", path(name)));
    args.addAll(List.of("--lr", "0.02", "--batch", "32", "--epochs", "25"));
    args.addAll(List.of(more));
    Result result = run(args.toArray(String[]::new));
    assertEquals(0, result.code(), result.err());
  }

  @BeforeAll
  static void trainBoth() {
    train("network", "--data", "moons", "--hidden", "16");
    train("linear", "--data", "moons", "--hidden", "");
    train("spirals", "--data", "spirals", "--hidden", "8");
  }

  private static double summary(String run, String key) throws IOException {
    Path file = folder.resolve(run).resolve("summary.json");
    return new ObjectMapper().readTree(file.toFile()).get(key).asDouble();
  }

  @Test
  void aNetworkThatIsClearlyBetterIsSaidToBe() throws IOException {
    Result result = run("compare", path("network"), path("linear"));
    assertEquals(0, result.code(), result.err());
    double network = summary("network", "test_accuracy");
    double linear = summary("linear", "test_accuracy");
    assertEquals(network, result.number("accuracy of .*network: "), 1e-4);
    assertEquals(linear, result.number("accuracy of .*linear: "), 1e-4);
    assertEquals(network - linear, result.number("difference: "), 1e-4);
    assertTrue(result.number("exact: p = ") < 0.01, result.out());
    assertTrue(result.out().contains("rarer than 1 in 20"), result.out());
    double rows = result.number("examples: ");
    double difference = result.number("first is right: ") - result.number("second is right: ");
    assertEquals(network - linear, difference / rows, 1e-9);
  }

  @Test
  void aRunDoesNotDifferFromItself() {
    Result result = run("compare", path("network"), path("network"));
    assertEquals(0, result.code(), result.err());
    assertEquals(0, result.number("difference: "));
    assertEquals(1, result.number("exact: p = "));
    assertTrue(result.out().contains("may well differ"), result.out());
  }

  @Test
  void runsOnDifferentDataAreNotCompared() {
    Result result = run("compare", path("network"), path("spirals"));
    assertEquals(2, result.code(), result.out());
    assertTrue(result.err().contains("name one set for both by --data"), result.err());
    assertEquals(1, result.err().strip().lines().count(), result.err());
    assertEquals(2, run("compare", path("network")).code());
    assertEquals(2, run("compare", path("network"), path("nowhere")).code());
  }

  @Test
  void evaluatePrintsIntervalsClassesAndTheirConfusion() throws IOException {
    Result result = run("evaluate", "--model", path("spirals"));
    assertEquals(0, result.code(), result.err());
    double accuracy = summary("spirals", "test_accuracy");
    String shown = String.format(Locale.ROOT, "test accuracy: %.4f (95 %%: ", accuracy);
    assertTrue(result.out().contains(shown), result.out());
    assertEquals(summary("spirals", "test_loss"), result.number("test log loss: "), 1e-5);
    for (String line : List.of("test Brier score", "calibration error", "ROC-AUC", "weighted")) {
      assertTrue(result.out().contains(line), line + " is not in\n" + result.out());
    }
    String[] lines = result.out().split("\n");
    long right = 0;
    long all = 0;
    for (int i = 0; i < 3; i++) {
      String[] words = lines[lines.length - 3 + i].strip().split("\\s+");
      for (int j = 0; j < 3; j++) {
        long count = Long.parseLong(words[words.length - 3 + j]);
        all += count;
        right += i == j ? count : 0;
      }
    }
    assertEquals(accuracy, (double) right / all, 1e-12, result.out());
  }
}
