package dev.lanewise.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KeyTest {
  @Test
  void equalAddressesGiveEqualDraws() {
    RandomGenerator one = Key.of(5).with("order").with(3).generator();
    RandomGenerator two = Key.of(5).with("order").with(3).generator();
    for (int i = 0; i < 100; i++) {
      assertEquals(one.nextLong(), two.nextLong());
    }
  }

  /// The numbers come from the definition, evaluated with Python's integers modulo 2^64:
  ///
  /// ```python
  /// M = 2**64 - 1; G = 0x9e3779b97f4a7c15
  /// def mix(z):
  ///   z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & M
  ///   z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & M
  ///   return z ^ (z >> 31)
  /// def rotl(x, r): return ((x << r) | (x >> (64 - r))) & M
  /// def extend(k, v): return mix(rotl(k, 25) ^ mix((v + G) & M))
  /// k = mix((1 + G) & M); k2 = extend(k, 2)
  /// k3 = k
  /// for v in [len("order")] + [ord(c) for c in "order"]: k3 = extend(k3, v)
  /// ```
  @Test
  void theMixerIsTheDocumentedOne() {
    assertEquals(0x910a2dec89025cc1L, Key.of(1).bits());
    assertEquals(0x737cf9b88c319a1eL, Key.of(1).with(2).bits());
    assertEquals(0x8b5dbf6d1b9f932bL, Key.of(1).with("order").bits());
  }

  @Test
  void theOrderOfThePartsCounts() {
    assertNotEquals(Key.of(1).with(2).with(3), Key.of(1).with(3).with(2));
    assertNotEquals(Key.of(1).with("ab").with("c"), Key.of(1).with("a").with("bc"));
    assertNotEquals(Key.of(1).with("a"), Key.of(1).with(1).with('a').with(0));
  }

  @Test
  void neighbouringAddressesDoNotCollide() {
    Set<Long> seen = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      for (int epoch = 0; epoch < 40; epoch++) {
        for (int shard = 0; shard < 40; shard++) {
          assertTrue(seen.add(Key.of(seed).with(epoch).with(shard).bits()));
        }
      }
    }
  }

  @Test
  void neighbouringStreamsAreUnrelated() {
    // The correlation of 10,000 pairs of independent normal draws has a standard deviation of 0.01.
    RandomGenerator left = Key.of(1).with(1).generator();
    RandomGenerator right = Key.of(1).with(2).generator();
    double products = 0;
    for (int i = 0; i < 10_000; i++) {
      products += left.nextGaussian() * right.nextGaussian();
    }
    assertEquals(0, products / 10_000, 0.05);
  }
}
