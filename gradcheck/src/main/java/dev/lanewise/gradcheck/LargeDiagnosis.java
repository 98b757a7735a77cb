package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.diagnosis.Cause;
import dev.lanewise.gradcheck.diagnosis.Diagnosis;
import dev.lanewise.gradcheck.large.Localisation;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says of a wrong gradient too large for a full diagnosis, which needs the numeric gradient
/// everywhere, what the coordinates that were looked at show.
final class LargeDiagnosis {
  /// Half-widths within which a coordinate fits a statement.
  private static final double FITS = 6;

  private LargeDiagnosis() {}

  /// A diagnosis.
  ///
  /// @param variable what is wrong
  /// @param coordinates those that were looked at, at least one of them wrong
  /// @param located what came of a search for wrong coordinates, if there was one
  /// @param limit how many coordinates a problem may have for a full diagnosis
  static Diagnosis of(
      Variable variable, List<Coordinate> coordinates, Optional<Localisation> located, int limit) {
    List<Coordinate> wrong =
        coordinates.stream().filter(each -> each.verdict() == Verdict.FAIL).toList();
    if (located.isPresent() && located.get().complete()) {
      return few(variable, wrong.size());
    }
    String seen =
        String.format(
            Locale.ROOT,
            "%d of the %d coordinates that were looked at, of %d, are wrong",
            wrong.size(),
            coordinates.size(),
            variable.size());
    if (wrong.stream().anyMatch(each -> !Double.isFinite(each.analytic()))) {
      return new Diagnosis(Cause.NOT_FINITE, seen + ", some not finite");
    }
    if (coordinates.stream().allMatch(each -> each.analytic() == 0)) {
      return new Diagnosis(Cause.ALL_ZERO, seen + ", and all are zero");
    }
    Optional<Double> ratio = ratio(coordinates);
    if (ratio.isPresent()) {
      return new Diagnosis(
          Cause.CONSTANT_RATIO,
          String.format(Locale.ROOT, "%s, all by the factor %.9g", seen, ratio.get()));
    }
    return new Diagnosis(
        Cause.UNEXPLAINED,
        seen
            + String.format(
                Locale.ROOT,
                "; a smaller instance of the same function, with at most %d coordinates in all, can"
                    + " be diagnosed",
                limit));
  }

  private static Diagnosis few(Variable variable, int wrong) {
    return wrong == 1
        ? new Diagnosis(
            Cause.ONE_COORDINATE,
            String.format(
                Locale.ROOT,
                "exactly one of %d coordinates is wrong: with it corrected, a fresh direction shows"
                    + " nothing more",
                variable.size()))
        : new Diagnosis(
            Cause.SUBSET,
            String.format(
                Locale.ROOT,
                "%d of %d coordinates are wrong: with them corrected, a fresh direction shows"
                    + " nothing more",
                wrong,
                variable.size()));
  }

  /// The factor `a/n` if it is the same at all coordinates.
  private static Optional<Double> ratio(List<Coordinate> coordinates) {
    Coordinate sharpest =
        coordinates.stream()
            .filter(each -> Double.isFinite(each.numeric()) && each.numeric() != 0)
            .min(Comparator.comparingDouble(each -> each.width() / Math.abs(each.numeric())))
            .orElse(coordinates.getFirst());
    double ratio = sharpest.analytic() / sharpest.numeric();
    double blur = FITS * sharpest.width() / Math.abs(sharpest.numeric());
    boolean fits =
        coordinates.stream()
            .allMatch(
                each ->
                    Math.abs(each.analytic() - ratio * each.numeric())
                        <= FITS * Math.max(1, Math.abs(ratio)) * each.width()
                            + blur * Math.max(Math.abs(each.analytic()), Math.abs(each.numeric())));
    return fits ? Optional.of(ratio) : Optional.empty();
  }
}
