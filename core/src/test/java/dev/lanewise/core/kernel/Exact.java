package dev.lanewise.core.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/// Elementary functions to about 50 significant digits, for finite arguments: the oracle of the
/// error bounds. Taylor's series of the exponential after halving the argument; all else follows.
final class Exact {
  private static final MathContext DIGITS = new MathContext(70);
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;

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

  /// One step of Halley's method, which triples the number of digits of a double.
  private static BigDecimal log1p(BigDecimal f) {
    BigDecimal guess = new BigDecimal(StrictMath.log1p(f.doubleValue()));
    if (guess.signum() == 0 || f.doubleValue() < 1e-40) {
      return f.subtract(f.multiply(f).divide(TWO, DIGITS), DIGITS);
    }
    BigDecimal e = exp(guess);
    BigDecimal wanted = ONE.add(f);
    BigDecimal correction = TWO.multiply(wanted.subtract(e)).divide(wanted.add(e), DIGITS);
    return guess.add(correction, DIGITS);
  }
}
