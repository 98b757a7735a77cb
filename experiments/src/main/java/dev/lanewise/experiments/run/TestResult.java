package dev.lanewise.experiments.run;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.optim.metric.Predictions;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A model's outputs for every row of a test set, from one pass over it, and what follows from
/// them.
///
/// @param loss the mean loss of a row, towards targets as the model learned them: scaled ones for a
///     regression
/// @param outputs the outputs, `[n,k]`, for a regression in the targets' own units
/// @param targets the targets as the set has them: classes `[n]`, or numbers `[n,k]`
/// @param classes the number of classes; 0 for regression
public record TestResult(double loss, Tensor outputs, Tensor targets, int classes) {
  private static final int BLOCK = 512;

  /// Lets a model answer.
  ///
  /// @param model the model
  /// @param choice its loss
  /// @param dataset the test set with scaled features, with at least one row
  /// @param scaling how the model learned the targets
  /// @param dtype the model's element type
  /// @param threads how many threads compute
  /// @return the result
  public static TestResult of(
      Layer model,
      LossChoice choice,
      Dataset dataset,
      TargetScaling scaling,
      DType dtype,
      int threads) {
    int n = dataset.size();
    Loss criterion = choice.loss();
    Batches batches = Batches.inOrder(choice.prepare(scaling.apply(dataset)), BLOCK, dtype);
    Tensor outputs = null;
    double lossSum = 0;
    try (Workspace workspace = Workspace.of(threads)) {
      for (int step = 0; step < batches.perEpoch(); step++) {
        Batches.Batch batch = batches.load(0, step);
        int rows = batch.features().shape().rows();
        try (Graph graph = workspace.inference()) {
          Node output = model.apply(graph.batch(batch.features()));
          lossSum += rows * criterion.of(output, graph.batch(batch.targets())).value().item();
          if (outputs == null) {
            outputs = Tensor.zeros(dtype, Shape.of(n, output.shape().rowSize()));
          }
          TensorMath.copy(output.value(), outputs.rows(step * BLOCK, step * BLOCK + rows));
        }
      }
    }
    if (outputs == null) {
      throw new InputException("A test needs at least one row, and this set has none.");
    }
    boolean classes = !dataset.classLabels().isEmpty();
    Tensor targets = Tensor.zeros(classes ? dtype : DType.FLOAT64, dataset.targetBatch(n));
    dataset.copyTargets(IntStream.range(0, n).toArray(), targets);
    return new TestResult(
        lossSum / n, scaling.toOwnUnits(outputs), targets, dataset.classLabels().size());
  }

  /// The fraction of right answers.
  ///
  /// @return from 0 to 1; null for regression
  public @Nullable Double accuracy() {
    if (classes == 0) {
      return null;
    }
    int right = 0;
    for (int row = 0; row < rows(); row++) {
      right += answer(row) == label(row) ? 1 : 0;
    }
    return (double) right / rows();
  }

  /// The mean over rows and outputs of the squared error.
  ///
  /// @return the mean; null for classes
  public @Nullable Double meanSquaredError() {
    if (classes > 0) {
      return null;
    }
    double sum = 0;
    for (int i = 0; i < outputs.size(); i++) {
      double error = outputs.getFlat(i) - targets.getFlat(i);
      sum += error * error;
    }
    return sum / outputs.size();
  }

  /// The same, for metrics.
  ///
  /// @return the predictions
  public Predictions predictions() {
    return new Predictions(outputs, targets, classes);
  }

  /// How often each class was taken for each.
  ///
  /// @return `counts[class][answer]`
  public int[][] confusion() {
    int[][] counts = new int[classes][classes];
    for (int row = 0; row < rows(); row++) {
      counts[label(row)][answer(row)]++;
    }
    return counts;
  }

  /// The wrong answers, the surest first: by how far the answer's output lies above that of the
  /// right class.
  ///
  /// @return row numbers
  public List<Integer> mistakes() {
    return IntStream.range(0, rows())
        .filter(row -> answer(row) != label(row))
        .boxed()
        .sorted((a, b) -> Double.compare(margin(b), margin(a)))
        .toList();
  }

  /// The class of a row.
  ///
  /// @param row the row
  /// @return the class index
  public int label(int row) {
    return (int) targets.getFlat(row);
  }

  /// The class with the largest output, the first of equals.
  ///
  /// @param row the row
  /// @return the class index
  public int answer(int row) {
    int best = 0;
    for (int each = 1; each < classes; each++) {
      if (outputs.get(row, each) > outputs.get(row, best)) {
        best = each;
      }
    }
    return best;
  }

  private double margin(int row) {
    return outputs.get(row, answer(row)) - outputs.get(row, label(row));
  }

  private int rows() {
    return outputs.shape().rows();
  }
}
