package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/// The direction of RMSprop, Tieleman and Hinton, *Lecture 6.5: RMSprop* (2012):
/// `v ← ρ·v + (1−ρ)·u²`, `u ← u / (√v + ε)`; centred, Graves, *Generating sequences with recurrent
/// neural networks* (2013), equations 38 to 40, also `m ← ρ·m + (1−ρ)·u`, and `v − m²` in the place
/// of v, taken as 0 where rounding makes it negative.
///
/// @param decay ρ of each step, from 0 to less than 1
/// @param epsilon ε of each step, at least 0
/// @param place where ε stands
/// @param centred whether the squared mean is taken off
public record ScaleByRms(Schedule decay, Schedule epsilon, RootEpsilon place, boolean centred)
    implements GradientTransform<ScaleByRms.State> {
  /// What is remembered.
  ///
  /// @param squares v
  /// @param mean m, if centred
  public record State(PerParameter squares, Optional<PerParameter> mean) {}

  /// RMSprop's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByRms {
    Range.BELOW_ONE.require("decay", decay);
    Range.NOT_NEGATIVE.require("epsilon", epsilon);
  }

  @Override
  public State init(Parameters parameters) {
    return new State(
        PerParameter.zerosLike(parameters),
        centred ? Optional.of(PerParameter.zerosLike(parameters)) : Optional.empty());
  }

  @Override
  public String explain() {
    String rho = Range.show(decay);
    String difference = place == RootEpsilon.INSIDE ? "v − m²" : "(v − m²)";
    String variance = centred ? difference : "v";
    String mean = centred ? "m ← %s·m + (1−%s)·u, ".formatted(rho, rho) : "";
    return "v ← %s·v + (1−%s)·u², ".formatted(rho, rho)
        + mean
        + "u ← u / "
        + place.explain(variance, Range.show(epsilon));
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    double rho = Range.BELOW_ONE.at("decay", decay, step);
    double eps = Range.NOT_NEGATIVE.at("epsilon", epsilon, step);
    double inside = place.inside(eps);
    double outside = place.outside(eps);
    for (int i = 0; i < updates.size(); i++) {
      Tensor update = updates.get(i);
      Tensor squares = state.squares.get(i);
      Elementwise.mixSquare(rho, 1 - rho, update, squares);
      if (state.mean.isPresent()) {
        Tensor mean = state.mean.get().get(i);
        Elementwise.mix(rho, mean, 1 - rho, update, mean);
        Elementwise.divideByDeviation(squares, mean, inside, outside, update);
      } else {
        Elementwise.divideByRoot(1, squares, inside, outside, update);
      }
    }
  }
}
