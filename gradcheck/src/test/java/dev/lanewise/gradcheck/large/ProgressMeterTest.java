package dev.lanewise.gradcheck.large;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private final AtomicLong clock = new AtomicLong(-17);
  private final List<Progress> told = new ArrayList<>();
  private final ProgressMeter meter = new ProgressMeter("mlp", 40, told::add, clock::get);

  @Test
  void nothingIsToldOfAShortCheck() {
    step(499);
    assertEquals(List.of(), told);
  }

  @Test
  void progressIsToldAtMostTwiceASecond() {
    for (int i = 0; i < 40; i++) {
      step(100);
    }
    assertEquals(
        List.of(5L, 10L, 15L, 20L, 25L, 30L, 35L, 40L), told.stream().map(Progress::done).toList());
  }

  @Test
  void progressSaysWhatAndHowFar() {
    step(12_000);
    assertEquals(List.of(new Progress("mlp", "normal", 1, 40, Duration.ofSeconds(12))), told);
    assertEquals("mlp: 1 of 40 derivatives, 12 s (normal)", told.getFirst().toString());
  }

  private void step(int milliseconds) {
    clock.addAndGet(Duration.ofMillis(milliseconds).toNanos());
    meter.advance("normal", 1);
  }
}
