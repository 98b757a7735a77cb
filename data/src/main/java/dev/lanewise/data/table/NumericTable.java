package dev.lanewise.data.table;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Provenance;
import dev.lanewise.data.TensorDataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A table of numbers, read from a text file: one row in each line, blanks or tabs between the
/// numbers, no header.
///
/// The rules of this reader:
/// - All rows have as many numbers as the first. Empty lines may only be at the end.
/// - A number is a decimal one: digits with an optional sign, point and exponent, as in `-1.5e-3`.
///   Nothing else is: not `NaN`, `inf`, `0x1p3`, `1,5` or `1d`. Each is rounded to the nearest
///   double, and must not be too large for one.
/// - A table has at most 2³¹−9 numbers, because it lives in one Java array, which grows with the
///   lines that are really there.
public final class NumericTable {
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final Path file;
  private final int columns;
  private final DoubleTensor values;

  private NumericTable(Path file, int columns, DoubleTensor values) {
    this.file = file;
    this.columns = columns;
    this.values = values;
  }

  /// Reads a file.
  ///
  /// @param file the file
  /// @return its table
  /// @throws DataException if the file is missing, cannot be read, or breaks one of the rules
  ///     above; the message names the file, the line, and what was expected and found
  public static NumericTable read(Path file) {
    Rows rows = new Rows(file);
    TextLines.read(file, rows::add);
    return new NumericTable(
        file,
        rows.columns,
        new DoubleTensor(
            Shape.of(rows.size / rows.columns, rows.columns),
            Arrays.copyOf(rows.numbers, rows.size),
            0));
  }

  /// The number of rows.
  ///
  /// @return at least 1
  public int rows() {
    return values.shape().rows();
  }

  /// The number of columns.
  ///
  /// @return at least 1
  public int columns() {
    return columns;
  }

  /// All numbers.
  ///
  /// @return a copy, of shape `[rows, columns]`
  public DoubleTensor values() {
    return values.copy();
  }

  /// The table as a set for regression, whose targets are its last columns.
  ///
  /// @param targets how many columns are targets
  /// @param source what the data are, in a few words
  /// @return a dataset of float64 with features of shape `[columns − targets]` and targets of shape
  ///     `[targets]`, and the file's checksum
  /// @throws DataException if no column is left for the features
  public TensorDataset regression(int targets, String source) {
    if (targets < 1 || targets >= columns) {
      throw new DataException(
          file
              + ": a table of "
              + columns
              + " columns cannot give features and "
              + targets
              + " targets.");
    }
    int features = columns - targets;
    Tensor x = Tensor.zeros(DType.FLOAT64, Shape.of(rows(), features));
    Tensor t = Tensor.zeros(DType.FLOAT64, Shape.of(rows(), targets));
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < features; column++) {
        x.set(values.get(row, column), row, column);
      }
      for (int column = 0; column < targets; column++) {
        t.set(values.get(row, features + column), row, column);
      }
    }
    return TensorDataset.regression(x, t, Provenance.ofFiles(source, List.of(file)));
  }

  /// The rows read so far.
  private static final class Rows {
    private final Path file;
    private double[] numbers = new double[1024];
    private int size;
    private int columns;

    Rows(Path file) {
      this.file = file;
    }

    void add(int line, List<String> words) {
      if (columns == 0) {
        columns = words.size();
      } else if (words.size() != columns) {
        throw new DataException(
            TextLines.at(file, line)
                + "expected "
                + columns
                + " numbers as in line 1, but found "
                + words.size()
                + ".");
      }
      if (words.size() > LARGEST - size) {
        throw new DataException(
            TextLines.at(file, line)
                + "expected at most "
                + LARGEST
                + " numbers in a table, but found more.");
      }
      if (numbers.length < size + columns) {
        long larger = Math.max(2L * numbers.length, size + columns);
        numbers = Arrays.copyOf(numbers, (int) Math.min(larger, LARGEST));
      }
      for (int column = 0; column < columns; column++) {
        numbers[size++] = number(words.get(column), line, column);
      }
    }

    private double number(String word, int line, int column) {
      if (!Decimal.matches(word)) {
        throw new DataException(
            where(line, column)
                + "expected a decimal number, but found "
                + TextLines.quoted(word)
                + ".");
      }
      double value = Double.parseDouble(word);
      if (Double.isInfinite(value)) {
        throw new DataException(
            where(line, column)
                + "expected a number of at most "
                + Double.MAX_VALUE
                + ", but found "
                + TextLines.quoted(word)
                + ".");
      }
      return value;
    }

    private String where(int line, int column) {
      return file + ", line " + line + ", column " + (column + 1) + ": ";
    }
  }
}
