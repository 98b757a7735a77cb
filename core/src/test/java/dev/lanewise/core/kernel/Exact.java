package dev.lanewise.core.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/// Elementary functions to about 50 significant digits, for finite arguments: the oracle of the
/// error bounds. Taylor's series of the exponential after halving the argument, of the sine after
/// taking away multiples of 2π, of the error function as far as it goes; the rest follows.
final class Exact {
  private static final MathContext DIGITS = new MathContext(70);
  /// Enough for the remainder of the largest double by 2π.
  private static final MathContext MANY_DIGITS = new MathContext(420);

  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;

  private static final BigDecimal PI =
      arctangentOfInverse(5)
          .multiply(BigDecimal.valueOf(16))
          .subtract(arctangentOfInverse(239).multiply(BigDecimal.valueOf(4)), MANY_DIGITS);

  private Exact() {}

  static BigDecimal exp(double x) {
    return exp(new BigDecimal(x));
  }

  private static BigDecimal exp(BigDecimal x) {
    int halvings = 0;
    BigDecimal small = x;
    while (Math.abs(small.doubleValue()) > 0x1p-10) {
      small = small.divide(TWO, DIGITS);
      halvings++;
    }
    BigDecimal term = ONE;
    BigDecimal sum = ONE;
    for (int i = 1; i < 20; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  static BigDecimal logistic(double x) {
    BigDecimal e = exp(-Math.abs(x));
    return (x < 0 ? e : ONE).divide(ONE.add(e), DIGITS);
  }

  static BigDecimal logisticDerivative(double x) {
    BigDecimal e = exp(-Math.abs(x));
    return e.divide(ONE.add(e).pow(2), DIGITS);
  }

  static BigDecimal tanh(double x) {
    BigDecimal exact = new BigDecimal(x);
    if (Math.abs(x) < 1e-12) {
      BigDecimal cube = exact.pow(3, DIGITS).divide(BigDecimal.valueOf(3), DIGITS);
      return exact.subtract(cube, DIGITS);
    }
    BigDecimal e = exp(exact.multiply(TWO));
    return e.subtract(ONE).divide(e.add(ONE), DIGITS);
  }

  static BigDecimal tanhDerivative(double x) {
    BigDecimal e = exp(new BigDecimal(x).abs().multiply(TWO).negate());
    return e.multiply(BigDecimal.valueOf(4)).divide(ONE.add(e).pow(2), DIGITS);
  }

  static BigDecimal softplus(double x) {
    BigDecimal log = log1p(exp(-Math.abs(x)));
    return x > 0 ? log.add(new BigDecimal(x)) : log;
  }

  static BigDecimal log(double x) {
    BigDecimal guess = new BigDecimal(StrictMath.log(x));
    BigDecimal e = exp(guess);
    BigDecimal wanted = new BigDecimal(x);
    return guess.add(TWO.multiply(wanted.subtract(e)).divide(wanted.add(e), DIGITS), DIGITS);
  }

  static BigDecimal log1p(double x) {
    return log1p(new BigDecimal(x));
  }

  static BigDecimal expm1(double x) {
    BigDecimal exact = new BigDecimal(x);
    if (Math.abs(x) < 1e-12) {
      BigDecimal square = exact.multiply(exact, DIGITS);
      BigDecimal cube = square.multiply(exact, DIGITS);
      return exact.add(square.divide(TWO, DIGITS)).add(cube.divide(BigDecimal.valueOf(6), DIGITS));
    }
    return exp(exact).subtract(ONE);
  }

  static BigDecimal sin(double x) {
    BigDecimal turn = PI.multiply(TWO);
    BigDecimal r = new BigDecimal(x).remainder(turn, MANY_DIGITS).round(new MathContext(110));
    BigDecimal minusSquare = r.multiply(r, DIGITS).negate();
    BigDecimal term = r;
    BigDecimal sum = r;
    for (int k = 1; k < 40; k++) {
      term =
          term.multiply(minusSquare, DIGITS)
              .divide(BigDecimal.valueOf(2L * k * (2 * k + 1)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  static BigDecimal erf(double x) {
    if (Math.abs(x) < 4) {
      return erfSeries(x);
    }
    BigDecimal size = ONE.subtract(erfcFraction(Math.abs(x)));
    return x < 0 ? size.negate() : size;
  }

  static BigDecimal erfc(double x) {
    if (Math.abs(x) < 4) {
      return ONE.subtract(erfSeries(x));
    }
    return x > 0 ? erfcFraction(x) : TWO.subtract(erfcFraction(-x));
  }

  /// `2/√π·Σ (−1)ᵏ·x²ᵏ⁺¹/(k!·(2k + 1))`, which loses 14 digits at most for |x| < 4.
  private static BigDecimal erfSeries(double x) {
    BigDecimal exact = new BigDecimal(x);
    BigDecimal minusSquare = exact.multiply(exact, DIGITS).negate();
    BigDecimal power = exact;
    BigDecimal sum = exact;
    for (int k = 1; k < 140 && power.signum() != 0; k++) {
      power = power.multiply(minusSquare, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), DIGITS), DIGITS);
    }
    return sum.multiply(TWO, DIGITS).divide(PI.sqrt(DIGITS), DIGITS);
  }

  /// `e^−x²/√π·1/(x + ½/(x + 1/(x + 3/2/(x + …))))` for x ≥ 4.
  private static BigDecimal erfcFraction(double x) {
    if (x > 30) {
      return BigDecimal.ZERO;
    }
    BigDecimal exact = new BigDecimal(x);
    BigDecimal denominator = exact;
    for (int k = 400; k > 0; k--) {
      denominator = exact.add(BigDecimal.valueOf(0.5 * k).divide(denominator, DIGITS), DIGITS);
    }
    return exp(exact.multiply(exact).negate())
        .divide(denominator.multiply(PI.sqrt(DIGITS)), DIGITS);
  }

  /// `Σ (−1)ᵏ/((2k + 1)·n²ᵏ⁺¹)`.
  private static BigDecimal arctangentOfInverse(int n) {
    BigDecimal power = ONE.divide(BigDecimal.valueOf(n), MANY_DIGITS);
    BigDecimal square = BigDecimal.valueOf(-(long) n * n);
    BigDecimal sum = power;
    for (int k = 1; k < 640; k++) {
      power = power.divide(square, MANY_DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), MANY_DIGITS), MANY_DIGITS);
    }
    return sum;
  }

  /// One step of Halley's method, which triples the number of digits of a double.
  private static BigDecimal log1p(BigDecimal f) {
    BigDecimal guess = new BigDecimal(StrictMath.log1p(f.doubleValue()));
    if (guess.signum() == 0 || Math.abs(f.doubleValue()) < 1e-40) {
      return f.subtract(f.multiply(f).divide(TWO, DIGITS), DIGITS);
    }
    BigDecimal e = exp(guess);
    BigDecimal wanted = ONE.add(f);
    BigDecimal correction = TWO.multiply(wanted.subtract(e)).divide(wanted.add(e), DIGITS);
    return guess.add(correction, DIGITS);
  }
}
