package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Estimate;

/// The step that served the coordinates of a variable so far.
///
/// @param relativeStep the step of a quick estimate, in units of each coordinate's scale
/// @param noise the noise of one evaluation
record Tuning(double relativeStep, double noise) {
  /// A ladder keeps steps for a 6th-order combination; one of 4th order wants smaller ones.
  private static final double SMALLER = 1.0 / 8;

  /// Without anything to go by.
  static final Tuning GUESS = new Tuning(0x1p-8, 0);

  /// With which no quick estimate settles anything.
  static final Tuning NONE = new Tuning(0x1p-8, Double.POSITIVE_INFINITY);

  /// The tuning that a ladder at a coordinate of a given scale suggests.
  static Tuning of(Estimate ladder, double scale) {
    return ladder.step() > 0 && Double.isFinite(ladder.noise())
        ? new Tuning(SMALLER * ladder.step() / scale, ladder.noise())
        : GUESS;
  }

  /// The smaller step and the larger noise of two.
  Tuning and(Tuning other) {
    return new Tuning(Math.min(relativeStep, other.relativeStep), Math.max(noise, other.noise));
  }

  /// Half-way, in the logarithm, towards a step that was found to be much better.
  Tuning towards(Tuning better) {
    double ratio = better.relativeStep / relativeStep;
    return ratio < 1.0 / 2 || ratio > 8
        ? new Tuning(Math.sqrt(relativeStep * better.relativeStep), Math.max(noise, better.noise))
        : this;
  }

  /// The step of a 6th-order estimate for a coordinate, a power of two.
  double largeStep(double scale) {
    return Scales.powerOfTwo(relativeStep / SMALLER * scale);
  }

  /// The step of a quick estimate for a coordinate, a power of two.
  double step(double scale) {
    return Scales.powerOfTwo(relativeStep * scale);
  }
}
