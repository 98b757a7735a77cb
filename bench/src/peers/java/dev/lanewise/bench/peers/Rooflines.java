package dev.lanewise.bench.peers;

import dev.lanewise.bench.RooflinePlot;
import dev.lanewise.core.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The roofline plot of a run: our matrix products and training steps under the measured roofs.
final class Rooflines {
  private Rooflines() {}

  /// Draws the plot beside the results.
  ///
  /// @return the file; nothing if nothing with counted operations was measured on so many threads
  static Optional<Path> plot(int threads, List<Summary> summaries, Path json) throws IOException {
    List<Summary> counted =
        summaries.stream()
            .filter(summary -> Group.of(summary.cell().group()).threads() == threads)
            .filter(summary -> summary.cell().flop() > 0)
            .filter(summary -> !summary.has(Library.DL4J)) // ours is there once already
            .toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    List<RooflinePlot.Roof> roofs = new ArrayList<>();
    for (DType dtype : DType.values()) {
      counted.stream()
          .filter(summary -> summary.cell().dtype() == dtype)
          .findFirst()
          .ifPresent(
              summary ->
                  roofs.add(
                      new RooflinePlot.Roof(
                          dtype.label(), series(dtype), summary.peak(), summary.bandwidth())));
    }
    String title = "Lanewise on " + threads + (threads == 1 ? " thread" : " threads");
    List<RooflinePlot.Point> points = counted.stream().map(Rooflines::point).toList();
    String name = json.getFileName().toString().replace(".json", "-roofline-" + threads + ".svg");
    return Optional.of(
        Files.writeString(json.resolveSibling(name), new RooflinePlot(title, roofs, points).svg()));
  }

  private static RooflinePlot.Point point(Summary summary) {
    Cell cell = summary.cell();
    boolean training = Group.of(cell.group()).kind() == Group.Kind.TRAINING;
    String label =
        training
            ? cell.labels().getFirst() + ", batch " + cell.labels().get(1)
            : cell.labels().contains("NN") ? cell.labels().getLast() : "";
    boolean labelled = training ? cell.labels().contains("Adam") : cell.dtype() == DType.FLOAT32;
    return new RooflinePlot.Point(
        labelled ? label : "",
        String.join(" ", cell.labels()),
        series(cell.dtype()) + (training ? 2 : 0),
        cell.flop() / cell.bytes(),
        cell.flop() / summary.seconds(Library.LANEWISE));
  }

  private static int series(DType dtype) {
    return Arrays.asList(DType.FLOAT32, DType.FLOAT64).indexOf(dtype);
  }
}
