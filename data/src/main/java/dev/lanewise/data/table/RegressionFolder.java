package dev.lanewise.data.table;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TrainAndTest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A set for regression with the splits that published results were measured on: a folder with
/// `data.txt`, a [NumericTable] whose last column is the target, and `test_indices_20_splits.txt`,
/// the [TestRows].
///
/// The layout is that of the sets used by J. M. Hernández-Lobato and R. Adams, *Probabilistic
/// Backpropagation for Scalable Learning of Bayesian Neural Networks*, ICML 2015, their index files
/// put together in one.
public final class RegressionFolder {
  /// The file with the table.
  public static final String TABLE = "data.txt";

  /// The file with the splits.
  public static final String SPLITS = "test_indices_20_splits.txt";

  private final Dataset dataset;
  private final List<int[]> testRows;

  private RegressionFolder(Dataset dataset, List<int[]> testRows) {
    this.dataset = dataset;
    this.testRows = testRows;
  }

  /// Reads a folder.
  ///
  /// @param folder the folder
  /// @return the set and its splits
  /// @throws DataException if a file is missing or malformed, see [NumericTable] and [TestRows]
  public static RegressionFolder read(Path folder) {
    Dataset dataset = NumericTable.read(folder.resolve(TABLE)).regression(1, name(folder));
    return new RegressionFolder(dataset, TestRows.read(folder.resolve(SPLITS), dataset.size()));
  }

  /// All rows.
  ///
  /// @return the set, with targets of shape `[1]`
  public Dataset dataset() {
    return dataset;
  }

  /// The number of splits.
  ///
  /// @return at least 1
  public int splits() {
    return testRows.size();
  }

  /// One split, as views. The rows of the training part keep their order, those of the test part
  /// have the order of the file.
  ///
  /// @param number from 0 on
  /// @return the parts
  /// @throws IndexOutOfBoundsException if there is no such split
  public TrainAndTest<Dataset> split(int number) {
    int[] test = testRows.get(number);
    boolean[] tested = new boolean[dataset.size()];
    for (int row : test) {
      tested[row] = true;
    }
    int[] train = IntStream.range(0, tested.length).filter(row -> !tested[row]).toArray();
    return new TrainAndTest<>(dataset.select(train), dataset.select(test));
  }

  private static String name(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    return last == null ? "regression set" : last.toString();
  }
}
