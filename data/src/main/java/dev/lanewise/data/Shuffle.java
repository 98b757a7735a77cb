package dev.lanewise.data;

import dev.lanewise.core.random.Key;
import java.util.random.RandomGenerator;

/// Random order.
final class Shuffle {
  private Shuffle() {}

  /// Puts an array into an order that depends on the key alone, each order equally likely: the
  /// algorithm of Fisher and Yates as given by Durstenfeld (Communications of the ACM 7, 1964).
  static void shuffle(int[] values, Key key) {
    RandomGenerator draws = key.generator();
    for (int last = values.length - 1; last > 0; last--) {
      int other = draws.nextInt(last + 1);
      int kept = values[last];
      values[last] = values[other];
      values[other] = kept;
    }
  }
}
