package dev.lanewise.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// One fork: a JVM that measures one group. [PeersMain] starts it.
public final class ForkMain {
  private ForkMain() {}

  /// Measures a group, first with a round over all of it that only warms up: the compilers are to
  /// have seen everything before anything counts.
  ///
  /// @param arguments the group, the fork's number, `usual` or `quick`, and the file for results
  /// @throws IOException if the results cannot be written
  public static void main(String[] arguments) throws IOException {
    Group group = Group.of(arguments[0]);
    int fork = Integer.parseInt(arguments[1]);
    Pace pace = arguments[2].equals("quick") ? Pace.QUICK : Pace.USUAL;
    Path file = Path.of(arguments[3]);
    List<Outcome> outcomes = new ArrayList<>();
    try (Roofs roofs = new Roofs(group.threads())) {
      Stopwatch stopwatch = new Stopwatch(pace, group.threads(), roofs);
      List<Supplier<Race>> races = group.races();
      for (Supplier<Race> each : races) {
        try (Race race = each.get()) {
          stopwatch.warmUp(race);
        }
      }
      double bandwidth = roofs.bandwidth();
      for (Supplier<Race> each : races) {
        try (Race race = each.get()) {
          outcomes.add(stopwatch.measure(fork, race, bandwidth));
        }
      }
    }
    Files.writeString(file, new ObjectMapper().writeValueAsString(outcomes));
    System.exit(0); // other libraries leave threads behind
  }
}
