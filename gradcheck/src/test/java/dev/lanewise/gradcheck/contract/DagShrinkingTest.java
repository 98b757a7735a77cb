package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.GradientChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;

/// Wrong ops in random graphs: how small the counterexamples become.
class DagShrinkingTest {
  private static final int GRAPHS = 6;

  /// How large a counterexample was and is.
  private record Size(Mistake mistake, Dag before, Dag after, int attempts) {
    int vertices() {
      return after.vertices().size();
    }

    int longestAxis() {
      return longestAxis(after);
    }

    static int longestAxis(Dag dag) {
      return dag.shapes().stream()
          .flatMapToInt((Shape shape) -> IntStream.of(shape.dims()))
          .max()
          .orElse(0);
    }

    /// How much there is to type for a number.
    int longestNumber() {
      return after.leaves().values().stream()
          .flatMapToDouble(leaf -> DoubleStream.of(leaf.toDoubles()))
          .mapToInt(number -> Double.toString(number).length())
          .max()
          .orElse(0);
    }

    @Override
    public String toString() {
      return mistake + ": " + after + " from " + before + " (" + attempts + " tries)";
    }
  }

  private static List<Size> counterexamples(Mistake mistake) {
    RandomGenerator<Dag> graphs = Dags.with(mistake.op(), mistake.shapes()).generator(1000);
    Random random = new Random(mistake.ordinal());
    List<Size> found = new ArrayList<>();
    for (int i = 0; i < GRAPHS; i++) {
      Dag dag = graphs.next(random).value();
      GradientChecker checker = DagSpecimen.checker(i);
      DagSpecimen specimen = new DagSpecimen(dag);
      Optional<Verification.Failure> failure = Verification.failure(specimen, checker);
      failure
          .flatMap(how -> Verification.smallest(specimen, checker, how.kind()))
          .ifPresent(
              small -> found.add(new Size(mistake, dag, small.value().dag(), small.attempts())));
    }
    return found;
  }

  @Example
  void theMedianCounterexampleHasAtMostThreeVerticesAndTwoByTwoTensors() {
    List<Size> all = new ArrayList<>();
    for (Mistake mistake : Mistake.values()) {
      List<Size> found = counterexamples(mistake);
      assertTrue(!found.isEmpty(), () -> mistake + " was found in no graph");
      all.addAll(found);
    }
    String list = String.join("\n", all.stream().map(Size::toString).toList());
    assertTrue(median(all.stream().mapToInt(Size::vertices)) <= 3, list);
    assertTrue(median(all.stream().mapToInt(Size::longestAxis)) <= 2, list);
    assertTrue(median(all.stream().mapToInt(Size::longestNumber)) <= "10.0".length(), list);
    // The graphs were large, so that there was something to shrink.
    assertTrue(median(all.stream().mapToInt(size -> size.before().vertices().size())) >= 5, list);
    assertTrue(median(all.stream().mapToInt(size -> Size.longestAxis(size.before()))) >= 5, list);
  }

  private static int median(IntStream sizes) {
    int[] sorted = sizes.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
