package dev.lanewise.bench.peers;

import dev.lanewise.bench.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One product by all libraries.
///
/// @param cell what was computed
/// @param results how fast each library was; ours is among them
record Comparison(Cell cell, Map<Library, Result> results) {

  /// The fastest of the others.
  Library best() {
    return results.keySet().stream()
        .filter(library -> library != Library.LANEWISE)
        .min(Comparator.comparingDouble(this::ratio))
        .orElseThrow(() -> new IllegalStateException("no peer was measured at " + cell));
  }

  /// How many times as fast as another library ours is: the median over the rounds.
  double ratio(Library other) {
    return Result.median(ratios(other));
  }

  /// How many times as fast ours is in each round. Both rates are fractions of the peak measured
  /// beside them, which leaves out most of what else the machine was busy with.
  List<Double> ratios(Library other) {
    List<Double> ours = result(Library.LANEWISE).fractions();
    List<Double> theirs = result(other).fractions();
    return IntStream.range(0, ours.size())
        .mapToObj(round -> ours.get(round) / theirs.get(round))
        .toList();
  }

  Result result(Library library) {
    Result result = results.get(library);
    if (result == null) {
      throw new IllegalArgumentException(library + " was not measured at " + cell);
    }
    return result;
  }
}
