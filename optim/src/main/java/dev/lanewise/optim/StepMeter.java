package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.transform.PerParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures gradients and updates in some of the steps. It reads weights and gradients, and writes
/// to copies alone.
final class StepMeter {
  private final int every;
  private final Parameters parameters;
  private final PerParameter weightsBefore;
  private final double[] gradientNorms;

  StepMeter(int every, Parameters parameters) {
    this.every = every;
    this.parameters = parameters;
    this.weightsBefore = PerParameter.copiesOf(parameters);
    this.gradientNorms = new double[parameters.byPath().size()];
  }

  boolean wants(long step) {
    return (step - 1) % every == 0;
  }

  /// Looks at the step before the update, which overwrites the gradients.
  void before(List<Tensor> gradients) {
    List<Parameter> list = parameters.list();
    for (int i = 0; i < gradientNorms.length; i++) {
      gradientNorms[i] = norm(gradients.get(i));
      TensorMath.copy(list.get(i).value(), weightsBefore.get(i));
    }
  }

  /// Looks at the weights after the update.
  StepStatistics after() {
    Map<String, StepStatistics.OfParameter> byPath = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Parameter> each : parameters.byPath().entrySet()) {
      Tensor change = weightsBefore.get(i);
      double weightNorm = norm(change);
      TensorMath.axpy(-1, each.getValue().value(), change);
      byPath.put(
          each.getKey(),
          new StepStatistics.OfParameter(gradientNorms[i], weightNorm, norm(change)));
      i++;
    }
    return new StepStatistics(byPath);
  }

  private static double norm(Tensor tensor) {
    return Math.sqrt(TensorMath.dot(tensor, tensor));
  }
}
