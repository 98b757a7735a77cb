package dev.lanewise.gradcheck.diagnosis;

/// Numbers known up to half-widths: what a hypothesis predicts.
///
/// @param value the numbers
/// @param width their half-widths
record Approximate(double[] value, double[] width) {
  /// Exactly known numbers.
  static Approximate exact(double[] value) {
    return new Approximate(value, new double[value.length]);
  }

  int size() {
    return value.length;
  }

  /// `c·this`.
  Approximate times(double c) {
    double[] scaled = new double[size()];
    double[] wide = new double[size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = c * value[i];
      wide[i] = Math.abs(c) * width[i];
    }
    return new Approximate(scaled, wide);
  }

  /// `this + c·other`.
  Approximate plus(double c, Approximate other) {
    double[] sum = new double[size()];
    double[] wide = new double[size()];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = value[i] + c * other.value[i];
      wide[i] = width[i] + Math.abs(c) * other.width[i];
    }
    return new Approximate(sum, wide);
  }

  /// The same numbers at other places: `result[k] = this[from[k]]`, zero where `from[k] < 0`.
  Approximate rearranged(int[] from) {
    double[] moved = new double[from.length];
    double[] wide = new double[from.length];
    for (int k = 0; k < from.length; k++) {
      moved[k] = from[k] < 0 ? 0 : value[from[k]];
      wide[k] = from[k] < 0 ? 0 : width[from[k]];
    }
    return new Approximate(moved, wide);
  }
}
