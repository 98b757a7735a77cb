package dev.lanewise.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each schedule beside `schedules.csv`, which `schedules.py` (in the same folder of resources)
/// makes with PyTorch's schedulers.
class ScheduleGoldenTest {
  private static Schedule schedule(String name) {
    return switch (name) {
      case "linear" -> new Linear(0.5, 0.125, 12);
      case "polynomial" -> new Polynomial(0.5, 0, 2.5, 15);
      case "step" -> new StepDecay(0.5, 0.3, 4);
      case "multi-step" -> new MultiStep(0.5, 0.5, List.of(3L, 7L, 8L));
      case "exponential" -> new Exponential(0.5, 0.9, 1);
      case "cosine" -> new Cosine(0.5, 0.02, 16);
      case "restarts-1" -> new CosineRestarts(0.5, 0.02, 5, 1);
      case "restarts-2" -> new CosineRestarts(0.5, 0.02, 3, 2);
      case "one-cycle" -> OneCycle.of(0.5, 25);
      case "one-cycle-40" -> new OneCycle(0.5, 40, 0.4, 10, 100);
      case "triangular" -> new Cyclic(0.1, 0.5, 4, 6, 1);
      case "triangular-2" -> new Cyclic(0.1, 0.5, 4, 4, 0.5);
      case "warmup-cosine" -> new Warmup(8, new Cosine(0.5, 0.01, 24));
      case "noam" -> Noam.of(1, 128, 9);
      case "inverse-time" -> new InverseTime(0.5, 0.25, 5);
      default -> throw new AssertionError(name);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "polynomial",
        "step",
        "multi-step",
        "exponential",
        "cosine",
        "restarts-1",
        "restarts-2",
        "one-cycle",
        "one-cycle-40",
        "triangular",
        "triangular-2",
        "warmup-cosine",
        "noam",
        "inverse-time"
      })
  void aScheduleGivesPyTorchsRates(String name) throws IOException {
    Schedule schedule = schedule(name);
    List<String[]> lines =
        golden().lines().map(line -> line.split(",")).filter(line -> line[0].equals(name)).toList();
    assertTrue(lines.size() >= 17, name + " is missing: run python3 schedules.py > schedules.csv");
    for (String[] line : lines) {
      double expected = Double.parseDouble(line[2]);
      // PyTorch multiplies from step to step, which rounds each time.
      assertEquals(
          expected,
          schedule.at(Long.parseLong(line[1])),
          1e-13 * expected,
          () -> name + " at step " + line[1]);
    }
  }

  private static String golden() throws IOException {
    try (InputStream in = ScheduleGoldenTest.class.getResourceAsStream("schedules.csv")) {
      if (in == null) {
        throw new AssertionError("schedules.csv is not among the test's resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
