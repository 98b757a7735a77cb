package dev.lanewise.bench.peers;

/// How much time a fork takes.
///
/// @param rounds how often the contenders of a race take turns
/// @param warmUp how long each is called before, in nanoseconds
/// @param turn how long a turn lasts, in nanoseconds; one call at least
record Pace(int rounds, long warmUp, long turn) {
  private static final long MILLISECOND = 1_000_000;

  static final Pace USUAL = new Pace(5, 50 * MILLISECOND, 8 * MILLISECOND);
  static final Pace QUICK = new Pace(3, 30 * MILLISECOND, 3 * MILLISECOND);
}
