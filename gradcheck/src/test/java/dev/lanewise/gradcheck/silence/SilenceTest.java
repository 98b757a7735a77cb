package dev.lanewise.gradcheck.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.gradcheck.Verdict;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Some 90,000 coordinates of right layers and ops: kinks, ties, saturation, scales from 1e-10 to
/// 1e10, all regimes, both upstreams, and the laws.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SilenceTest {
  private static final long SEED = 271;

  private Tally tally = new Tally();

  @BeforeAll
  void checkWhatIsRight() throws Exception {
    tally = new Soak(SEED, checker -> checker, progress -> {}).until(90_000);
  }

  @Test
  void nothingRightIsCalledWrong() {
    assertEquals(
        0,
        tally.alarms(),
        () ->
            String.join("\n", tally.reproductions())
                + "Look closer with RightCase and GradientChecker.seeded(the seed named).");
  }

  @Test
  void noLawIsFoundBroken() {
    assertEquals(List.of(), tally.brokenLaws());
  }

  @Test
  void nearlyAllIsShownAndNotJustLeftAlone() {
    double shown = tally.count(Verdict.PASS) + tally.count(Verdict.KINK);
    assertTrue(shown > 0.97 * tally.checked(), tally::toString);
    assertTrue(tally.count(Verdict.KINK) > 300, tally::toString);
  }

  @Test
  void onlyExtremeScalesLeaveNothingToShow() {
    assertEquals(
        List.of(), tally.powerless().stream().filter(name -> !name.contains(", scaled")).toList());
  }
}
