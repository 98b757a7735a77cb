package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What kind of numbers a check is run on. Each regime changes the elements of a point that was
/// drawn from a normal distribution, or given by the caller.
///
/// Wrong derivatives hide in different places: clipping shows at large inputs, a misplaced epsilon
/// at small ones, a tie rule where values are equal, a mask where they are zero. What normal inputs
/// alone would catch is counted in docs/gradient-checking-mutants.md.
public enum Regime {
  /// The point as it is.
  NORMAL,
  /// Times 0.05.
  SMALL,
  /// Times 10.
  TIMES_10,
  /// Times 40.
  TIMES_40,
  /// The nearest of −1, 0 and 1 after doubling: many are equal, also the largest, many are zero.
  INTEGERS,
  /// Each element times a power of ten from 10⁻⁴ to 10⁴.
  BAD_SCALE,
  /// Half of the elements are zero.
  HALF_ZEROS,
  /// Magnitudes from 10⁻¹⁰ to 10, all orders of magnitude alike.
  LOG_UNIFORM;

  /// Changes elements.
  ///
  /// @param elements the elements of a tensor; left alone
  /// @param key the address of the draws
  /// @return the elements in this regime, a fresh array
  public double[] apply(double[] elements, Key key) {
    RandomGenerator draws = key.generator();
    double[] changed = new double[elements.length];
    for (int i = 0; i < elements.length; i++) {
      changed[i] = apply(elements[i], draws);
    }
    return changed;
  }

  private double apply(double x, RandomGenerator draws) {
    return switch (this) {
      case NORMAL -> x;
      case SMALL -> 0.05 * x;
      case TIMES_10 -> 10 * x;
      case TIMES_40 -> 40 * x;
      case INTEGERS -> Math.clamp(Math.rint(2 * x), -1.0, 1.0) + 0.0;
      case BAD_SCALE -> x * Math.pow(10, -4 + 8 * draws.nextDouble());
      case HALF_ZEROS -> draws.nextBoolean() ? 0 : x;
      case LOG_UNIFORM -> Math.copySign(Math.pow(10, -10 + 11 * draws.nextDouble()), x);
    };
  }

  /// The name in reports, `bad scale`.
  ///
  /// @return the name in lower case
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
