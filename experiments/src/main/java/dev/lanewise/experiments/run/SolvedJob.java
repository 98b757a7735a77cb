package dev.lanewise.experiments.run;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Dataset;
import dev.lanewise.layers.ModelFile;
import dev.lanewise.layers.Sequential;
import dev.lanewise.optim.direct.DirectSolution;
import dev.lanewise.optim.metric.Evaluator;
import dev.lanewise.optim.metric.Metrics;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run whose linear model is solved for at once, on the rows that a training would learn from,
/// and leaves the same folder. [#solve] does all that can go wrong because of the data, before
/// anything is written.
///
/// @param job the run, its model the solution in the run's element type
/// @param solution the solution
/// @param seconds the time it took
public record SolvedJob(TrainingJob job, DirectSolution solution, double seconds) {
  private static final String SOLVED = "solved";

  /// Solves.
  ///
  /// @param job what for, its settings those of a direct solver
  /// @return the solution
  /// @throws InputException if solver, model and data do not fit together
  /// @throws dev.lanewise.data.DataException if these data have no best model
  public static SolvedJob solve(TrainingJob job) {
    TrainSettings settings = job.config().settings();
    long start = System.nanoTime();
    DirectSolution solution;
    try {
      solution = settings.solver().solve(job.prepared(job.training()));
    } catch (ShapeException e) {
      throw new InputException(e.getMessage(), e);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    Sequential model = Parameters.convert(Sequential.of(solution.model()), settings.elementType());
    TrainingJob solved =
        new TrainingJob(
            job.config(), job.training(), job.validation(), job.test(), job.choice(), model);
    return new SolvedJob(solved, solution, seconds);
  }

  /// Measures the model and writes what a training would.
  ///
  /// @param folder where to
  /// @return what it came to, with one epoch
  public TrainingJob.Outcome write(RunFolder folder) {
    EpochLine line = line();
    TestResult tested = job.testResult();
    RunSummary summary = summary(line, tested);
    folder.write(RunFolder.CONFIG, Json.page(job.config()));
    folder.write(RunFolder.METRICS, Json.line(line));
    folder.replace(RunFolder.MODEL, path -> ModelFile.save(job.model(), path));
    folder.write(RunFolder.SUMMARY, Json.page(summary));
    return new TrainingJob.Outcome(List.of(line), Optional.empty(), Optional.of(tested), summary);
  }

  private EpochLine line() {
    try (Workspace workspace = Workspace.of(job.config().settings().threads())) {
      Metrics training = evaluate(job.training(), workspace);
      Metrics validation =
          job.validation().size() == 0 ? null : evaluate(job.validation(), workspace);
      return new EpochLine(
          1,
          solution.iterations(),
          training.loss(),
          penalty(),
          accuracy(training),
          validation == null ? null : validation.loss(),
          validation == null ? null : accuracy(validation),
          true,
          seconds,
          job.training().size() / seconds);
    }
  }

  private Metrics evaluate(Dataset dataset, Workspace workspace) {
    return new Evaluator(job.model(), job.choice().loss())
        .evaluate(job.prepared(dataset), workspace);
  }

  private static @Nullable Double accuracy(Metrics metrics) {
    return metrics.others().get(Metrics.ACCURACY);
  }

  private double penalty() {
    Tensor weight = solution.model().weight().value();
    return 0.5 * job.config().settings().l2() * TensorMath.dot(weight, weight);
  }

  private RunSummary summary(EpochLine line, TestResult tested) {
    return new RunSummary(
        tested.accuracy(),
        tested.meanSquaredError(),
        tested.loss(),
        1,
        SOLVED,
        line.validationAccuracy(),
        line.validationLoss(),
        1,
        line.steps(),
        SOLVED,
        solution.explanation(),
        seconds,
        line.samplesPerSecond(),
        Parameters.of(job.model()).count(),
        job.config().settings().seed(),
        RunSummary.Solution.of(solution));
  }
}
