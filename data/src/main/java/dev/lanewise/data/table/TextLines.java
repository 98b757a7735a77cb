package dev.lanewise.data.table;

import dev.lanewise.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// The words of a text file, line by line. White space is blanks and tabs.
final class TextLines {
  private TextLines() {}

  /// What a reader does with a line.
  @FunctionalInterface
  interface Visitor {
    /// Takes a line that is not empty.
    ///
    /// @param line the line's number, from 1 on
    /// @param words at least one
    void visit(int line, List<String> words);
  }

  /// Shows each line; empty lines may only be at the end of the file.
  ///
  /// @throws DataException if the file is missing, cannot be read, is no text in UTF-8, has no
  ///     lines, or an empty one before the end
  static void read(Path file, Visitor visitor) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read(file, reader, visitor);
    } catch (NoSuchFileException e) {
      throw new DataException(
          file + ": there is no such file in " + file.toAbsolutePath().getParent() + ".", e);
    } catch (CharacterCodingException e) {
      throw new DataException(file + ": expected text in UTF-8, but found bytes that are none.", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read (" + e + ").", e);
    }
  }

  private static void read(Path file, BufferedReader reader, Visitor visitor) throws IOException {
    int line = 0;
    int empty = 0;
    for (@Nullable String text = reader.readLine(); text != null; text = reader.readLine()) {
      line++;
      List<String> words = words(text);
      if (words.isEmpty()) {
        empty = empty == 0 ? line : empty;
        continue;
      }
      if (empty != 0) {
        throw new DataException(
            at(file, empty) + "expected numbers, but found an empty line before the end.");
      }
      visitor.visit(line, words);
    }
    if (line == 0 || empty == 1) {
      throw new DataException(file + ": expected lines of numbers, but found none.");
    }
  }

  /// The beginning of a message.
  static String at(Path file, int line) {
    return file + ", line " + line + ": ";
  }

  /// A word as it can be shown: shortened, and without control characters.
  static String quoted(String word) {
    int shown = Math.min(word.length(), 40);
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < shown; i++) {
      char each = word.charAt(i);
      text.append(Character.isISOControl(each) ? '\uFFFD' : each);
    }
    return text.append(shown < word.length() ? "…'" : "'").toString();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, " \t");
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }
}
