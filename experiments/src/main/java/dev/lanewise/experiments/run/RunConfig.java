package dev.lanewise.experiments.run;

import dev.lanewise.data.Provenance;
import dev.lanewise.optim.checkpoint.Environment;
import java.nio.file.Path;
import java.util.List;

/// `config.json`: enough to repeat a run, and to use its weights.
///
/// @param settings the flags, `auto` replaced by what it came to
/// @param model the model's shape
/// @param inputs how features are scaled before the model sees them
/// @param targets how the targets of a regression are scaled for the model
/// @param classLabels the names of the classes; empty for regression
/// @param rowsPerShard how many rows of a batch make a shard; results depend on it
/// @param split how many rows there are to learn from, to validate with and to test on
/// @param trainData where the training part comes from, with checksums
/// @param testData where the test part comes from, with checksums
/// @param kernels which kernels computed; results depend on them
/// @param jdk the Java version
/// @param machine the operating system and the processor, with its features
/// @param version the version of the program
public record RunConfig(
    TrainSettings settings,
    MlpSpec model,
    InputScaling inputs,
    TargetScaling targets,
    List<String> classLabels,
    int rowsPerShard,
    SplitSizes split,
    Provenance trainData,
    Provenance testData,
    String kernels,
    String jdk,
    String machine,
    String version) {
  /// Numbers of rows.
  ///
  /// @param train to learn from
  /// @param validation to choose the best epoch by
  /// @param test to report the result on
  public record SplitSizes(int train, int validation, int test) {}

  /// Reads a run's configuration.
  ///
  /// @param run the run's folder
  /// @return what it was trained with
  /// @throws InputException if it is not there or not readable
  public static RunConfig read(Path run) {
    return Json.read(run.resolve(RunFolder.CONFIG), RunConfig.class);
  }

  static String thisJdk() {
    return Environment.here().jdk();
  }

  static String thisMachine() {
    return System.getProperty("os.name") + ", " + Environment.here().cpu();
  }

  static String thisVersion() {
    return Environment.here().lanewise();
  }

  static String theseKernels() {
    return Environment.here().kernels();
  }
}
