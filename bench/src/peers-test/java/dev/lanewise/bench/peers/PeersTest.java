package dev.lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.ElementwiseFunction;
import dev.lanewise.bench.peers.TrainingProblem.Optimizer;
import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PeersTest {
  private static final Pace SHORT = new Pace(2, 0, 0);

  @BeforeAll
  static void loadNetlibBeforeOpenBlas() {
    VectorBlas.load();
  }

  static Stream<Race> races() {
    return Arrays.stream(DType.values()).flatMap(PeersTest::races);
  }

  private static Stream<Race> races(DType dtype) {
    Stream<Race> products =
        Arrays.stream(GemmVariant.values())
            .flatMap(
                variant ->
                    Stream.of("5x7x3", "1x40x20", "33x20x10", "300x130x70")
                        .flatMap(
                            layer ->
                                Stream.of(1, 3)
                                    .map(n -> GemmRaces.race("gemm", dtype, variant, layer, n))));
    Stream<Race> functions =
        Arrays.stream(ElementwiseFunction.values())
            .map(function -> ElementwiseRaces.race("elementwise", function, dtype, 3000));
    Stream<Race> productsByDl4j =
        Arrays.stream(GemmVariant.values())
            .map(variant -> GemmRaces.raceBesideDl4j("gemm", dtype, variant, "33x20x10"));
    return Stream.of(products, functions, productsByDl4j).flatMap(races -> races);
  }

  @ParameterizedTest
  @MethodSource("races")
  void everyLibraryComputesWhatOursDoes(Race race) {
    measured(race);
  }

  @ParameterizedTest
  @EnumSource(names = {"MOMENTUM", "ADAM"})
  void everyLibrarysTrainingTakesTheSteps(Optimizer optimizer) {
    measured(
        TrainingRaces.race(
            "training", "20-16-12-10", 8, 16, 1, optimizer, 1, TrainingRaces.OTHERS));
    measured(
        TrainingRaces.race("training", "20-16-12-10", 8, 16, 1, optimizer, 1, TrainingRaces.DL4J));
  }

  @ParameterizedTest
  @EnumSource(GemmVariant.class)
  void aWrongElementIsNoticed(GemmVariant variant) {
    Problem problem = Problem.of(DType.FLOAT32, variant, "5x7x3");
    Product product = LanewiseGemm.product(problem, 1);
    product.multiply().run();
    Product.Matrix wrong = (i, j) -> product.result().get(i, j) + (i == 1 && j == 2 ? 1e-3 : 0);
    Problem.Expected expected = problem.expected();
    assertThrows(AssertionError.class, () -> expected.verify(Library.OPENBLAS, wrong));
  }

  @Test
  void anotherOptimizersStepsAreNoticed() {
    TrainingProblem problem = TrainingProblem.verified("20-10", 8, Optimizer.ADAM, 1);
    TrainingProblem other = TrainingProblem.verified("20-10", 8, Optimizer.MOMENTUM, 1);
    assertThrows(
        AssertionError.class,
        () -> TrainingRaces.verify(Library.LIBTORCH, problem, any -> new LibTorchTrainee(other)));
  }

  @Test
  void aRatioIsTheMedianOverTheForksOfTheMedianOverTheRounds() {
    Cell cell = new Cell("gemm-f32", DType.FLOAT32, List.of("float32", "NN", "1×1×1"), 6, 12, 1);
    Summary summary =
        new Summary(
            cell,
            List.of(
                outcome(1, cell, List.of(1.0, 2.0, 4.0), List.of(2.0, 6.0, 4.0)),
                outcome(2, cell, List.of(1.0, 1.0, 1.0), List.of(3.0, 3.0, 9.0)),
                outcome(3, cell, List.of(1.0, 1.0, 1.0), List.of(4.0, 4.0, 1.0))));
    assertEquals(List.of(2.0, 3.0, 4.0), summary.ratios(Library.OPENBLAS));
    assertEquals(3, summary.ratio(Library.OPENBLAS));
    assertEquals(Library.OPENBLAS, summary.best(Library::isNative).orElseThrow());
    assertEquals(0.6, summary.fractionOfPeak(), 1e-15);
    assertTrue(summary.isTorn(), "one fork took twice as long as the others");
    List<String> lines = new PeerTable(Group.GEMM_F32, List.of(summary)).lines();
    assertEquals(7, lines.size(), lines::toString);
    assertTrue(lines.get(4).contains("| 60 % |"), lines.get(4));
    assertTrue(lines.get(4).endsWith("| 3.00 | 3.00 | OpenBLAS | 2.00 3.00 4.00 |"), lines.get(4));
  }

  private static Outcome outcome(int fork, Cell cell, List<Double> ours, List<Double> theirs) {
    Map<Library, List<Double>> seconds = Map.of(Library.LANEWISE, ours, Library.OPENBLAS, theirs);
    return new Outcome(fork, cell, 24, List.of(10.0, 10.0, 10.0), seconds, 0);
  }

  private static void measured(Race race) {
    try (race;
        Roofs roofs = new Roofs(1)) {
      Outcome outcome = new Stopwatch(SHORT, 1, roofs).measure(1, race, 1);
      assertEquals(race.contenders().size(), outcome.seconds().size());
      outcome.seconds().forEach((library, seconds) -> assertEquals(SHORT.rounds(), seconds.size()));
    }
  }
}
