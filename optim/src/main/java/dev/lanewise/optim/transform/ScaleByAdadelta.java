package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of Adadelta, Zeiler, *ADADELTA: an adaptive learning rate method* (2012),
/// Algorithm 1: `v ← ρ·v + (1−ρ)·u²`, `u ← √(d + ε)/√(v + ε)·u`, `d ← ρ·d + (1−ρ)·u²` with the new
/// u. The paper's rate is 1.
///
/// @param decay ρ of each step, from 0 to less than 1
/// @param epsilon ε of each step, positive
public record ScaleByAdadelta(Schedule decay, Schedule epsilon)
    implements GradientTransform<ScaleByAdadelta.State> {
  /// What is remembered.
  ///
  /// @param gradients v, the mean of squared gradients
  /// @param updates d, the mean of squared updates
  public record State(PerParameter gradients, PerParameter updates) {}

  /// Adadelta's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdadelta {
    Range.BELOW_ONE.require("decay", decay);
    Range.POSITIVE.require("epsilon", epsilon);
  }

  @Override
  public State init(Parameters parameters) {
    return new State(PerParameter.zerosLike(parameters), PerParameter.zerosLike(parameters));
  }

  @Override
  public String explain() {
    String rho = Range.show(decay);
    String eps = Range.show(epsilon);
    return "v ← %s·v + (1−%s)·u², u ← √(d + %s)/√(v + %s)·u, d ← %s·d + (1−%s)·u²"
        .formatted(rho, rho, eps, eps, rho, rho);
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    double rho = Range.BELOW_ONE.at("decay", decay, step);
    double eps = Range.POSITIVE.at("epsilon", epsilon, step);
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Elementwise.mixSquare(rho, 1 - rho, update, state.gradients.get(i));
      Elementwise.divideByRoot(1, state.gradients.get(i), eps, 0, update);
      Elementwise.multiplyByRoot(state.updates.get(i), eps, update);
      Elementwise.mixSquare(rho, 1 - rho, update, state.updates.get(i));
    }
  }
}
