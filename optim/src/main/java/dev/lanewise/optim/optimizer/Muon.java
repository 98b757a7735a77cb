package dev.lanewise.optim.optimizer;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.AddDecayedWeights;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.Masked;
import dev.lanewise.optim.transform.Orthogonalise;
import dev.lanewise.optim.transform.Scale;
import dev.lanewise.optim.transform.ScaleByAdam;
import dev.lanewise.optim.transform.ScaleByRate;
import dev.lanewise.optim.transform.Trace;
import java.util.function.BiPredicate;

/// Muon, Jordan and others, *Muon: an optimizer for hidden layers in neural networks* (2024):
/// matrices take orthogonalised steps of Nesterov's momentum, see [Orthogonalise]; everything else
/// (biases, scales, and by predicate embeddings or the last layer) takes Adam's steps at the same
/// rate, β₁ 0.9, β₂ 0.95, ε 1e-10 as in the original.
///
/// | convention | momentum | norm | decay of matrices |
/// |---|---|---|---|
/// | torch | `b ← μb + (1−μ)g`, direction `(1−μ)g + μb` | at least 1e-7 | `η·0.1·w`, decoupled |
/// | paper | `b ← μb + g`, direction `g + μb` | 1e-7 added | none |
///
/// μ is 0.95 in both. PyTorch refuses what is no matrix.
public final class Muon {
  private static final double USUAL_MOMENTUM = 0.95;

  private Muon() {}

  /// With a constant rate, in PyTorch's convention.
  ///
  /// @param rate η, usually 1e-3
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is not a positive number
  public static Chain of(double rate) {
    return of(Schedule.constant(rate), Convention.TORCH);
  }

  /// In a convention, for all matrices.
  ///
  /// @param rate η(t)
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if the rate is a constant and not positive, or there is no
  ///     such convention
  public static Chain of(Schedule rate, Convention convention) {
    return of(rate, USUAL_MOMENTUM, convention);
  }

  /// With another momentum, for all matrices.
  ///
  /// @param rate η(t)
  /// @param momentum μ
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range, or there is no such convention
  public static Chain of(Schedule rate, double momentum, Convention convention) {
    return of(rate, momentum, (path, parameter) -> parameter.shape().rank() == 2, convention);
  }

  /// With everything chosen.
  ///
  /// @param rate η(t)
  /// @param momentum μ
  /// @param orthogonal which parameters (path, parameter) take orthogonalised steps; they must be
  ///     matrices
  /// @param convention whose form
  /// @return the chain
  /// @throws IllegalArgumentException if a number is out of range, or there is no such convention
  public static Chain of(
      Schedule rate,
      double momentum,
      BiPredicate<String, Parameter> orthogonal,
      Convention convention) {
    convention.requireOneOf("Muon", Convention.TORCH, Convention.PAPER);
    Trace trace = new Trace(momentum, true);
    Chain matrices =
        convention == Convention.TORCH
            ? Chain.of(
                trace,
                new Scale(new Constant(1 - momentum)),
                new Orthogonalise(5, 1e-7, true),
                new AddDecayedWeights(0.1),
                new ScaleByRate(rate))
            : Chain.of(trace, new Orthogonalise(5, 1e-7, false), new ScaleByRate(rate));
    Chain others = Chain.of(new ScaleByAdam(0.9, 0.95, 1e-10), new ScaleByRate(rate));
    return Chain.of(
        new Masked<>(matrices, orthogonal, "the matrices that are orthogonalised"),
        new Masked<>(others, orthogonal.negate(), "the others"));
  }
}
