package dev.lanewise.experiments;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.data.Dataset;
import dev.lanewise.experiments.run.DataSource;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.LossChoice;
import dev.lanewise.experiments.run.RunConfig;
import dev.lanewise.experiments.run.RunFolder;
import dev.lanewise.experiments.run.TestResult;
import dev.lanewise.layers.ModelFile;
import dev.lanewise.layers.Sequential;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evaluate`: measures a run's weights on a test part.
@Command(
    name = "evaluate",
    description = "Measures the weights of a run on the test part of its data, or of others.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "a run's folder")
  private Path run = Path.of("");

  @Option(names = "--data", paramLabel = "NAME|PATH", description = "by default the run's own")
  private @Nullable String data;

  @Override
  public void run() {
    RunConfig config = RunConfig.read(run);
    int threads = Runtime.getRuntime().availableProcessors();
    String source = data == null ? config.settings().data() : data;
    Dataset test = DataSource.load(source, threads).test();
    requireFit(config, test, source);
    DType dtype = config.settings().elementType();
    Sequential model = config.model().build(config.settings().seed(), dtype);
    ModelFile.load(model, run.resolve(RunFolder.MODEL));
    LossChoice choice = LossChoice.of(config.settings().loss(), test);
    Dataset scaled = config.inputs().apply(test);
    TestResult result = TestResult.of(model, choice, scaled, dtype, threads);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "test examples: %d%n", test.size());
    out.printf(Locale.ROOT, "test loss: %.6f%n", result.loss());
    Double accuracy = result.accuracy();
    if (accuracy != null) {
      out.printf(Locale.ROOT, "test accuracy: %.4f%n", accuracy);
    }
    Double error = result.meanSquaredError();
    if (error != null) {
      out.printf(Locale.ROOT, "test mean squared error: %.6g%n", error);
    }
  }

  private static void requireFit(RunConfig config, Dataset test, String source) {
    int expected = config.model().inputs();
    int found = test.featureShape().size();
    if (expected != found || test.classLabels().size() > config.model().outputs()) {
      throw new InputException(
          source
              + " has "
              + found
              + " features and "
              + test.classLabels().size()
              + " classes, but the model takes "
              + expected
              + " features and has "
              + config.model().outputs()
              + " outputs.");
    }
  }
}
