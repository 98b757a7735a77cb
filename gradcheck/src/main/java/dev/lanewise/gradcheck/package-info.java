/// Gradient checking: the gradients of the graph against central differences in double precision.
///
/// Of a function `f` with output `y = f(x)` and a random upstream `u`, backward gives the gradient
/// `a = ∂⟨u, y⟩/∂x`. For every coordinate `xᵢ` it is compared with
///
/// ```text
///   n = Σⱼ uⱼ·(yⱼ(xᵢ + h) − yⱼ(xᵢ − h)) / 2h        h = ∛ε · max(|xᵢ|, 1),  ε = 2⁻⁵²
/// ```
///
/// by the relative error `|a − n|/(|a| + |n|)`, where 0/0 is 0, and must not exceed 10⁻⁶.
///
/// **Why this step.** By Taylor's theorem the central difference is off by `h²/6·|f‴|`
/// (truncation), and because each value of `f` is rounded by about `ε|f|`, also by about `ε|f|/h`
/// (round-off). The sum is smallest at `h = ∛(3ε|f|/|f‴|)`, hence of the order of `∛ε` for a
/// function and arguments of the order of 1, where the error is of the order of `ε^⅔ ≈ 4·10⁻¹¹`.
/// The one-sided difference `(f(x + h) − f(x))/h` has the truncation `h/2·|f″|`; its best step is
/// of the order of `√ε`, and it reaches `√ε ≈ 10⁻⁸` only. [dev.lanewise.gradcheck.StepStudy]
/// measures both.
///
/// **What a check cannot see.** A derivative below the round-off of its own difference quotient is
/// neither confirmed nor refuted: it is counted as below the resolution, and reported as such. A
/// kink within `h` of an input makes the difference an average of two slopes; inputs are to be kept
/// away from kinks ([dev.lanewise.gradcheck.CheckInputs]). Forward and backward that are wrong in
/// the same way agree.
///
/// Sources: W. H. Press et al., *Numerical Recipes*, 3rd ed., section 5.7 (the step and its error);
/// P. E. Gill, W. Murray and M. H. Wright, *Practical Optimization*, 1981, section 8.6 (the
/// balance of truncation and round-off).
@NullMarked
package dev.lanewise.gradcheck;

import org.jspecify.annotations.NullMarked;
