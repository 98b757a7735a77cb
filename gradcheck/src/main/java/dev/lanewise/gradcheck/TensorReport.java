package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one run found in one input or parameter.
///
/// @param variable the input or parameter
/// @param counts how many coordinates have which verdict
/// @param nonZeroConfirmed how many coordinates with a derivative other than zero are PASS or KINK
/// @param nonZero how many coordinates have a derivative other than zero
/// @param resolution the median of `w/|a|` over the confirmed coordinates: relative errors above it
///     would have been seen; NaN without any
/// @param relativeError the largest relative error `|a − n|/(|a| + |n|)` of the coordinates that
///     are PASS; 0 without any
/// @param worst the coordinate with the largest distance `|a − n|/w`, of those that fail if any
///     does
/// @param failures the first coordinates that fail, at most [#SHOWN]
/// @param diagnosis what is probably wrong; empty if nothing is
public record TensorReport(
    Variable variable,
    Map<Verdict, Integer> counts,
    int nonZeroConfirmed,
    int nonZero,
    double resolution,
    double relativeError,
    Coordinate worst,
    List<Coordinate> failures,
    Optional<Diagnosis> diagnosis) {
  /// How many failing coordinates a report lists.
  public static final int SHOWN = 5;

  /// A report.
  public TensorReport {
    counts = Map.copyOf(counts);
    failures = List.copyOf(failures);
  }

  /// A report of coordinates.
  static TensorReport of(
      Variable variable, List<Coordinate> coordinates, Optional<Diagnosis> diagnosis) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    int nonZeroConfirmed = 0;
    int nonZero = 0;
    double relativeError = 0;
    Coordinate worst = coordinates.getFirst();
    for (Coordinate each : coordinates) {
      counts.merge(each.verdict(), 1, Integer::sum);
      boolean zero = each.analytic() == 0 && Math.abs(each.numeric()) <= each.width();
      boolean confirmed = each.verdict() == Verdict.PASS || each.verdict() == Verdict.KINK;
      nonZero += zero ? 0 : 1;
      nonZeroConfirmed += !zero && confirmed ? 1 : 0;
      if (each.verdict() == Verdict.PASS && each.width() <= 1e-6 * Math.abs(each.analytic())) {
        relativeError = Math.max(relativeError, each.relativeError());
      }
      worst = worse(worst, each);
    }
    double[] resolutions =
        coordinates.stream()
            .filter(each -> each.verdict() == Verdict.PASS && each.analytic() != 0)
            .mapToDouble(each -> each.width() / Math.abs(each.analytic()))
            .sorted()
            .toArray();
    return new TensorReport(
        variable,
        counts,
        nonZeroConfirmed,
        nonZero,
        resolutions.length == 0 ? Double.NaN : resolutions[resolutions.length / 2],
        relativeError,
        worst,
        coordinates.stream().filter(each -> each.verdict() == Verdict.FAIL).limit(SHOWN).toList(),
        diagnosis);
  }

  /// How many coordinates have a verdict.
  ///
  /// @param verdict which
  /// @return the number
  public int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  /// How many coordinates were checked.
  ///
  /// @return the number; all, or a sample of a large tensor
  public int coordinates() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// A failure before anything else; then the larger distance, NaN as the largest.
  private static Coordinate worse(Coordinate a, Coordinate b) {
    boolean aFails = a.verdict() == Verdict.FAIL;
    boolean bFails = b.verdict() == Verdict.FAIL;
    if (aFails != bFails) {
      return aFails ? a : b;
    }
    double ofA = a.analytic() == a.numeric() ? 0 : a.distance();
    double ofB = b.analytic() == b.numeric() ? 0 : b.distance();
    return Double.compare(ofB, ofA) > 0 ? b : a;
  }
}
