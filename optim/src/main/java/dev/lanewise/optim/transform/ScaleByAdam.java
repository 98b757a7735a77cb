package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// The direction of Adam, Kingma and Ba, *Adam: a method for stochastic optimization* (2015),
/// Algorithm 1:
///
/// `m ← β₁·m + (1−β₁)·u`, `v ← β₂·v + (1−β₂)·u²`, `u ← m̂ / (√v̂ + ε)` with `m̂ = m/(1−β₁ᵗ)`,
/// `v̂ = v/(1−β₂ᵗ)`.
///
/// The moments are zero at first. If β changes with the step, the product of all β so far stands
/// for its power, see [Moments]. A trainer may recognise this record and compute it together with
/// the scaling by the rate.
///
/// @param beta1 β₁ of each step, from 0 to less than 1
/// @param beta2 β₂ of each step, from 0 to less than 1
/// @param epsilon ε, positive
/// @param place where ε stands
public record ScaleByAdam(Schedule beta1, Schedule beta2, Schedule epsilon, Place place)
    implements GradientTransform<Moments> {
  /// Where ε stands.
  public enum Place {
    /// Beside the corrected root, `m̂ / (√v̂ + ε)`: the paper's algorithm, PyTorch, optax.
    CORRECTED,
    /// Beside the uncorrected root, `m̂·√(1−β₂ᵗ) / (√v + ε)`: Keras, scikit-learn, and the end of
    /// the paper's section 2. It is a larger ε in the first steps.
    UNCORRECTED
  }

  /// Adam's direction.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdam {
    Range.BELOW_ONE.require("beta1 of Adam", beta1);
    Range.BELOW_ONE.require("beta2 of Adam", beta2);
    Range.POSITIVE.require("epsilon of Adam", epsilon);
  }

  /// With constants, and ε beside the corrected root.
  ///
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param epsilon ε
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdam(double beta1, double beta2, double epsilon) {
    this(beta1, beta2, epsilon, Place.CORRECTED);
  }

  /// With constants.
  ///
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param epsilon ε
  /// @param place where ε stands
  /// @throws IllegalArgumentException if a number is out of range
  public ScaleByAdam(double beta1, double beta2, double epsilon, Place place) {
    this(new Constant(beta1), new Constant(beta2), new Constant(epsilon), place);
  }

  @Override
  public Moments init(Parameters parameters) {
    return Moments.zerosLike(parameters);
  }

  @Override
  public String explain() {
    String b1 = Range.show(beta1);
    String b2 = Range.show(beta2);
    String moments =
        "m ← %s·m + (1−%s)·u, v ← %s·v + (1−%s)·u², m̂ = m/(1−%s^t), v̂ = v/(1−%s^t), "
            .formatted(b1, b1, b2, b2, b1, b2);
    String root =
        place == Place.CORRECTED
            ? "u ← m̂ / (√v̂ + %s)".formatted(Range.show(epsilon))
            : "u ← m̂·√(1−%s^t) / (√v + %s)".formatted(b2, Range.show(epsilon));
    return moments + root;
  }

  @Override
  public boolean elementwise() {
    return true;
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, Moments state, StepContext step) {
    Coefficients now = advance(state, step);
    for (int i = 0; i < updates.size(); i++) {
      TensorMath.adam(
          updates.get(i),
          state.first().get(i),
          state.second().get(i),
          now.beta1,
          now.beta2,
          now.correction1,
          now.correction2,
          now.epsilon);
    }
  }

  /// The numbers of one step.
  ///
  /// @param beta1 β₁
  /// @param beta2 β₂
  /// @param correction1 1/(1−β₁ᵗ), what takes the bias out of the first moment
  /// @param correction2 1/(1−β₂ᵗ), what takes the bias out of the second moment
  /// @param epsilon ε beside the corrected root
  public record Coefficients(
      double beta1, double beta2, double correction1, double correction2, double epsilon) {}

  /// Counts one more step in the state, for who then computes it in a way of his own.
  ///
  /// To ε beside the corrected root every place comes down:
  /// `√(1−β₂ᵗ)/(√v + ε) = 1/(√v̂ + ε/√(1−β₂ᵗ))`.
  ///
  /// @param state the moments; the shares of their zeros are changed, m and v are not
  /// @param step which step this is
  /// @return its numbers
  /// @throws IllegalArgumentException if a schedule says a number out of range
  public Coefficients advance(Moments state, StepContext step) {
    double b1 = Range.BELOW_ONE.at("beta1 of Adam", beta1, step);
    double b2 = Range.BELOW_ONE.at("beta2 of Adam", beta2, step);
    double given = Range.POSITIVE.at("epsilon of Adam", epsilon, step);
    state.advance(b1, b2);
    double correction2 = state.correction2();
    double beside = place == Place.CORRECTED ? given : given * Math.sqrt(correction2);
    return new Coefficients(b1, b2, state.correction1(), correction2, beside);
  }
}
