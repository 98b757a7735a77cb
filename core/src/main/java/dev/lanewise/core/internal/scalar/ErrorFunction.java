package dev.lanewise.core.internal.scalar;

/// The error function and its complement from two textbook formulas, in numbers of twice the
/// precision, so that nothing but the last rounding (and that of an exponential) counts.
final class ErrorFunction {
  /// Up to here Maclaurin's series, which loses 26 bits of 106 to cancellation at the end.
  private static final double SERIES = 3;

  /// For larger |x| erf x rounds to ±1.
  private static final double ONE = 6;

  /// For larger x erfc x rounds to 0.
  private static final double ZERO = 28;

  /// The steps of the continued fraction; so many give full precision from 3 on.
  private static final int STEPS = 120;

  private static final Pair TWO_OVER_ROOT_PI = new Pair(0x1.20dd750429b6dp0, 0x1.1ae3a914fed8p-56);

  private ErrorFunction() {}

  static double erf(double x) {
    if (Math.abs(x) <= SERIES) {
      return x == 0 ? x : series(x).high();
    }
    return x > ONE ? 1 : x < -ONE ? -1 : x > 0 ? 1 - fraction(x) : fraction(-x) - 1;
  }

  static double erfc(double x) {
    if (Math.abs(x) <= SERIES) {
      return new Pair(1, 0).plus(series(-x)).high();
    }
    return x > ZERO ? 0 : x > 0 ? fraction(x) : x < 0 ? 1 - erf(x) : x;
  }

  /// `erf x = 2/√π·Σ (−1)ᵏ·x²ᵏ⁺¹/(k!·(2k + 1))`.
  private static Pair series(double x) {
    Pair minusSquare = Pair.product(x, -x);
    Pair power = new Pair(x, 0);
    Pair sum = power;
    for (int k = 1; Math.abs(power.high()) > 0x1p-110 * Math.abs(sum.high()); k++) {
      power = power.times(minusSquare).over(k);
      sum = sum.plus(power.over(2 * k + 1));
    }
    return sum.times(TWO_OVER_ROOT_PI);
  }

  /// `erfc x = e^−x²/√π·1/(x + ½/(x + 1/(x + 3/2/(x + …))))`, from the inside out.
  private static double fraction(double x) {
    Pair denominator = new Pair(x, 0);
    for (int k = STEPS; k > 0; k--) {
      denominator = new Pair(x, 0).plus(new Pair(0.5 * k, 0).over(denominator));
    }
    Pair square = Pair.product(x, x);
    Pair factor = TWO_OVER_ROOT_PI.over(denominator).times(new Pair(0.5 - 0.5 * square.low(), 0));
    // In two halves, so that it is rounded once where it is subnormal.
    double root = StrictMath.exp(-0.5 * square.high());
    return square.high() < 700
        ? StrictMath.exp(-square.high()) * factor.high()
        : root * factor.high() * root;
  }

  /// An unevaluated sum of two numbers, the second at most half a unit in the last place of the
  /// first; the error of each operation is a few units of 2⁻¹⁰⁴. See T. J. Dekker, "A
  /// floating-point technique for extending the available precision", Numerische Mathematik 18
  /// (1971).
  private record Pair(double high, double low) {
    static Pair sum(double a, double b) {
      double sum = a + b;
      double back = sum - a;
      return new Pair(sum, a - (sum - back) + (b - back));
    }

    static Pair product(double a, double b) {
      double product = a * b;
      return new Pair(product, Math.fma(a, b, -product));
    }

    Pair plus(Pair other) {
      Pair sum = sum(high, other.high);
      return sum(sum.high, sum.low + (low + other.low));
    }

    Pair times(Pair other) {
      Pair product = product(high, other.high);
      return sum(product.high, product.low + Math.fma(high, other.low, low * other.high));
    }

    Pair over(double divisor) {
      return over(new Pair(divisor, 0));
    }

    Pair over(Pair divisor) {
      double first = high / divisor.high;
      Pair rest = plus(divisor.times(new Pair(-first, 0)));
      return sum(first, (rest.high + rest.low) / divisor.high);
    }
  }
}
