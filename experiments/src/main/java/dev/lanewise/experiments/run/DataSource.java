package dev.lanewise.experiments.run;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TrainAndTest;
import dev.lanewise.data.idx.MnistFolder;
import dev.lanewise.data.synthetic.Moons;
import dev.lanewise.data.synthetic.Spirals;
import dev.lanewise.data.synthetic.SyntheticDigits;
import dev.lanewise.data.synthetic.Xor;
import dev.lanewise.data.table.RegressionFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What `--data` can name: a built-in set, a folder of IDX files, or one with a table for
/// regression and its published splits, of which the first is taken. The built-in sets have a seed
/// of their own, so that they are the same in every run.
public enum DataSource {
  /// 28×28 images drawn like handwriting.
  SYNTHETIC_DIGITS(
      "synthetic-digits", "28x28 images of digits, drawn like handwriting, 10 classes") {
    @Override
    TrainAndTest<? extends Dataset> load(int threads) {
      return SyntheticDigits.standard(
          SyntheticDigits.TRAIN_SIZE, SyntheticDigits.TEST_SIZE, threads);
    }
  },
  /// Clouds around the corners of exclusive or.
  XOR("xor", "clouds around the four corners of exclusive or, 2 features, 2 classes") {
    @Override
    TrainAndTest<? extends Dataset> load(int threads) {
      return new TrainAndTest<>(
          Xor.clouds(250, 0.15, key().with("train")), Xor.clouds(250, 0.15, key().with("test")));
    }
  },
  /// Two half circles.
  MOONS("moons", "two half circles that reach into each other, 2 features, 2 classes") {
    @Override
    TrainAndTest<? extends Dataset> load(int threads) {
      return new TrainAndTest<>(
          Moons.draw(500, 0.15, key().with("train")), Moons.draw(500, 0.15, key().with("test")));
    }
  },
  /// Three arms of a spiral.
  SPIRALS("spirals", "three arms of a spiral, 2 features, 3 classes") {
    @Override
    TrainAndTest<? extends Dataset> load(int threads) {
      return new TrainAndTest<>(
          Spirals.draw(3, 500, 1, 0.02, key().with("train")),
          Spirals.draw(3, 500, 1, 0.02, key().with("test")));
    }
  };

  private static final long SEED = 28;

  private final String label;
  private final String description;

  DataSource(String label, String description) {
    this.label = label;
    this.description = description;
  }

  abstract TrainAndTest<? extends Dataset> load(int threads);

  /// The name users write.
  ///
  /// @return the name
  public String label() {
    return label;
  }

  /// What the set is, in a line.
  ///
  /// @return a phrase
  public String description() {
    return description;
  }

  /// Loads what a name stands for: a built-in set, else a folder of IDX files or with a
  /// table for regression.
  ///
  /// @param name a built-in name, or the path of a folder
  /// @param threads how many threads may generate data
  /// @return the training and the test part
  /// @throws InputException if it is neither
  /// @throws dev.lanewise.data.DataException if a file is missing or malformed
  public static TrainAndTest<? extends Dataset> load(String name, int threads) {
    for (DataSource each : values()) {
      if (each.label.equals(name)) {
        return each.load(threads);
      }
    }
    Path folder = Path.of(name);
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "There is no data set '"
              + name
              + "': expected "
              + Arrays.stream(values()).map(DataSource::label).collect(Collectors.joining(", "))
              + ", a folder of IDX files, or one with a "
              + RegressionFolder.TABLE
              + " for regression.");
    }
    if (Files.exists(folder.resolve(RegressionFolder.TABLE))) {
      return RegressionFolder.read(folder).split(0);
    }
    return MnistFolder.read(folder);
  }

  /// What a data set is called in the name of a run's folder.
  ///
  /// @param name a built-in name, or the path of a folder
  /// @return the name, or the last part of the path
  public static String shortName(String name) {
    Path last = Path.of(name).toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString();
  }

  Key key() {
    return Key.of(SEED).with(label);
  }
}
