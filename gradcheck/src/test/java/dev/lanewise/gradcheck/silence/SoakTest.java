package dev.lanewise.gradcheck.silence;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.gradcheck.GradientChecker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The long version of [SilenceTest], by one command:
///
/// ```text
/// mvn -pl gradcheck -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=SoakTest \
///     -Dlanewise.soak=1e8 -Dlanewise.seed=1
/// ```
class SoakTest {
  private static final Duration REPORT_EVERY = Duration.ofSeconds(20);

  /// The promise: one false alarm in two million.
  private static final long COORDINATES_PER_ALARM = 2_000_000;

  private Instant next = Instant.now();
  private int told;

  @Test
  void atMostOneOfTwoMillionRightCoordinatesIsCalledWrong() throws Exception {
    String coordinates = System.getProperty("lanewise.soak");
    assumeTrue(coordinates != null, "runs with -Dlanewise.soak=1e8, the number of coordinates");
    long seed = Long.getLong("lanewise.seed", 1);
    long target = (long) Double.parseDouble(coordinates);
    System.out.printf("Soak of %,d coordinates from seed %d%n", target, seed);
    Tally tally = new Soak(seed, GradientChecker::withoutLaws, this::tell).until(target);
    System.out.println(tally);
    long allowed = Math.max(1, tally.checked() / COORDINATES_PER_ALARM);
    assertTrue(tally.alarms() <= allowed, tally::toString);
  }

  private void tell(Tally tally) {
    for (; told < tally.reproductions().size(); told++) {
      System.out.println("ALARM " + tally.reproductions().get(told));
    }
    if (Instant.now().isAfter(next)) {
      System.out.println(tally);
      next = Instant.now().plus(REPORT_EVERY);
    }
  }
}
