package dev.lanewise.data.table;

import dev.lanewise.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lists of the rows that belong to the test part of a set, one split in each line of a text file:
/// row numbers from 0 on, blanks or tabs between. All other rows are for training.
///
/// A split names at least one row and not all of them, no row twice, and only rows there are.
public final class TestRows {
  private static final int LONGEST = 9;

  private TestRows() {}

  /// Reads a file.
  ///
  /// @param file the file
  /// @param rows the number of rows of the set
  /// @return for each split its test rows, in the order of the file
  /// @throws DataException if the file is missing, cannot be read, or breaks one of the rules
  ///     above; the message names the file, the line, and what was expected and found
  public static List<int[]> read(Path file, int rows) {
    List<int[]> splits = new ArrayList<>();
    TextLines.read(file, (line, words) -> splits.add(split(file, line, words, rows)));
    return splits;
  }

  private static int[] split(Path file, int line, List<String> words, int rows) {
    if (words.size() >= rows) {
      throw new DataException(
          TextLines.at(file, line)
              + "expected fewer test rows than the "
              + rows
              + " rows of the set, but found "
              + words.size()
              + ".");
    }
    boolean[] seen = new boolean[rows];
    int[] split = new int[words.size()];
    for (int i = 0; i < split.length; i++) {
      String word = words.get(i);
      int row = number(word);
      if (row < 0 || row >= rows) {
        throw new DataException(
            TextLines.at(file, line)
                + "expected row numbers from 0 to "
                + (rows - 1)
                + ", but found "
                + TextLines.quoted(word)
                + ".");
      }
      if (seen[row]) {
        throw new DataException(
            TextLines.at(file, line) + "expected no row twice, but found " + row + " again.");
      }
      seen[row] = true;
      split[i] = row;
    }
    return split;
  }

  /// The number that digits stand for; −1 if they are none, or too many for a row.
  private static int number(String word) {
    if (word.length() > LONGEST || !word.chars().allMatch(each -> Decimal.isDigit((char) each))) {
      return -1;
    }
    return Integer.parseInt(word);
  }
}
