package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.ArrayList;
import java.util.List;

/// The direction of L-BFGS, `u ← H·u` with H an approximation of the inverse Hessian from the last
/// steps: Nocedal, *Updating quasi-Newton matrices with limited storage* (1980); Liu and Nocedal
/// (1989), Algorithm 2.1, the two loops of Nocedal and Wright, *Numerical optimization* (2006),
/// Algorithm 7.4, with `H₀ = ⟨s,y⟩/⟨y,y⟩` (their 7.20).
///
/// A pair (s, y) of the last step and the change of the gradient over it is kept if
/// `⟨s,y⟩ > 1e-10`, as PyTorch has it, in place of the oldest. A line search comes next, see
/// [StrongWolfe]. Gradients must be of the same data at each step: all of them, or large batches.
///
/// @param history how many pairs are kept, at least 1; each takes twice the parameters' memory
public record ScaleByLbfgs(int history) implements GradientTransform<ScaleByLbfgs.State> {
  private static final double LEAST_CURVATURE = 1e-10;

  /// What is remembered.
  ///
  /// @param steps s, at positions that are used again in turn
  /// @param changes y, at the same positions
  /// @param inverses 1/⟨s,y⟩ of each pair, FLOAT64
  /// @param scale H₀ of the last pair kept, a FLOAT64 tensor of rank 0
  /// @param kept how many pairs were ever kept, a FLOAT64 tensor of rank 0
  /// @param begun 0 before the first step, then 1, a FLOAT64 tensor of rank 0
  /// @param weights the weights of the step before
  /// @param gradients the gradients of the step before
  public record State(
      List<PerParameter> steps,
      List<PerParameter> changes,
      Tensor inverses,
      Tensor scale,
      Tensor kept,
      Tensor begun,
      PerParameter weights,
      PerParameter gradients) {}

  /// L-BFGS.
  ///
  /// @throws IllegalArgumentException if no pair is kept
  public ScaleByLbfgs {
    if (history < 1) {
      throw new IllegalArgumentException(
          "L-BFGS must remember at least 1 step, but was given " + history + ".");
    }
  }

  @Override
  public State init(Parameters parameters) {
    List<PerParameter> steps = new ArrayList<>();
    List<PerParameter> changes = new ArrayList<>();
    for (int i = 0; i < history; i++) {
      steps.add(PerParameter.zerosLike(parameters));
      changes.add(PerParameter.zerosLike(parameters));
    }
    return new State(
        List.copyOf(steps),
        List.copyOf(changes),
        Tensor.zeros(DType.FLOAT64, Shape.of(history)),
        Tensor.scalar(DType.FLOAT64, 1),
        Tensor.scalar(DType.FLOAT64, 0),
        Tensor.scalar(DType.FLOAT64, 0),
        PerParameter.zerosLike(parameters),
        PerParameter.zerosLike(parameters));
  }

  @Override
  public String explain() {
    return "u ← H·u, H the inverse Hessian by L-BFGS from the last %d steps".formatted(history);
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    List<Tensor> weights = parameters.list().stream().map(Parameter::value).toList();
    if (state.begun.item() != 0) {
      remember(weights, updates, state);
    }
    state.begun.setFlat(0, 1);
    for (int i = 0; i < updates.size(); i++) {
      TensorMath.copy(weights.get(i), state.weights.get(i));
      TensorMath.copy(updates.get(i), state.gradients.get(i));
    }
    multiply(updates, state);
  }

  private void remember(List<Tensor> weights, List<Tensor> gradients, State state) {
    long kept = (long) state.kept.item();
    List<Tensor> moved = new ArrayList<>();
    List<Tensor> changed = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      moved.add(difference(weights.get(i), state.weights.get(i)));
      changed.add(difference(gradients.get(i), state.gradients.get(i)));
    }
    double curvature = Norms.dot(moved, changed);
    if (!(curvature > LEAST_CURVATURE)) {
      return;
    }
    int at = (int) (kept % history);
    for (int i = 0; i < weights.size(); i++) {
      TensorMath.copy(moved.get(i), state.steps.get(at).get(i));
      TensorMath.copy(changed.get(i), state.changes.get(at).get(i));
    }
    state.inverses.setFlat(at, 1 / curvature);
    state.scale.setFlat(0, curvature / Norms.dot(changed, changed));
    state.kept.setFlat(0, (double) (kept + 1));
  }

  private void multiply(List<Tensor> updates, State state) {
    long kept = (long) state.kept.item();
    long oldest = Math.max(0, kept - history);
    double[] shares = new double[history];
    for (long pair = kept - 1; pair >= oldest; pair--) {
      int at = (int) (pair % history);
      shares[at] = state.inverses.getFlat(at) * Norms.dot(state.steps.get(at).tensors(), updates);
      axpy(-shares[at], state.changes.get(at), updates);
    }
    if (kept > 0) {
      for (Tensor update : updates) {
        TensorMath.scale(state.scale.item(), update, update);
      }
    }
    for (long pair = oldest; pair < kept; pair++) {
      int at = (int) (pair % history);
      double along =
          state.inverses.getFlat(at) * Norms.dot(state.changes.get(at).tensors(), updates);
      axpy(shares[at] - along, state.steps.get(at), updates);
    }
  }

  private static void axpy(double factor, PerParameter x, List<Tensor> y) {
    for (int i = 0; i < y.size(); i++) {
      TensorMath.axpy(factor, x.get(i), y.get(i));
    }
  }

  private static Tensor difference(Tensor left, Tensor right) {
    Tensor difference = left.copy();
    TensorMath.axpy(-1, right, difference);
    return difference;
  }
}
