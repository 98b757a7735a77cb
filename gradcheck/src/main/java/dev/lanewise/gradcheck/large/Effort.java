package dev.lanewise.gradcheck.large;

import java.util.function.Consumer;

/// What a check may cost, and who hears of it. The report is the same for any number of threads.
///
/// @param threads how many threads evaluate the function; the function must bear being recorded and
///     evaluated by as many at a time, each with a graph of its own
/// @param everyCoordinateUpTo how many coordinates a problem may have for each of them to be
///     checked; larger ones are checked along directions and by a sample
/// @param progress is told how far a check has come, see [Progress]; never by two threads at a time
public record Effort(int threads, int everyCoordinateUpTo, Consumer<Progress> progress) {
  /// An effort.
  ///
  /// @throws IllegalArgumentException if there is no thread
  public Effort {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "A check needs at least one thread, but was given " + threads + ".");
    }
  }

  /// All processors, every coordinate up to 2,000, and nobody hears of it.
  ///
  /// @return the effort
  public static Effort usual() {
    return new Effort(Runtime.getRuntime().availableProcessors(), 2000, progress -> {});
  }

  /// The same effort with another number of threads.
  ///
  /// @param count the number
  /// @return the effort
  /// @throws IllegalArgumentException if there is no thread
  public Effort threads(int count) {
    return new Effort(count, everyCoordinateUpTo, progress);
  }

  /// The same effort with another limit of size.
  ///
  /// @param coordinates how many coordinates a problem may have for each to be checked
  /// @return the effort
  public Effort everyCoordinateUpTo(int coordinates) {
    return new Effort(threads, coordinates, progress);
  }

  /// The same effort with an observer.
  ///
  /// @param observer is told how far a check has come
  /// @return the effort
  public Effort progress(Consumer<Progress> observer) {
    return new Effort(threads, everyCoordinateUpTo, observer);
  }
}
