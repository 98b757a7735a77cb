package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.optim.direct.DirectSolvers;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.schedule.Schedules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command as a user meets it, in this JVM.
class CommandTest {
  @TempDir private Path folder;

  private record Result(int code, String out, String err) {
    String lastLine() {
      return out.strip().lines().reduce((first, second) -> second).orElse("");
    }
  }

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Lanewise.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, out.toString(), err.toString());
  }

  private Result train(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--out", folder.resolve(name).toString()));
    if (!Arrays.asList(more).contains("--data")) {
      args.addAll(List.of("--data", "moons"));
    }
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private JsonNode json(String run, String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(run).resolve(file).toFile());
  }

  private byte[] weights(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  @Test
  void aRunLeavesEverythingTheContractNames() throws IOException {
    Result result = train("a", "--hidden", "16", "--epochs", "30", "--lr", "0.01", "--batch", "32");
    assertEquals(0, result.code(), result.err());
    assertEquals(folder.resolve("a").resolve("summary.json").toString(), result.lastLine());
    JsonNode summary = json("a", "summary.json");
    assertTrue(summary.get("test_accuracy").asDouble() > 0.9, summary.toString());
    for (String key :
        List.of(
            "best_epoch", "stop_reason", "samples_per_second", "seconds", "parameters", "seed")) {
      assertTrue(summary.has(key), key);
    }
    assertEquals(2 * 16 + 16 + 16 * 2 + 2, summary.get("parameters").asInt());
    assertEquals("moons", json("a", "config.json").at("/settings/data").asText());
    List<String> lines = Files.readAllLines(folder.resolve("a").resolve("metrics.jsonl"));
    assertEquals(summary.get("epochs").asInt(), lines.size());
    String report = Files.readString(folder.resolve("a").resolve("report.html"));
    assertTrue(report.contains("data:image/png;base64,"), "the report holds no picture");
    assertFalse(report.contains("http"), "the report must need nothing else");
    try (var files = Files.list(folder.resolve("a"))) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() throws IOException {
    for (String threads : List.of("1", "2", "4")) {
      assertEquals(0, trainLarge(threads, "--threads", threads).code());
    }
    assertEquals(0, trainLarge("again", "--threads", "4").code());
    assertEquals(0, trainLarge("other", "--seed", "2").code());
    assertArrayEquals(weights("1"), weights("2"));
    assertArrayEquals(weights("1"), weights("4"));
    assertArrayEquals(weights("1"), weights("again"));
    assertFalse(Arrays.equals(weights("1"), weights("other")));
  }

  /// Trains a network that is large enough for a step to have work for four threads.
  private Result trainLarge(String name, String... more) {
    List<String> flags = new ArrayList<>(List.of("--epochs", "3", "--hidden", "256,256"));
    flags.addAll(List.of(more));
    return train(name, flags.toArray(String[]::new));
  }

  /// One text of each kind of schedule.
  private static final List<String> SCHEDULES =
      List.of(
          "constant",
          "linear:1e-5",
          "polynomial:3",
          "step:1ep,0.5",
          "multi-step:25%,75%,0.1",
          "exponential:0.9",
          "inverse-time:0.5",
          "cosine:1e-5",
          "cosine-restarts:1ep,2",
          "one-cycle",
          "cyclic:1ep",
          "warmup:1ep+cosine",
          "noam:1ep",
          "piecewise:0=1,50%=0.1");

  @Test
  void everyKindOfScheduleIsTried() {
    assertEquals(
        Schedules.forms().stream().map(Schedules.Description::name).toList(),
        SCHEDULES.stream().map(text -> text.split(":")[0]).toList(),
        "add a text for a new kind to SCHEDULES");
  }

  private static List<String> schedules() {
    return SCHEDULES;
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyScheduleTrains(String spec) {
    Result result = train("a", "--schedule", spec, "--hidden", "8", "--epochs", "3");
    assertEquals(0, result.code(), result.err());
  }

  private static List<String> optimizers() {
    return Optimizers.names();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerTrains(String name) throws IOException {
    Result result =
        train(
            name,
            "--optimizer",
            name,
            "--hidden",
            "8",
            "--epochs",
            "2",
            "--schedule",
            name.equals("rprop") ? "constant" : "warmup:1ep+cosine", // rprop adapts its own steps
            "--l1",
            "1e-5",
            "--l2",
            "1e-5",
            "--lp",
            "1.5:1e-5",
            "--clip-norm",
            "10");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("u ←"), "the update rule is not said");
    String line = Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl")).getLast();
    assertTrue(new ObjectMapper().readTree(line).get("penalty").asDouble() > 0, line);
  }

  @Test
  void aRunThatLostItsEndEndsWithTheSameBits() throws IOException {
    String[] flags = {
      "--epochs", "6", "--hidden", "256,256", "--dropout", "0.2", "--schedule", "cosine"
    };
    assertEquals(0, train("whole", flags).code());
    assertEquals(0, train("cut", flags).code());
    Path cut = loseTheEnd("cut");
    assertRefused(run("train", "--resume", cut.toString(), "--lr", "0.5"), "--lr 0.5 conflicts");
    Result resumed = run("train", "--resume", cut.toString(), "--threads", "2");
    assertEquals(0, resumed.code(), resumed.err());
    assertArrayEquals(weights("whole"), weights("cut"));
    assertEquals(6, Files.readAllLines(cut.resolve("metrics.jsonl")).size());
    assertEquals(
        json("whole", "summary.json").get("test_loss"),
        json("cut", "summary.json").get("test_loss"));
  }

  private static final String[] EXTRAS = {"--hashes", "--csv", "--statistics", "--tensorboard"};

  private Result trainWithExtras(String name, String... more) {
    List<String> flags = new ArrayList<>(List.of("--epochs", "4", "--hidden", "16,8"));
    flags.addAll(List.of(more));
    return train(name, flags.toArray(String[]::new));
  }

  @Test
  void extraFilesAppearWhenAskedForAndChangeNoBit() throws IOException {
    assertEquals(0, trainWithExtras("plain").code());
    Result result = trainWithExtras("extras", EXTRAS);
    assertEquals(0, result.code(), result.err());
    assertArrayEquals(weights("plain"), weights("extras"));
    Path plain = folder.resolve("plain");
    Path extras = folder.resolve("extras");
    for (String file : List.of("hashes.jsonl", "metrics.csv", "statistics.jsonl", "tensorboard")) {
      assertFalse(Files.exists(plain.resolve(file)), file);
      assertTrue(Files.exists(extras.resolve(file)), file);
    }
    assertEquals(1 + 4, Files.readAllLines(extras.resolve("metrics.csv")).size());
    try (var files = Files.list(extras.resolve("tensorboard"))) {
      assertEquals(1, files.count());
    }
    String report = Files.readString(extras.resolve("report.html"));
    for (String title : List.of("Gradient norm", "Update beside weights", "Activations")) {
      assertTrue(report.contains("<h2>" + title + "</h2>"), title);
      assertFalse(Files.readString(plain.resolve("report.html")).contains(title), title);
    }
    assertTrue(report.contains("after layers.2.bias, 8 units"), report);
  }

  @Test
  void statisticsOfASingleStepMakeAReport() throws IOException {
    String[] flags = {"--statistics", "--batch", "100000", "--epochs", "1", "--hidden", ""};
    Result result = train("a", flags);
    assertEquals(0, result.code(), result.err());
    assertEquals(2, Files.readAllLines(folder.resolve("a").resolve("statistics.jsonl")).size());
    String report = Files.readString(folder.resolve("a").resolve("report.html"));
    assertTrue(report.contains("Gradient norm"), report);
    assertFalse(report.contains("Activations"), "a linear model has no hidden units");
  }

  @Test
  void extraFilesOfAContinuedRunAreThoseOfAnUninterruptedOne() throws IOException {
    assertEquals(0, trainWithExtras("whole", EXTRAS).code());
    assertEquals(0, trainWithExtras("cut", EXTRAS).code());
    Path cut = loseTheEnd("cut");
    Result resumed = run("train", "--resume", cut.toString());
    assertEquals(0, resumed.code(), resumed.err());
    for (String file : List.of("hashes.jsonl", "statistics.jsonl")) {
      assertEquals(
          Files.readString(folder.resolve("whole").resolve(file)),
          Files.readString(cut.resolve(file)));
    }
    assertEquals(1 + 4, Files.readAllLines(cut.resolve("metrics.csv")).size());
    try (var files = Files.list(cut.resolve("tensorboard"))) {
      assertEquals(2, files.count());
    }
  }

  private Path loseTheEnd(String name) throws IOException {
    Path cut = folder.resolve(name);
    try (var checkpoints = Files.list(cut.resolve("checkpoints"))) {
      Path last = checkpoints.sorted().toList().getLast();
      Files.writeString(last.resolve("state.json"), "half");
    }
    Files.delete(cut.resolve("model.safetensors"));
    Files.delete(cut.resolve("summary.json"));
    return cut;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashes.jsonl", "metrics.csv", "statistics.jsonl", "tensorboard"})
  void anExtraFileThatCannotBeWrittenIsOneSentence(String file) throws IOException {
    assertEquals(0, trainWithExtras("cut", EXTRAS).code());
    Path cut = loseTheEnd("cut");
    Path blocked = cut.resolve(file);
    if (Files.isDirectory(blocked)) {
      Files.move(blocked, cut.resolve("elsewhere"));
      Files.writeString(blocked, "no folder");
    } else {
      Files.delete(blocked);
      Files.createDirectory(blocked);
    }
    Result result = run("train", "--resume", cut.toString(), "--quiet");
    assertEquals(1, result.code(), result.err());
    assertTrue(result.err().contains(blocked + ": cannot be written ("), result.err());
    assertEquals(1, result.err().strip().lines().count(), result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashes.jsonl", "metrics.csv", "statistics.jsonl"})
  void anExtraFileThatIsNotTheRunsIsRefused(String file) throws IOException {
    assertEquals(0, trainWithExtras("cut", EXTRAS).code());
    Path cut = folder.resolve("cut"); // its last checkpoint needs lines that are not there
    Files.writeString(cut.resolve(file), "x\n");
    assertRefused(run("train", "--resume", cut.toString(), "--quiet"), file);
  }

  private static List<String> solvers() {
    return DirectSolvers.names();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void everySolverLeavesTheFolderOfATraining(String name) throws IOException {
    String[] flags = {"--hidden", "", "--optimizer", name, "--dtype", "float64"};
    Result result =
        name.equals("ridge") ? train(name, with(flags, "--l2", "0.01")) : train(name, flags);
    assertEquals(0, result.code(), result.err());
    JsonNode summary = json(name, "summary.json");
    assertEquals("solved", summary.get("stop_reason").asText());
    assertTrue(summary.get("test_accuracy").asDouble() > 0.8, summary.toString());
    assertTrue(summary.at("/solution/optimality").asDouble() < 1e-9, summary.toString());
    String explanation = summary.get("explanation").asText();
    assertTrue(result.out().contains(explanation), result.out());
    assertTrue(result.out().contains("Objective "), result.out());
    String report = Files.readString(folder.resolve(name).resolve("report.html"));
    assertTrue(report.contains(explanation) && report.contains("optimality"), explanation);
    assertFalse(report.contains("rate 0.0"), "the report speaks of steps");
    List<String> lines = Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl"));
    assertEquals(1, lines.size());
    if (!name.equals("least-absolute")) { // whose objective is not the loss that is reported
      JsonNode line = new ObjectMapper().readTree(lines.getFirst());
      assertEquals(
          summary.at("/solution/objective").asDouble(),
          line.get("train_loss").asDouble() + line.get("penalty").asDouble(),
          1e-12);
    }
    Result evaluated = run("evaluate", "--model", folder.resolve(name).toString());
    String accuracy = String.format("test accuracy: %.4f", summary.get("test_accuracy").asDouble());
    assertTrue(evaluated.out().contains(accuracy), evaluated.out() + evaluated.err());
  }

  @Test
  void trainingConvergesToWhatNewtonSolvesFor() throws IOException {
    String[] linear = {"--hidden", "", "--l2", "0.01", "--dtype", "float64"};
    assertEquals(0, train("solved", with(linear, "--optimizer", "newton")).code());
    String[] steps = {"--optimizer", "lbfgs", "--batch", "2000", "--average", "0"};
    String[] endless = {"--patience", "1000", "--epochs", "60"};
    assertEquals(0, train("trained", with(with(linear, steps), endless)).code());
    double solved = json("solved", "summary.json").at("/solution/objective").asDouble();
    String last = Files.readAllLines(folder.resolve("trained/metrics.jsonl")).getLast();
    JsonNode line = new ObjectMapper().readTree(last);
    double trained = line.get("train_loss").asDouble() + line.get("penalty").asDouble();
    assertEquals(solved, trained, 1e-6 * solved);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "newton | --hidden 5 | needs --hidden \"\", not 5",
        "newton | --hidden '' --momentum 0.9 | --momentum does not go with --optimizer newton",
        "newton | --hidden '' --schedule cosine | --schedule does not go",
        "newton | --hidden '' --dropout 0.5 | --dropout does not go",
        "newton | --hidden '' --clip-norm 1 | --clip-norm does not go",
        "newton | --hidden '' --lr 1 | --lr does not go",
        "newton | --hidden '' --hashes | --hashes does not go",
        "newton | --hidden '' --loss squared-error | softmax-cross-entropy or binary",
        "ridge | --hidden '' --l2 1 --loss softmax-cross-entropy | squared-error",
        "ridge | --hidden '' | --l2 0.0: Ridge regression",
        "least-squares | --hidden '' --l2 1 | has no L2 penalty",
      })
  void whatMakesNoSenseWithASolverIsRefused(String solver, String flags, String expected) {
    String[] more =
        Arrays.stream(flags.split(" "))
            .map(word -> word.equals("''") ? "" : word)
            .toArray(String[]::new);
    assertRefused(train("a", with(more, "--optimizer", solver)), expected);
    assertFalse(Files.exists(folder.resolve("a")), "a folder was left behind");
  }

  @Test
  void dataWithoutABestModelAreRefusedAndLeaveNothing() throws IOException {
    String separable = regressionFolder().toString();
    assertRefused(
        train("a", "--data", separable, "--hidden", "", "--optimizer", "newton"), "is for classes");
    assertRefused(
        train(
            "a",
            "--data",
            "synthetic-digits",
            "--hidden",
            "",
            "--optimizer",
            "newton",
            "--validation",
            "0.9"),
        "7850 unknowns are too many");
    assertRefused(
        train("a", "--data", idxFolder(60, 60).toString(), "--hidden", "", "--optimizer", "newton"),
        "linearly separable");
    assertFalse(Files.exists(folder.resolve("a")), "a folder was left behind");
  }

  @Test
  void aSolvedRunHasNothingToGoOnWith() {
    assertEquals(0, train("a", "--hidden", "", "--optimizer", "newton").code());
    assertRefused(run("train", "--resume", folder.resolve("a").toString()), "nothing to go on");
  }

  @Test
  void aRegressionIsMeasuredInTheTargetsOwnUnits() throws IOException {
    String data = regressionFolder().toString();
    assertEquals(
        0, train("line", "--data", data, "--hidden", "", "--optimizer", "least-squares").code());
    JsonNode summary = json("line", "summary.json");
    assertFalse(summary.has("test_accuracy"), summary.toString());
    // The targets are 1000·x + 7 and, three rows by three, 10 more or less: a line leaves ±10.
    assertEquals(100, summary.get("test_mse").asDouble(), 5);
    Result network =
        train("net", "--data", data, "--hidden", "8", "--activation", "tanh", "--epochs", "3");
    assertEquals(0, network.code(), network.err());
    for (String run : List.of("line", "net")) {
      assertTrue(Files.size(folder.resolve(run).resolve("answers.png")) > 0, run);
      assertFalse(Files.exists(folder.resolve(run).resolve("features.png")), run);
      double mse = json(run, "summary.json").get("test_mse").asDouble();
      Result evaluated = run("evaluate", "--model", folder.resolve(run).toString());
      String reported = String.format("test mean squared error: %.6g", mse);
      assertTrue(evaluated.out().contains(reported), evaluated.out() + evaluated.err());
    }
    assertTrue(json("net", "summary.json").get("test_loss").asDouble() < 5, "scaled targets");
    assertRefused(
        run("evaluate", "--model", folder.resolve("line").toString(), "--data", "moons"),
        "features");
  }

  @Test
  void aDamagedRegressionFolderIsRefused() throws IOException {
    Path data = regressionFolder();
    Files.delete(data.resolve("test_indices_20_splits.txt"));
    assertRefused(train("a", "--data", data.toString()), "test_indices_20_splits.txt");
    assertFalse(Files.exists(folder.resolve("a")), "a folder was left behind");
  }

  private static String[] with(String[] flags, String... more) {
    return Stream.concat(Arrays.stream(flags), Arrays.stream(more)).toArray(String[]::new);
  }

  /// 200 rows of `x` and `1000·x + 7 ± 10`, every tenth for the test.
  private Path regressionFolder() throws IOException {
    Path path = Files.createTempDirectory(folder, "regression");
    StringBuilder table = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int row = 0; row < 200; row++) {
      double x = row / 200.0;
      table.append(x).append(' ').append(1000 * x + 7 + (row / 3 % 2 == 0 ? 10 : -10)).append('\n');
      test.append(row % 10 == 0 ? row + " " : "");
    }
    Files.writeString(path.resolve("data.txt"), table);
    Files.writeString(path.resolve("test_indices_20_splits.txt"), test.toString().strip() + "\n");
    return path;
  }

  @Test
  void bothElementTypesStartFromTheSameWeights() throws IOException {
    assertEquals(0, train("f32", "--epochs", "1").code());
    assertEquals(0, train("f64", "--epochs", "1", "--dtype", "float64").code());
    double single = firstLoss("f32");
    double twice = firstLoss("f64");
    assertEquals(twice, single, 1e-3 * twice);
    assertFalse(single == twice, "float64 computed in float32");
  }

  private double firstLoss(String run) throws IOException {
    String line = Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).getFirst();
    return new ObjectMapper().readTree(line).get("train_loss").asDouble();
  }

  @Test
  void evaluateFindsWhatTrainingReported() throws IOException {
    train("a", "--epochs", "5");
    double reported = json("a", "summary.json").get("test_accuracy").asDouble();
    Result result = run("evaluate", "--model", folder.resolve("a").toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains(String.format("test accuracy: %.4f", reported)), result.out());
  }

  @Test
  void evaluateRefusesDamagedRuns() throws IOException {
    assertEquals(0, train("a", "--epochs", "1").code());
    String[] evaluate = {"evaluate", "--model", folder.resolve("a").toString()};
    Path weights = folder.resolve("a").resolve("model.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1000));
    assertRefused(run(evaluate), "model.safetensors");
    Files.delete(weights);
    assertRefused(run(evaluate), "model.safetensors");
    for (String content : List.of("{}", "{\"settings\": null}", "nonsense", "")) {
      Files.writeString(folder.resolve("a").resolve("config.json"), content);
      assertRefused(run(evaluate), "config.json");
    }
  }

  @Test
  void evaluateRefusesWhatIsNoRunAndDataThatDoNotFit() {
    assertRefused(run("evaluate", "--model", folder.toString()), "config.json");
    train("a", "--epochs", "1");
    Path images = idxFolder(20, 20);
    assertRefused(
        run("evaluate", "--model", folder.resolve("a").toString(), "--data", images.toString()),
        "features");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hidden | abc | --hidden",
        "--hidden | 5,,5 | --hidden",
        "--hidden | -3 | --hidden",
        "--lr | -1 | --lr",
        "--lr | 0 | --lr",
        "--lr | NaN | --lr",
        "--lr | fast | no number",
        "--epochs | 0 | --epochs",
        "--epochs | 1.5 | no whole number",
        "--epochs | 99999999999 | no whole number that fits",
        "--data | '' | --data must be",
        "--validation | -0.1 | from 0 on",
        "--batch | 0 | --batch",
        "--threads | 0 | --threads",
        "--validation | 1 | --validation",
        "--l2 | -1 | --l2",
        "--l1 | -1 | --l1",
        "--lp | 0.5:1 | power",
        "--lp | 2 | --lp must be",
        "--schedule | cosinus | one-cycle",
        "--schedule | warmup:200%+cosine | warmup",
        "--momentum | 0.9 | has no momentum",
        "--momentum | much | --momentum must be",
        "--convention | caffe | keras",
        "--clip-norm | -1 | --clip-norm",
        "--patience | 0 | --patience",
        "--activation | rely | relu, softplus",
        "--optimizer | adamo | adamw",
        "--loss | hinge | softmax-cross-entropy",
        "--dtype | float16 | float32 or float64",
        "--data | nowhere | nowhere",
        "--dropout | 1 | --dropout must be",
        "--average | 1 | --average must be",
        "--resume | runs/x | config.json",
        "--colour | red | --colour"
      })
  void wrongArgumentsGetOneSentenceAndLeaveNothing(String flag, String value, String expected) {
    assertRefused(train("a", flag, value), expected);
    assertFalse(Files.exists(folder.resolve("a")), "a folder was left behind");
  }

  @Test
  void aFolderThatIsNotEmptyOrCannotBeMadeIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full").resolve("mine.txt"), "keep");
    assertRefused(train("full"), "not empty");
    assertRefused(run("train", "--data", "moons", "--out", ""), "--out must be");
    assertEquals("keep", Files.readString(folder.resolve("full").resolve("mine.txt")));
    Files.writeString(folder.resolve("file"), "");
    assertRefused(train("file/below"), "not a folder");
  }

  @Test
  void brokenIdxFilesAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path missing = idxFolder(20, 20);
    Files.delete(missing.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(train("a", "--data", missing.toString()), "t10k-labels-idx1-ubyte");
    Path truncated = idxFolder(20, 20);
    Path images = truncated.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 50));
    assertRefused(train("a", "--data", truncated.toString()), "train-images-idx3-ubyte");
    Path unequal = idxFolder(20, 19);
    assertRefused(train("a", "--data", unequal.toString()), "19");
    assertFalse(Files.exists(folder.resolve("a")), "a folder was left behind");
  }

  @Test
  void aFolderOfIdxFilesIsTrainedOn() throws IOException {
    Result result =
        train("a", "--data", idxFolder(60, 60).toString(), "--epochs", "2", "--hidden", "");
    assertEquals(0, result.code(), result.err());
    for (String file : List.of("features.png", "samples.png", "loss.png", "accuracy.png")) {
      assertTrue(Files.size(folder.resolve("a").resolve(file)) > 0, file);
    }
  }

  @Test
  void trainingThatDivergesKeepsGoodWeightsAndSaysAtWhichStep() throws IOException {
    Result result = train("a", "--optimizer", "sgd", "--lr", "1e30", "--epochs", "3");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("step "), result.err());
    assertFalse(result.err().contains("\tat "), "a stack trace");
    assertEquals("diverged", json("a", "summary.json").get("stop_reason").asText());
    assertFalse(json("a", "summary.json").has("test_accuracy"));
    byte[] bytes = weights("a");
    long header = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
    var numbers =
        ByteBuffer.wrap(bytes, 8 + (int) header, bytes.length - 8 - (int) header)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    while (numbers.hasRemaining()) {
      assertTrue(Float.isFinite(numbers.get()));
    }
  }

  @Test
  void quietTrainingPrintsTheSummaryAlone() {
    Result result = train("a", "--epochs", "1", "--quiet");
    assertEquals(result.lastLine(), result.out().strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xor-by-hand", "xor-learned", "backprop-by-hand", "gradient-check", "cost-rule"})
  void everyExperimentRuns(String name) {
    assertTrue(run("experiment").out().contains(name));
    Result result = run("experiment", name, "--out", folder.resolve("pictures").toString());
    assertEquals(0, result.code(), result.err());
  }

  @Test
  void gradcheckPassesEveryOpLayerAndLoss() {
    Result result = run("gradcheck");
    assertEquals(0, result.code(), result.out());
    for (String name : List.of("MatMul", "Linear", "Residual", "SoftmaxCrossEntropy")) {
      assertTrue(result.out().contains(name), name);
    }
    assertEquals(0, run("gradcheck", "Linear").code());
    assertRefused(run("gradcheck", "Nothing"), "Nothing");
  }

  @Test
  void dataListsAndShowsAndUnknownCommandsAreRefused() {
    assertTrue(run("data", "list").out().contains("synthetic-digits"));
    assertTrue(run("data", "show", "spirals").out().contains("3 classes"));
    assertRefused(run("trian"), "train");
    assertRefused(run(), "train");
    assertRefused(run("sweep"), "later version");
  }

  @ParameterizedTest
  @CsvSource({
    "--batchh=3, Did you mean --batch?",
    "--batchh=3, See lanewise train --help.",
    "spirals, no option or argument 'spirals'",
  })
  void whatTrainDoesNotKnowIsRefusedWithAHint(String argument, String expected) {
    assertRefused(run("train", argument), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "float32, float17, float17",
    "relu, rulu, rulu",
    "'\"divisor\" : [', '\"divisor\" : [ 1.0,', cannot be scaled",
    "'\"inputs\" : 2', '\"inputs\" : 3', 3 features",
  })
  void aRunWhoseConfigurationWasChangedIsRefusedInASentence(String from, String to, String expected)
      throws IOException {
    assertEquals(0, train("run", "--epochs", "1", "--activation", "relu").code());
    Path config = folder.resolve("run").resolve("config.json");
    String text = Files.readString(config);
    assertTrue(text.contains(from), text);
    Files.writeString(config, text.replace(from, to));
    assertRefused(run("evaluate", "--model", folder.resolve("run").toString()), expected);
  }

  private static void assertRefused(Result result, String expected) {
    assertEquals(2, result.code(), result.out() + result.err());
    assertTrue(result.err().contains(expected), result.err());
    assertEquals(1, result.err().strip().lines().count(), result.err());
    assertFalse(result.err().contains("Exception"), result.err());
  }

  /// Four small IDX files of 6×6 images with three classes.
  private Path idxFolder(int images, int labels) {
    try {
      Path path = Files.createTempDirectory(folder, "idx");
      for (String part : List.of("train", "t10k")) {
        ByteBuffer pixels = ByteBuffer.allocate(16 + images * 36);
        pixels.putInt(0x803).putInt(images).putInt(6).putInt(6);
        for (int i = 0; i < images * 36; i++) {
          pixels.put((byte) (i / 36 % 3 == i % 3 ? 200 : i % 50));
        }
        Files.write(path.resolve(part + "-images-idx3-ubyte"), pixels.array());
        ByteBuffer classes = ByteBuffer.allocate(8 + labels);
        classes.putInt(0x801).putInt(labels);
        for (int i = 0; i < labels; i++) {
          classes.put((byte) (i % 3));
        }
        Files.write(path.resolve(part + "-labels-idx1-ubyte"), classes.array());
      }
      return path;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
