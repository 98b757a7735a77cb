package dev.lanewise.optim;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.data.Batches;
import dev.lanewise.optim.transform.Objective;
import dev.lanewise.optim.transform.Penalty;
import dev.lanewise.optim.transform.PerParameter;
import dev.lanewise.optim.transform.StepContext;
import java.util.List;

/// The objective of one step's batch, the loss with the penalties, at other weights. What the model
/// draws is drawn again, the same as in the step.
///
/// @param trainer whose model, loss and penalties
/// @param parameters what is trained
/// @param batch the batch
/// @param key the address of the step's draws
/// @param step the step's number
/// @param workspace memory and threads
record BatchObjective(
    Trainer trainer,
    Parameters parameters,
    Batches.Batch batch,
    Key key,
    long step,
    Workspace workspace)
    implements Objective {
  @Override
  public double evaluate(List<Tensor> displacement, List<Tensor> gradients) {
    PerParameter before = PerParameter.copiesOf(parameters);
    List<Parameter> all = parameters.list();
    for (int i = 0; i < all.size(); i++) {
      TensorMath.add(all.get(i).value(), displacement.get(i), all.get(i).value());
    }
    try {
      return atPresentWeights(gradients);
    } finally {
      for (int i = 0; i < all.size(); i++) {
        TensorMath.copy(before.get(i), all.get(i).value());
      }
    }
  }

  private double atPresentWeights(List<Tensor> gradients) {
    double objective;
    try (Graph graph = workspace.training(key)) {
      Node prediction = trainer.model.apply(graph.batch(batch.features()));
      Node loss = trainer.loss.of(prediction, graph.batch(batch.targets()));
      objective = loss.value().item();
      Gradients found = graph.backward(loss);
      for (int i = 0; i < gradients.size(); i++) {
        TensorMath.copy(found.of(parameters.list().get(i)), gradients.get(i));
      }
    }
    for (Penalty penalty : trainer.penalties) {
      objective += penalty.value(parameters, step);
      penalty.apply(
          gradients, parameters, penalty.init(parameters), new StepContext(step, objective));
    }
    return objective;
  }
}
