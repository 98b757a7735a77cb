package dev.lanewise.data;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A dataset cut into parts that share no row, as views. Within a part the rows keep their order.
///
/// @param train the rows to learn from
/// @param validation the rows to choose settings and the moment to stop by; may be empty
/// @param test the rows to report the result on; may be empty
public record Split(Dataset train, Dataset validation, Dataset test) {
  private static final int LABEL_BLOCK = 4096;

  /// A random split: each part's rows are drawn from the whole set. The validation and test parts
  /// get their fraction of the rows, rounded to the nearest number, and training the rest.
  ///
  /// @param dataset the set to cut
  /// @param validation the fraction for validation, from 0 to less than 1
  /// @param test the fraction for testing, from 0 to less than 1
  /// @param key the key of the draw
  /// @return the parts
  /// @throws IllegalArgumentException if a fraction is out of range or nothing is left to train on
  public static Split random(Dataset dataset, double validation, double test, Key key) {
    requireFractions(validation, test);
    int[] parts = new int[dataset.size()];
    deal(IntStream.range(0, parts.length).toArray(), validation, test, key.with("split"), parts);
    return cut(dataset, parts);
  }

  /// A random split that keeps the proportions of the classes: each class by itself gives its
  /// fraction of rows, rounded to the nearest number, to the validation and test parts.
  ///
  /// @param dataset the set to cut, for classification
  /// @param validation the fraction for validation, from 0 to less than 1
  /// @param test the fraction for testing, from 0 to less than 1
  /// @param key the key of the draw
  /// @return the parts
  /// @throws IllegalArgumentException if a fraction is out of range, nothing is left to train on,
  ///     or the set has no classes
  public static Split stratified(Dataset dataset, double validation, double test, Key key) {
    requireFractions(validation, test);
    int classes = dataset.classLabels().size();
    if (classes == 0) {
      throw new IllegalArgumentException(
          "A stratified split needs classes, but this dataset has none.");
    }
    int[] labels = labels(dataset);
    int[] parts = new int[dataset.size()];
    for (int each = 0; each < classes; each++) {
      int[] rows = rowsOf(each, labels);
      deal(rows, validation, test, key.with("stratified split").with(each), parts);
    }
    return cut(dataset, parts);
  }

  private static void requireFractions(double validation, double test) {
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "The fractions for validation and test must be at least 0 and leave some rows for"
              + " training, but are "
              + validation
              + " and "
              + test
              + ".");
    }
  }

  /// Marks rows: 1 for validation, 2 for test; the others stay 0.
  private static void deal(int[] rows, double validation, double test, Key key, int[] parts) {
    if (validation + test == 0) {
      return;
    }
    Shuffle.shuffle(rows, key);
    int forValidation = (int) Math.round(validation * rows.length);
    int forTest = Math.min((int) Math.round(test * rows.length), rows.length - forValidation);
    for (int i = 0; i < forValidation; i++) {
      parts[rows[i]] = 1;
    }
    for (int i = forValidation; i < forValidation + forTest; i++) {
      parts[rows[i]] = 2;
    }
  }

  private static Split cut(Dataset dataset, int[] parts) {
    Dataset[] views = new Dataset[3];
    for (int part = 0; part < views.length; part++) {
      views[part] = dataset.select(rowsOf(part, parts));
    }
    if (views[0].size() == 0) {
      throw new IllegalArgumentException(
          "Of " + parts.length + " rows the split leaves none for training.");
    }
    return new Split(views[0], views[1], views[2]);
  }

  /// The rows whose number is the wanted one, in order.
  private static int[] rowsOf(int wanted, int[] numbers) {
    int[] rows = new int[numbers.length];
    int count = 0;
    for (int row = 0; row < numbers.length; row++) {
      if (numbers[row] == wanted) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static int[] labels(Dataset dataset) {
    int[] labels = new int[dataset.size()];
    for (int from = 0; from < labels.length; from += LABEL_BLOCK) {
      int count = Math.min(LABEL_BLOCK, labels.length - from);
      int[] rows = IntStream.range(from, from + count).toArray();
      Tensor targets = Tensor.zeros(DType.FLOAT64, dataset.targetBatch(count));
      dataset.copyTargets(rows, targets);
      for (int i = 0; i < count; i++) {
        labels[from + i] =
            ClassIndex.require(targets.getFlat(i), from + i, dataset.classLabels().size());
      }
    }
    return labels;
  }
}
