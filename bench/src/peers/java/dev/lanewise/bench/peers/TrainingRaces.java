package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.TrainingProblem.Optimizer;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Epochs of training in memory.
final class TrainingRaces {
  private static final List<Net> NETS =
      List.of(new Net("784-128-10", 6), new Net("784-512-256-10", 4));

  private static final List<Integer> BATCHES = List.of(32, 128, 512);
  private static final List<Optimizer> OPTIMIZERS = List.of(Optimizer.MOMENTUM, Optimizer.ADAM);

  /// The examples of an epoch.
  private static final int EPOCH = 8192;

  /// The examples of an epoch beside DL4J, which would take many minutes for as many as elsewhere.
  private static final int DL4J_EPOCH = 4096;

  private static final int VERIFIED_STEPS = 3;
  private static final double TOLERANCE = 1e-3;

  private TrainingRaces() {}

  static final Map<Library, Function<TrainingProblem, Trainee>> DL4J =
      Map.of(Library.DL4J, Dl4jTrainee::new);

  static final Map<Library, Function<TrainingProblem, Trainee>> OTHERS =
      Map.of(
          Library.LIBTORCH, LibTorchTrainee::new,
          Library.TENSORFLOW, TensorFlowTrainee::new);

  static List<Supplier<Race>> all(String group, int threads) {
    return all(group, threads, EPOCH, Net::epochs, OTHERS);
  }

  /// The trainings of DL4J beside ours, by turns of one epoch.
  static List<Supplier<Race>> allBesideDl4j(String group, int threads) {
    return all(group, threads, DL4J_EPOCH, net -> 1, DL4J);
  }

  private static List<Supplier<Race>> all(
      String group,
      int threads,
      int samples,
      ToIntFunction<Net> epochs,
      Map<Library, Function<TrainingProblem, Trainee>> others) {
    List<Supplier<Race>> races = new ArrayList<>();
    for (Net net : NETS) {
      for (int batch : BATCHES) {
        for (Optimizer optimizer : OPTIMIZERS) {
          races.add(
              () ->
                  race(
                      group,
                      net.widths(),
                      batch,
                      samples,
                      epochs.applyAsInt(net),
                      optimizer,
                      threads,
                      others));
        }
      }
    }
    return races;
  }

  static Race race(
      String group,
      String net,
      int batch,
      int samples,
      int epochs,
      Optimizer optimizer,
      int threads,
      Map<Library, Function<TrainingProblem, Trainee>> others) {
    TrainingProblem problem = TrainingProblem.timed(net, batch, samples, optimizer, threads);
    TrainingProblem verified = TrainingProblem.verified(net, batch, optimizer, threads);
    Cell cell =
        new Cell(
            group,
            DType.FLOAT32,
            List.of(net, Integer.toString(batch), optimizer.title()),
            epochs * problem.flop(),
            epochs * problem.bytes(),
            epochs * problem.samples());
    Map<Library, Function<TrainingProblem, Trainee>> all = new EnumMap<>(Library.class);
    all.put(Library.LANEWISE, LanewiseTrainee::new);
    all.putAll(others);
    List<Contender> contenders = new ArrayList<>();
    all.forEach(
        (library, maker) -> {
          TrainingProblem checked = library == Library.DL4J ? verified.inNesterovsForm() : verified;
          Trainee trainee = maker.apply(problem);
          contenders.add(
              new Contender(
                  library,
                  () -> requireFinite(library, trainee.train(epochs)),
                  () -> verify(library, checked, maker),
                  trainee::close));
        });
    return new Race(cell, contenders, false);
  }

  /// A network.
  ///
  /// @param widths of its layers
  /// @param epochs how many the training of a turn takes: so many that starting it, which only ours
  ///     does anew, costs less than a fiftieth
  private record Net(String widths, int epochs) {}

  private static void requireFinite(Library library, double[] losses) {
    if (!Arrays.stream(losses).allMatch(Double::isFinite)) {
      throw new AssertionError(library + ": the losses are " + Arrays.toString(losses));
    }
  }

  /// Asserts that a few steps give the losses that our trainer's steps give.
  static void verify(
      Library library, TrainingProblem problem, Function<TrainingProblem, Trainee> maker) {
    double[] expected;
    try (Trainee ours = new LanewiseTrainee(problem)) {
      expected = ours.train(VERIFIED_STEPS);
    }
    try (Trainee theirs = maker.apply(problem)) {
      double[] found = theirs.train(VERIFIED_STEPS);
      for (int i = 0; i < VERIFIED_STEPS; i++) {
        if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE * expected[i])) {
          throw new AssertionError(
              "%s, %s by %s: the losses are %s but ours are %s"
                  .formatted(
                      library,
                      problem.net(),
                      problem.optimizer(),
                      Arrays.toString(found),
                      Arrays.toString(expected)));
        }
      }
      if (!(expected[VERIFIED_STEPS - 1] < expected[0])) {
        throw new AssertionError("The loss does not fall: " + Arrays.toString(expected));
      }
    }
  }
}
