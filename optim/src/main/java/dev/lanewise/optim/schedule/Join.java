package dev.lanewise.optim.schedule;

import java.util.List;

/// Schedules one after the other; each counts its steps from 1 anew (PyTorch's `SequentialLR`,
/// which also begins each anew). The last one goes on for ever.
///
/// @param first the schedules before the last, with how many steps each has
/// @param last what follows
public record Join(List<Part> first, Schedule last) implements Schedule {
  /// A schedule for some steps.
  ///
  /// @param schedule the schedule
  /// @param steps how many of its steps are made
  public record Part(Schedule schedule, long steps) {
    /// A part.
    ///
    /// @throws IllegalArgumentException if there is no step
    public Part {
      Require.steps("join", "part", steps);
    }
  }

  /// Joined schedules.
  public Join {
    first = List.copyOf(first);
  }

  @Override
  public double at(long step) {
    long inside = step;
    for (Part part : first) {
      if (inside <= part.steps()) {
        return part.schedule().at(inside);
      }
      inside -= part.steps();
    }
    return last.at(inside);
  }

  @Override
  public String toString() {
    StringBuilder rule = new StringBuilder();
    for (Part part : first) {
      rule.append("for %d steps %s; then with t from 0: ".formatted(part.steps(), part.schedule()));
    }
    return rule.append(last).toString();
  }
}
