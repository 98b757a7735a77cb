package dev.lanewise.optim.metric;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Measures a model on whole datasets, batch after batch in the order of the rows, so that equal
/// weights give equal metrics to the bit.
///
/// @param model the model
/// @param loss the loss, a mean over the rows of a batch: batches are weighted by their rows
/// @param batchSize how many rows are computed at once; memory and speed depend on it
public record Evaluator(Layer model, Loss loss, int batchSize) {
  /// The batch size unless told otherwise.
  public static final int DEFAULT_BATCH_SIZE = 512;

  /// With [#DEFAULT_BATCH_SIZE].
  ///
  /// @param model the model
  /// @param loss the loss, a mean over the rows of a batch
  public Evaluator(Layer model, Loss loss) {
    this(model, loss, DEFAULT_BATCH_SIZE);
  }

  /// The loss; for a dataset of classes the accuracy; for one of numbers, if the model's output has
  /// the targets' shape, the mean squared error.
  ///
  /// @param dataset the rows
  /// @param workspace memory and threads
  /// @return the metrics
  /// @throws IllegalArgumentException if there are no rows, of which there is no mean
  public Metrics evaluate(Dataset dataset, Workspace workspace) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException("A model cannot be evaluated on a dataset without rows.");
    }
    boolean classes = !dataset.classLabels().isEmpty();
    boolean numbers = !classes;
    double lossSum = 0;
    double scoreSum = 0;
    long scores = 0;
    Batches batches = Batches.inOrder(dataset, batchSize, elementType(model));
    for (int step = 0; step < batches.perEpoch(); step++) {
      Batches.Batch batch = batches.load(0, step);
      int rows = batch.features().shape().rows();
      try (Graph graph = workspace.inference()) {
        Node prediction = model.apply(graph.batch(batch.features()));
        lossSum += rows * loss.of(prediction, graph.batch(batch.targets())).value().item();
        numbers &= prediction.shape().equals(batch.targets().shape());
        if (classes) {
          scoreSum += Scores.correct(prediction.value(), batch.targets());
          scores += rows;
        } else if (numbers) {
          scoreSum += Scores.squaredError(prediction.value(), batch.targets());
          scores += batch.targets().size();
        }
      }
    }
    return new Metrics(
        dataset.size(),
        lossSum / dataset.size(),
        classes
            ? Map.of(Metrics.ACCURACY, scoreSum / scores)
            : numbers ? Map.of(Metrics.MEAN_SQUARED_ERROR, scoreSum / scores) : Map.of());
  }

  /// Lets the model answer every row, so that any metric can be computed.
  ///
  /// @param dataset the rows; targets are class indices or numbers, not one-hot rows
  /// @param workspace memory and threads
  /// @return outputs and targets, in memory of their own
  /// @throws IllegalArgumentException if there are no rows
  /// @throws dev.lanewise.core.tensor.ShapeException if the outputs do not fit the targets
  public Predictions predict(Dataset dataset, Workspace workspace) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException("A model cannot be evaluated on a dataset without rows.");
    }
    DType dtype = elementType(model);
    Batches batches = Batches.inOrder(dataset, batchSize, dtype);
    Tensor targets = Tensor.zeros(dtype, dataset.targetBatch(dataset.size()));
    dataset.copyTargets(IntStream.range(0, dataset.size()).toArray(), targets);
    Tensor outputs = null;
    for (int step = 0; step < batches.perEpoch(); step++) {
      Batches.Batch batch = batches.load(0, step);
      int rows = batch.features().shape().rows();
      try (Graph graph = workspace.inference()) {
        Node prediction = model.apply(graph.batch(batch.features()));
        if (outputs == null) {
          Shape shape = Shape.of(dataset.size(), prediction.shape().rowSize());
          outputs = Tensor.zeros(dtype, shape);
        }
        int from = step * batchSize;
        TensorMath.copy(
            prediction.value().reshape(Shape.of(rows, prediction.shape().rowSize())),
            outputs.rows(from, from + rows));
      }
    }
    return new Predictions(Objects.requireNonNull(outputs), targets, dataset.classLabels().size());
  }

  /// The element type in which a model computes.
  ///
  /// @param model the model
  /// @return the type of its parameters
  /// @throws IllegalArgumentException if it has no parameters, or they have several types
  public static DType elementType(Layer model) {
    List<Parameter> parameters = Parameters.of(model).list();
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "The model "
              + model.getClass().getSimpleName()
              + " has no parameters: a model is a record whose components are parameters or"
              + " layers.");
    }
    DType dtype = parameters.getFirst().dtype();
    for (Parameter parameter : parameters) {
      if (parameter.dtype() != dtype) {
        throw new IllegalArgumentException(
            "The model's parameters have the element types "
                + dtype.label()
                + " and "
                + parameter.dtype().label()
                + ", but must have the same.");
      }
    }
    return dtype;
  }
}
