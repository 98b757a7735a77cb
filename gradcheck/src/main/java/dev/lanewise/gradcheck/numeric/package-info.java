/// Numeric derivatives with an error bound that is safe for a verdict.
///
/// Of a vector function `y(t)` along a line and weights `u`, the derivative of `φ(t) = ⟨u, y(t)⟩`
/// at 0 is estimated as `n ± w` from central differences at the steps `h, h/2, h/4, …`. Three ideas
/// carry it, each measured to matter (docs/gradient-checking.md):
///
/// 1. **Difference first, contract second.** Each output is subtracted from itself before the
///    differences are summed, so outputs that do not move add no round-off.
/// 2. **The error is part of the answer.** `w` is round-off (measured on the smallest steps) +
///    truncation (from how the extrapolation converges) + half the jump of the slope at a kink.
/// 3. **The step is found, not assumed.** Going from small steps to large ones, the intervals
/// `n ± w` must have a point in common; the first that has not is contaminated, and so are all
/// larger steps. Of the others the narrowest is kept. This is Lepski's rule: no bound on
/// derivatives is needed, and it serves smooth, saturated, badly scaled and kinked functions alike.
///
/// Sources: C. J. F. Ridders, *Accurate computation of F'(x) and F'(x)F''(x)*, 1982 (extrapolation
/// of differences); J. J. Moré and S. M. Wild, *Estimating derivatives of noisy simulations*, 2012
/// (noise from a table of differences); O. V. Lepski, *On a problem of adaptive estimation in
/// Gaussian white noise*, 1991 (intersection of confidence intervals).
@NullMarked
package dev.lanewise.gradcheck.numeric;

import org.jspecify.annotations.NullMarked;
