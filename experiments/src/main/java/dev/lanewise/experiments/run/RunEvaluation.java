package dev.lanewise.experiments.run;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.ModelFile;
import dev.lanewise.layers.Sequential;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The answers of a run's weights on a test part.
///
/// @param config what the run was trained with
/// @param test the rows
/// @param choice the run's loss
/// @param result the answers
public record RunEvaluation(RunConfig config, Dataset test, LossChoice choice, TestResult result) {
  /// Loads a run's weights and lets them answer.
  ///
  /// @param run the run's folder
  /// @param data the data, or null for the run's own
  /// @return the answers
  /// @throws InputException if the folder is not one of a run, or the data do not fit the model
  public static RunEvaluation of(Path run, @Nullable String data) {
    RunConfig config = RunConfig.read(run);
    int threads = Runtime.getRuntime().availableProcessors();
    String source = data == null ? config.settings().data() : data;
    Dataset test = DataSource.load(source, threads).test();
    requireFit(config, test, source);
    requireSameKind(config, test, source);
    DType dtype = config.settings().elementType();
    Sequential model = config.model().build(config.settings().seed(), dtype);
    ModelFile.load(model, run.resolve(RunFolder.MODEL));
    LossChoice choice = LossChoice.of(config.settings().loss(), test);
    Dataset scaled = config.inputs().apply(test);
    TestResult result = TestResult.of(model, choice, scaled, config.targets(), dtype, threads);
    return new RunEvaluation(config, test, choice, result);
  }

  private static void requireSameKind(RunConfig config, Dataset test, String source) {
    boolean classes = !config.classLabels().isEmpty();
    if (classes == test.classLabels().isEmpty()) {
      throw new InputException(
          classes
              ? source + " has numbers as targets, but the model answers with classes."
              : source + " has classes, but the model answers with numbers.");
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
