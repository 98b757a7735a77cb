package dev.lanewise.gradcheck;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.large.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Shares out the checks at one point over threads, in portions that do not depend on how many
/// threads there are: so the findings do not either.
///
/// @param site the point
/// @param workplaces where threads work
/// @param threads who works
/// @param step is run after each derivative that was checked, by any thread
/// @param key the address of the draws
record Examination(Site site, Workplaces workplaces, Threads threads, Runnable step, Key key) {
  /// The coordinates that one thread checks in a row, tuning its steps on the way.
  private static final int PORTION = 128;

  /// Finds a step for each variable.
  ///
  /// @return a tuning for each; of a variable without elements one that nobody needs
  List<Tuning> tune() {
    return all(
        IntStream.range(0, site.point().length).boxed().toList(),
        (workplace, variable) ->
            site.point()[variable].length == 0
                ? Tuning.GUESS
                : PointCheck.tune(workplace.here(), variable, key.with("tune").with(variable)));
  }

  /// Checks coordinates.
  ///
  /// @param positions which, of each variable
  /// @param tunings the steps to begin with, for each variable
  /// @return the findings, in the same order
  List<List<Coordinate>> coordinates(List<int[]> positions, List<Tuning> tunings) {
    List<Portion> portions = new ArrayList<>();
    for (int t = 0; t < positions.size(); t++) {
      int[] of = positions.get(t);
      for (int from = 0; from < of.length; from += PORTION) {
        portions.add(
            new Portion(t, Arrays.copyOfRange(of, from, Math.min(from + PORTION, of.length))));
      }
    }
    List<List<Coordinate>> found = all(portions, (at, of) -> check(at, of, tunings));
    List<List<Coordinate>> byVariable = new ArrayList<>();
    positions.forEach(variable -> byVariable.add(new ArrayList<>()));
    for (int p = 0; p < portions.size(); p++) {
      byVariable.get(portions.get(p).variable()).addAll(found.get(p));
    }
    return byVariable;
  }

  /// Checks coordinates once more, with all the precision there is, by ladders and nothing quicker.
  ///
  /// @param positions which, of each variable
  /// @return the findings, in the same order
  List<List<Coordinate>> coordinatesByLadders(List<int[]> positions) {
    return new Examination(site, workplaces, threads, () -> {}, key)
        .coordinates(positions, Collections.nCopies(positions.size(), Tuning.NONE));
  }

  /// Some coordinates of a variable.
  private record Portion(int variable, int[] positions) {}

  private List<Coordinate> check(Workplace at, Portion portion, List<Tuning> tunings) {
    PointCheck check = new PointCheck(at, portion.variable(), tunings.get(portion.variable()));
    List<Coordinate> found = new ArrayList<>();
    for (int position : portion.positions()) {
      found.add(check.check(position));
      step.run();
    }
    return found;
  }

  /// A piece of work.
  interface Work<A, B> {
    /// Does it at a workplace.
    B at(Workplace workplace, A what);
  }

  /// Does a piece of work for each item, in any thread.
  ///
  /// @param items the items
  /// @param work the work
  /// @return the results, in the items' order
  <A, B> List<B> all(List<A> items, Work<A, B> work) {
    List<Supplier<B>> tasks = new ArrayList<>();
    for (A item : items) {
      Function<Workplace, B> task = workplace -> work.at(workplace, item);
      tasks.add(() -> workplaces.use(task));
    }
    return threads.all(tasks);
  }
}
