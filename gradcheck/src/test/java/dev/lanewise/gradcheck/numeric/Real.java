package dev.lanewise.gradcheck.numeric;

/// A number that a formula is written in once and then computed with twice: [Rounded], as the
/// machine does it, or [Exact], in 60 digits and with its derivatives.
interface Real {
  Real of(double constant);

  Real plus(Real other);

  Real times(Real other);

  Real over(Real other);

  Real exp();

  Real log();

  Real tanh();

  Real sqrt();

  Real erf();

  boolean positive();

  double value();

  default Real minus(Real other) {
    return plus(other.times(-1));
  }

  default Real plus(double constant) {
    return plus(of(constant));
  }

  default Real times(double constant) {
    return times(of(constant));
  }

  default Real squared() {
    return times(this);
  }

  default Real max(Real other) {
    return minus(other).positive() ? this : other;
  }

  default Real relu() {
    return positive() ? this : of(0);
  }
}
