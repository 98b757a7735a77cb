package dev.lanewise.core.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The address of a stream of random numbers, so that no generator state ever has to be kept.
///
/// A key starts from a seed and is extended by what the draw is for: a purpose, an epoch or a step,
/// a node, a shard. Equal addresses give equal draws, on any number of threads and after a resume;
/// different addresses give unrelated ones.
///
/// ```java
/// RandomGenerator draws = Key.of(1).with("order").with(epoch).generator();
/// ```
///
/// The mixer: extending key `k` by a number `v` gives `mix(rotl(k, 25) ^ mix(v + γ))` with
/// γ = 0x9e3779b97f4a7c15, where `mix` is the finaliser "variant 13" of David Stafford as used by
/// SplitMix64 (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, 2014). The
/// rotation makes the order of the parts count. A word is extended by its length and then by its
/// UTF-16 units, one after the other. The generator is the JDK's `L64X128MixRandom`.
///
/// @param bits the key's 64 bits
public record Key(long bits) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /// The key that belongs to a seed.
  ///
  /// @param seed any number
  /// @return the key
  public static Key of(long seed) {
    return new Key(mix(seed + GOLDEN_GAMMA));
  }

  /// This key, extended by a number.
  ///
  /// @param part the number, for example an epoch, a step, a node or a shard
  /// @return a new key
  public Key with(long part) {
    return new Key(mix(Long.rotateLeft(bits, 25) ^ mix(part + GOLDEN_GAMMA)));
  }

  /// This key, extended by a word.
  ///
  /// @param purpose the word, for example what the draws are for
  /// @return a new key
  public Key with(String purpose) {
    Key key = with(purpose.length());
    for (int i = 0; i < purpose.length(); i++) {
      key = key.with(purpose.charAt(i));
    }
    return key;
  }

  /// A generator at the start of this key's stream.
  ///
  /// @return a new generator, always with the same draws for the same key
  public RandomGenerator generator() {
    return GENERATORS.create(bits);
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
