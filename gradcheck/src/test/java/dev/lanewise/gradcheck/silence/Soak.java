package dev.lanewise.gradcheck.silence;

import dev.lanewise.gradcheck.GradientChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Checks of right things, one seed after the other, on all processors.
///
/// @param firstSeed the seed of the first round; each round takes the next
/// @param checker what to make of the checker of a seed, for example without laws
/// @param progress is told after each round
record Soak(long firstSeed, UnaryOperator<GradientChecker> checker, Consumer<Tally> progress) {
  /// Goes on until a number of coordinates was checked.
  Tally until(long coordinates) throws InterruptedException, ExecutionException {
    Tally tally = new Tally();
    List<RightCase> cases = RightCase.all();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (long seed = firstSeed; tally.checked() < coordinates; seed++) {
        GradientChecker of = checker.apply(GradientChecker.seeded(seed)).threads(1);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (RightCase each : cases) {
          tasks.add(
              () -> {
                tally.add(each.name(), of.seed(), each.check().apply(of));
                return null;
              });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
          done.get();
        }
        progress.accept(tally);
      }
    }
    return tally;
  }
}
