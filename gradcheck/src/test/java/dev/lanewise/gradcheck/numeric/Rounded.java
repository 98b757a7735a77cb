package dev.lanewise.gradcheck.numeric;

/// A double.
record Rounded(double value) implements Real {
  private static final double SERIES = 5;

  @Override
  public Real of(double constant) {
    return new Rounded(constant);
  }

  @Override
  public Real plus(Real other) {
    return new Rounded(value + other.value());
  }

  @Override
  public Real times(Real other) {
    return new Rounded(value * other.value());
  }

  @Override
  public Real over(Real other) {
    return new Rounded(value / other.value());
  }

  @Override
  public Real exp() {
    return new Rounded(Math.exp(value));
  }

  @Override
  public Real log() {
    return new Rounded(Math.log(value));
  }

  @Override
  public Real tanh() {
    return new Rounded(Math.tanh(value));
  }

  @Override
  public Real sqrt() {
    return new Rounded(Math.sqrt(value));
  }

  /// `2/√π e^(−x²) Σ 2ⁿ x^(2n+1)/(2n+1)!!` (Abramowitz and Stegun 7.1.6), all summands of one sign;
  /// beyond 5 the continued fraction 7.1.14.
  @Override
  public Real erf() {
    double x = Math.abs(value);
    double factor = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    if (x > SERIES) {
      double tail = 0;
      for (int k = 40; k >= 1; k--) {
        tail = k / 2.0 / (x + tail);
      }
      return new Rounded(Math.copySign(1 - factor / 2 / (x + tail), value));
    }
    double sum = 0;
    double term = x;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 1);
    }
    return new Rounded(Math.copySign(factor * sum, value));
  }

  @Override
  public boolean positive() {
    return value > 0;
  }
}
