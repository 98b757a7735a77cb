package dev.lanewise.gradcheck.numeric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.BinaryOperator;

/// A number in 60 digits with its derivatives by every variable, by the rules of calculus.
///
/// @param number the value
/// @param gradient the derivatives
record Exact(BigDecimal number, BigDecimal[] gradient) implements Real {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");
  private static final BigDecimal NEGLIGIBLE = new BigDecimal("1e-90");
  private static final BigDecimal LN_10 = logOfModerate(BigDecimal.TEN);

  /// The variable with a position among several.
  static Exact variable(double value, int position, int variables) {
    BigDecimal[] gradient = zeros(variables);
    gradient[position] = BigDecimal.ONE;
    return new Exact(new BigDecimal(value), gradient);
  }

  @Override
  public double value() {
    return number.doubleValue();
  }

  @Override
  public Real of(double constant) {
    return new Exact(new BigDecimal(constant), zeros(gradient.length));
  }

  @Override
  public Real plus(Real other) {
    Exact that = (Exact) other;
    return new Exact(number.add(that.number, DIGITS), zip(that, (da, db) -> da.add(db, DIGITS)));
  }

  @Override
  public Real times(Real other) {
    Exact that = (Exact) other;
    return new Exact(
        number.multiply(that.number, DIGITS),
        zip(that, (da, db) -> product(da, that.number).add(product(db, number), DIGITS)));
  }

  @Override
  public Real over(Real other) {
    Exact that = (Exact) other;
    BigDecimal quotient = number.divide(that.number, DIGITS);
    return new Exact(
        quotient,
        zip(
            that,
            (da, db) -> da.subtract(product(db, quotient), DIGITS).divide(that.number, DIGITS)));
  }

  @Override
  public Real exp() {
    BigDecimal e = exp(number);
    return chained(e, e);
  }

  @Override
  public Real log() {
    return chained(log(number), BigDecimal.ONE.divide(number, DIGITS));
  }

  @Override
  public Real tanh() {
    BigDecimal t = exp(number.abs().multiply(TWO).negate());
    BigDecimal size =
        BigDecimal.ONE.subtract(t, DIGITS).divide(BigDecimal.ONE.add(t, DIGITS), DIGITS);
    BigDecimal root = BigDecimal.ONE.add(t, DIGITS);
    // 1 − tanh² without cancellation
    BigDecimal slope =
        t.multiply(BigDecimal.valueOf(4)).divide(root.multiply(root, DIGITS), DIGITS);
    return chained(number.signum() < 0 ? size.negate() : size, slope);
  }

  @Override
  public Real sqrt() {
    BigDecimal root = number.sqrt(DIGITS);
    return chained(root, BigDecimal.ONE.divide(root.multiply(TWO), DIGITS));
  }

  @Override
  public Real erf() {
    BigDecimal square = number.multiply(number, DIGITS);
    BigDecimal factor = TWO.divide(PI.sqrt(DIGITS), DIGITS).multiply(exp(square.negate()), DIGITS);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal term = number;
    for (int n = 1; term.abs().compareTo(NEGLIGIBLE) > 0; n++) {
      sum = sum.add(term, DIGITS);
      term = term.multiply(TWO).multiply(square).divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
    }
    return chained(factor.multiply(sum, DIGITS), factor);
  }

  @Override
  public boolean positive() {
    return number.signum() > 0;
  }

  private Exact chained(BigDecimal value, BigDecimal slope) {
    BigDecimal[] chained = new BigDecimal[gradient.length];
    for (int i = 0; i < chained.length; i++) {
      chained[i] = product(gradient[i], slope);
    }
    return new Exact(value, chained);
  }

  private BigDecimal[] zip(Exact that, BinaryOperator<BigDecimal> rule) {
    BigDecimal[] zipped = new BigDecimal[gradient.length];
    for (int i = 0; i < zipped.length; i++) {
      boolean constant = gradient[i].signum() == 0 && that.gradient[i].signum() == 0;
      zipped[i] = constant ? BigDecimal.ZERO : rule.apply(gradient[i], that.gradient[i]);
    }
    return zipped;
  }

  private static BigDecimal product(BigDecimal a, BigDecimal b) {
    return a.signum() == 0 || b.signum() == 0 ? BigDecimal.ZERO : a.multiply(b, DIGITS);
  }

  private static BigDecimal[] zeros(int count) {
    BigDecimal[] zeros = new BigDecimal[count];
    java.util.Arrays.fill(zeros, BigDecimal.ZERO);
    return zeros;
  }

  /// `(Σ (x/2ᵏ)ⁿ/n!)^(2ᵏ)`.
  private static BigDecimal exp(BigDecimal x) {
    int halvings = 8 + Math.max(0, Math.getExponent(x.doubleValue()));
    BigDecimal small = x.divide(TWO.pow(halvings), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n == 1 || term.abs().compareTo(NEGLIGIBLE) > 0; n++) {
      term = term.multiply(small).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int k = 0; k < halvings; k++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  private static BigDecimal log(BigDecimal x) {
    int tens = x.precision() - x.scale() - 1;
    BigDecimal moderate = x.scaleByPowerOfTen(-tens);
    return logOfModerate(moderate).add(LN_10.multiply(BigDecimal.valueOf(tens)), DIGITS);
  }

  /// Halley's iteration `y ← y + 2 (x − eʸ)/(x + eʸ)`, which triples the digits.
  private static BigDecimal logOfModerate(BigDecimal x) {
    BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal e = exp(y);
      BigDecimal step = x.subtract(e, DIGITS).multiply(TWO).divide(x.add(e, DIGITS), DIGITS);
      y = y.add(step, DIGITS);
    }
    return y;
  }
}
