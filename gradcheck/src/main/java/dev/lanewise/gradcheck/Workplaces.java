package dev.lanewise.gradcheck;

import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.numeric.Differentiator;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// The workplaces at one point: as many as threads were at work at the same time.
final class Workplaces implements AutoCloseable {
  private final Problem problem;
  private final Site site;
  private final boolean strict;
  private final Key key;
  private final List<Workplace> all = new ArrayList<>();
  private final Deque<Workplace> free = new ArrayDeque<>();

  /// Workplaces at a site, the first of which uses a given evaluator.
  ///
  /// @param evaluator the function at the problem's point; closed with the workplaces
  /// @param site what is known there
  /// @param key the address of points nearby
  Workplaces(Evaluator evaluator, Site site, Key key) {
    this.problem = evaluator.problem();
    this.site = site;
    this.strict = singleOp(evaluator);
    this.key = key;
    free.add(workplace(evaluator));
  }

  /// Does some work at a workplace that no other thread uses meanwhile.
  <T> T use(Function<Workplace, T> work) {
    Workplace mine = take();
    try {
      return work.apply(mine);
    } finally {
      giveBack(mine);
    }
  }

  /// How often the function was evaluated, along all lines and once at the beginning.
  synchronized long evaluations() {
    return all.stream().mapToLong(Workplace::evaluations).sum();
  }

  private synchronized Workplace take() {
    return free.isEmpty() ? workplace(problem.open()) : free.pop();
  }

  private synchronized void giveBack(Workplace workplace) {
    free.push(workplace);
  }

  private Workplace workplace(Evaluator evaluator) {
    Workplace made =
        new Workplace(
            new Place(site, evaluator),
            new Nearby(problem, site.origin().upstream(), key.with("nearby")),
            strict,
            Differentiator.Scratch.of(site.origin().y().length));
    all.add(made);
    return made;
  }

  /// Whether the function is one op, but for sums and factors: these add no kinks, and mix none.
  private static boolean singleOp(Evaluator evaluator) {
    return evaluator.ops().stream()
            .filter(op -> !(op instanceof Sum) && !(op instanceof Scale))
            .count()
        <= 1;
  }

  @Override
  public synchronized void close() {
    all.forEach(Workplace::close);
  }
}
