package dev.lanewise.data.synthetic;

import dev.lanewise.core.random.Key;
import java.util.random.RandomGenerator;

/// Random numbers of the few kinds that a generator needs, the same bits on every machine: they are
/// made of uniform draws by additions and multiplications alone.
final class Draws {
  private final RandomGenerator generator;

  Draws(Key key) {
    this.generator = key.generator();
  }

  /// A whole number from 0 to `bound - 1`.
  int below(int bound) {
    return generator.nextInt(bound);
  }

  /// A number between two others, each equally likely.
  double between(double low, double high) {
    return low + (high - low) * generator.nextDouble();
  }

  /// A number of mean 0 and the given standard deviation, bell-shaped and never further away than
  /// √12 deviations: the sum of four uniform draws, centred and scaled.
  double bell(double deviation) {
    double sum =
        generator.nextDouble()
            + generator.nextDouble()
            + generator.nextDouble()
            + generator.nextDouble();
    return (sum - 2) * Math.sqrt(3) * deviation;
  }

  /// 64 random bits.
  long bits() {
    return generator.nextLong();
  }
}
