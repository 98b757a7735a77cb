package dev.lanewise.bench.peers;

import dev.lanewise.core.tensor.DType;
import java.util.List;

/// What several libraries compute: a row of a table.
///
/// @param group the name of its [Group]
/// @param dtype the element type
/// @param labels what tells it from the others of its group, by column
/// @param flop the floating-point operations of one call; 0 where nobody counts them
/// @param bytes what one call must read and write at least
/// @param items what a user counts: elements or samples
record Cell(
    String group, DType dtype, List<String> labels, double flop, double bytes, double items) {
  @Override
  public String toString() {
    return group + " " + String.join(" ", labels);
  }
}
