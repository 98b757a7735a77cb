package dev.lanewise.data.table;

/// Decimal numbers as text: `[+-] (digits [. [digits]] | . digits) [(e|E) [+-] digits]`, digits 0–9
/// of ASCII only. Java's own parser also takes `NaN`, `0x1p3`, `1d` and numbers of blanks around.
final class Decimal {
  private final String text;
  private int position;

  private Decimal(String text) {
    this.text = text;
  }

  /// Whether a whole word is such a number; in one pass, so that a long word costs its length.
  static boolean matches(String word) {
    return new Decimal(word).isNumber();
  }

  private boolean isNumber() {
    skipSign();
    int digits = skipDigits();
    if (skip('.')) {
      digits += skipDigits();
    }
    if (digits == 0) {
      return false;
    }
    if (skip('e') || skip('E')) {
      skipSign();
      if (skipDigits() == 0) {
        return false;
      }
    }
    return position == text.length();
  }

  private void skipSign() {
    if (!skip('+')) {
      skip('-');
    }
  }

  private int skipDigits() {
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    return position - start;
  }

  private boolean skip(char wanted) {
    if (position < text.length() && text.charAt(position) == wanted) {
      position++;
      return true;
    }
    return false;
  }

  static boolean isDigit(char each) {
    return each >= '0' && each <= '9';
  }
}
