package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// The direction of nonlinear conjugate gradients: `β = max(0, ⟨u, u − u₀⟩/⟨u₀, u₀⟩)`,
/// `d ← u + β·d`, `u ← d`, with u₀ the gradient of the step before.
///
/// That is the formula of Polak and Ribière (1969), kept from being negative (PR+) as Gilbert and
/// Nocedal, *Global convergence properties of conjugate gradient methods for optimization* (1992),
/// show to be enough; Nocedal and Wright (2006), Algorithm 5.4 with equation 5.45. Where d is no
/// direction of ascent, `⟨u, d⟩ ≤ 0`, it begins anew with `d ← u`. A line search comes next, see
/// [StrongWolfe]. Gradients must be of the same data at each step.
public record ConjugateDirection() implements GradientTransform<ConjugateDirection.State> {
  /// What is remembered.
  ///
  /// @param gradients u₀, at first 0
  /// @param direction d, at first 0
  public record State(PerParameter gradients, PerParameter direction) {}

  @Override
  public State init(Parameters parameters) {
    return new State(PerParameter.zerosLike(parameters), PerParameter.zerosLike(parameters));
  }

  @Override
  public String explain() {
    return "β = max(0, ⟨u, u − u₀⟩/⟨u₀, u₀⟩), d ← u + β·d, u ← d";
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    List<Tensor> before = state.gradients.tensors();
    List<Tensor> direction = state.direction.tensors();
    double old = Norms.dot(before, before);
    double beta =
        old == 0
            ? 0
            : Math.max(0, (Norms.dot(updates, updates) - Norms.dot(updates, before)) / old);
    follow(updates, beta, direction);
    if (!(Norms.dot(updates, direction) > 0)) {
      follow(updates, 0, direction);
    }
    for (int i = 0; i < updates.size(); i++) {
      TensorMath.copy(updates.get(i), before.get(i));
      TensorMath.copy(direction.get(i), updates.get(i));
    }
  }

  private static void follow(List<Tensor> updates, double beta, List<Tensor> direction) {
    for (int i = 0; i < updates.size(); i++) {
      Elementwise.mix(beta, direction.get(i), 1, updates.get(i), direction.get(i));
    }
  }
}
