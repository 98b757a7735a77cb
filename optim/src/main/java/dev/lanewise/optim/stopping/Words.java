package dev.lanewise.optim.stopping;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers in sentences.
final class Words {
  private Words() {}

  /// Six significant digits, without the zeros at the end.
  static String rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toString()
        : Double.toString(value);
  }

  static String epochs(int number) {
    return number == 1 ? "1 epoch" : number + " epochs";
  }
}
