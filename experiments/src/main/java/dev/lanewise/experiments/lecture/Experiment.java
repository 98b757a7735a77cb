package dev.lanewise.experiments.lecture;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A short program that shows one thing.
public interface Experiment {
  /// All experiments.
  ///
  /// @return in the lecture's order
  static List<Experiment> all() {
    return List.of(
        new XorByHand(),
        new XorLearned(),
        new BackpropByHand(),
        new GradientCheck(),
        new CostRule());
  }

  /// The name that users write.
  ///
  /// @return words with hyphens
  String name();

  /// What the experiment shows.
  ///
  /// @return one sentence
  String claim();

  /// Shows it.
  ///
  /// @param out what there is to read
  /// @param folder where pictures go, an existing folder; empty if none are wanted
  void run(PrintWriter out, Optional<Path> folder);
}
