package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The numbers of one accusation as the hypotheses need them, and what is computed once for
/// several.
final class Clues {
  /// How many half-widths a coordinate may be off and still fit.
  static final double HALF_WIDTHS = 6;

  /// The same where nothing is off by as much: at kinks, where the half-width is no chance but the
  /// jump of the slope.
  private static final double FEW_HALF_WIDTHS = 1.5;

  /// Of a derivative, and of an eighth of the largest of its tensor: backward rounds as well.
  private static final double ROUND_OFF = 0x1p-41;

  /// So many wrong coordinates are listed one by one.
  private static final int FEW = 3;

  /// Beyond these sizes the derivatives of single outputs are not computed.
  private static final int LARGEST_VARIABLE = 512;

  private static final int LARGEST_JACOBIAN = 1 << 16;

  private final Evidence evidence;
  private final double[] x;
  private final double[] a;
  private final Approximate truth;
  private final double largest;
  private final boolean[] wrong;
  private final int wrongCount;
  private double halfWidths = HALF_WIDTHS;
  private final NamedNumbers numbers;
  private @Nullable Jacobian jacobian;

  Clues(Evidence evidence) {
    this.evidence = evidence;
    this.x = evidence.x();
    this.a = evidence.a();
    this.truth = new Approximate(evidence.n(), evidence.w());
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = known(i) ? Math.max(most, Math.abs(truth.value()[i])) : most;
    }
    this.largest = most;
    this.wrong = new boolean[a.length];
    int count = findWrong();
    if (count == 0) {
      halfWidths = FEW_HALF_WIDTHS;
      count = findWrong();
    }
    this.wrongCount = count;
    this.numbers = NamedNumbers.of(evidence);
  }

  private int findWrong() {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      wrong[i] = misses(i, truth.value()[i], truth.width()[i]);
      count += wrong[i] ? 1 : 0;
    }
    return count;
  }

  Evidence evidence() {
    return evidence;
  }

  String path() {
    return evidence.variable().path();
  }

  Shape shape() {
    return evidence.variable().shape();
  }

  int size() {
    return a.length;
  }

  double[] x() {
    return x;
  }

  double[] a() {
    return a;
  }

  double[] n() {
    return truth.value();
  }

  double[] u() {
    return evidence.upstream();
  }

  double[] y() {
    return evidence.y();
  }

  /// The numeric gradient.
  Approximate truth() {
    return truth;
  }

  /// The numbers that have a name in this problem.
  NamedNumbers numbers() {
    return numbers;
  }

  /// The largest |n|.
  double largest() {
    return largest;
  }

  boolean wrong(int i) {
    return wrong[i];
  }

  int wrongCount() {
    return wrongCount;
  }

  /// The coordinate with the largest error.
  int worst() {
    int worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = error(i) > error(worst) ? i : worst;
    }
    return worst;
  }

  private double error(int i) {
    return known(i) ? Math.abs(a[i] - truth.value()[i]) : 0;
  }

  /// Whether there is a numeric derivative.
  boolean known(int i) {
    return Double.isFinite(truth.value()[i]) && Double.isFinite(truth.width()[i]);
  }

  /// Whether the derivative is known not to be zero, so that a factor would show.
  boolean informative(int i) {
    return known(i)
        && Math.abs(truth.value()[i]) > 2 * tolerance(truth.value()[i], truth.width()[i]);
  }

  /// The derivatives of outputs one by one, computed at the first call; nothing if there are too
  /// many.
  Optional<Jacobian> jacobian() {
    if (size() > LARGEST_VARIABLE || (long) size() * y().length > LARGEST_JACOBIAN) {
      return Optional.empty();
    }
    Jacobian present = jacobian;
    if (present == null) {
      present = Jacobian.numeric(evidence.evaluator(), evidence.accused());
      jacobian = present;
    }
    return Optional.of(present);
  }

  /// The gradient by backward for another upstream, at the evaluator's current values.
  double[] backward(double[] upstream) {
    return evidence.evaluator().gradients(upstream)[evidence.accused()];
  }

  /// How far a coordinate may be from a predicted value.
  double tolerance(double predicted, double width) {
    return halfWidths * (width + ROUND_OFF * Math.max(Math.abs(predicted), largest / 8));
  }

  /// Whether a coordinate contradicts a prediction.
  boolean misses(int i, double predicted, double width) {
    return known(i) && !(Math.abs(a[i] - predicted) <= tolerance(predicted, width));
  }

  /// Whether every coordinate fits.
  boolean explainedBy(Approximate predicted) {
    for (int i = 0; i < a.length; i++) {
      if (misses(i, predicted.value()[i], predicted.width()[i])) {
        return false;
      }
    }
    return true;
  }

  /// Whether every coordinate of a part fits.
  boolean explainedBy(Approximate predicted, Part part) {
    for (int i = 0; i < a.length; i++) {
      if (part.holds(i) && misses(i, predicted.value()[i], predicted.width()[i])) {
        return false;
      }
    }
    return true;
  }

  /// The c for which `a = base + c·direction` everywhere in a part, if there is one; at least two
  /// coordinates must tell.
  OptionalDouble multiple(Approximate base, Approximate direction, Part part) {
    double above = 0;
    double below = 0;
    int telling = 0;
    for (int i = 0; i < a.length; i++) {
      if (!part.holds(i) || !known(i)) {
        continue;
      }
      double d = direction.value()[i];
      double tolerance =
          tolerance(base.value()[i], base.width()[i])
              + halfWidths * direction.width()[i]
              + Double.MIN_NORMAL;
      double weight = (d / tolerance) / tolerance;
      above += weight * (a[i] - base.value()[i]);
      below += weight * d;
      telling += Math.abs(d) > 2 * halfWidths * direction.width()[i] && d != 0 ? 1 : 0;
    }
    if (telling < 2 || !(below > 0) || !Double.isFinite(above)) {
      return OptionalDouble.empty();
    }
    double c = above / below;
    return explainedBy(base.plus(c, direction), part)
        ? OptionalDouble.of(c)
        : OptionalDouble.empty();
  }

  /// The c for which `a = c·n` everywhere in a part, if there is one.
  OptionalDouble ratio(Part part) {
    return multiple(Approximate.exact(new double[a.length]), truth, part);
  }

  /// Whether so few coordinates are wrong that they can be listed.
  boolean fewAreWrong() {
    return wrongCount <= FEW && wrongCount < size();
  }

  /// How many coordinates are wrong, and which if they are few: `2 of 15 coordinates, x[0,1] and
  /// x[2,3]`.
  String extent() {
    String count = wrongCount + " of " + size() + (size() == 1 ? " coordinate" : " coordinates");
    if (!fewAreWrong()) {
      return count;
    }
    List<String> places = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (wrong[i]) {
        places.add(place(i));
      }
    }
    return count + ", " + String.join(" and ", places);
  }

  /// The place of a coordinate, `weight[2,3]`.
  String place(int i) {
    return evidence.variable().place(i);
  }
}
