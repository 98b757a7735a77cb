package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/// Resilient backpropagation, Riedmiller and Braun, *A direct adaptive method for faster
/// backpropagation learning: the RPROP algorithm* (1993): each weight has a step Δ of its own,
/// which grows while the gradient keeps its sign and shrinks when that changes; `u ← −sign(u)·Δ`.
///
/// Where the sign has changed, nothing is added, or with backtracking, as in the paper, the update
/// before is taken back; there the sign is not compared in the next step. Meant for gradients of
/// all the data. It ends a chain: there is no rate after it.
///
/// @param initial Δ before the first step, positive
/// @param shrink η⁻ of each step, what a step is multiplied by when the sign has changed
/// @param grow η⁺ of each step, when it has not
/// @param smallest the smallest Δ
/// @param largest the largest Δ
/// @param backtracking whether the update before is taken back
public record StepByRprop(
    double initial,
    Schedule shrink,
    Schedule grow,
    double smallest,
    double largest,
    boolean backtracking)
    implements GradientTransform<StepByRprop.State> {
  /// What is remembered.
  ///
  /// @param steps Δ
  /// @param gradients the gradient before, 0 where the sign is not to be compared
  /// @param updates the update before, if it can be taken back
  public record State(PerParameter steps, PerParameter gradients, Optional<PerParameter> updates) {}

  /// Resilient backpropagation.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or the smallest step is larger
  ///     than the largest
  public StepByRprop {
    Range.POSITIVE.require("initial step of Rprop", initial);
    Range.POSITIVE.require("shrinking factor of Rprop", shrink);
    Range.POSITIVE.require("growing factor of Rprop", grow);
    Range.POSITIVE.require("smallest step of Rprop", smallest);
    Range.POSITIVE.require("largest step of Rprop", largest);
    if (smallest > largest) {
      throw new IllegalArgumentException(
          "The smallest step of Rprop, "
              + smallest
              + ", must not be larger than the largest, "
              + largest
              + ".");
    }
  }

  @Override
  public State init(Parameters parameters) {
    PerParameter steps = PerParameter.zerosLike(parameters);
    steps.tensors().forEach(each -> TensorMath.fill(initial, each));
    return new State(
        steps,
        PerParameter.zerosLike(parameters),
        backtracking ? Optional.of(PerParameter.zerosLike(parameters)) : Optional.empty());
  }

  @Override
  public String explain() {
    return ("Δ ← %s·Δ where u keeps its sign, %s·Δ where it changes, from %s, within %s to %s; "
            + "u ← −sign(u)·Δ, %s where the sign changes")
        .formatted(
            Range.show(grow),
            Range.show(shrink),
            initial,
            smallest,
            largest,
            backtracking ? "minus the update before" : "0");
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    double less = Range.POSITIVE.at("shrinking factor of Rprop", shrink, step);
    double more = Range.POSITIVE.at("growing factor of Rprop", grow, step);
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor steps = state.steps.get(i);
      Tensor before = state.gradients.get(i);
      for (int j = 0; j < update.size(); j++) {
        double gradient = update.getFlat(j);
        double agreement = gradient * before.getFlat(j);
        double factor = agreement > 0 ? more : agreement < 0 ? less : 1;
        double length = Math.clamp(factor * steps.getFlat(j), smallest, largest);
        steps.setFlat(j, length);
        double change = -Math.signum(gradient) * steps.getFlat(j);
        if (agreement < 0) {
          change = state.updates.isPresent() ? -state.updates.get().get(i).getFlat(j) : 0;
          gradient = 0;
        }
        before.setFlat(j, gradient);
        update.setFlat(j, change);
      }
      if (state.updates.isPresent()) {
        TensorMath.copy(update, state.updates.get().get(i));
      }
    }
  }
}
