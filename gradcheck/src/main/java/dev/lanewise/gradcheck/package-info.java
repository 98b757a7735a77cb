/// Gradient checking: the gradients of the graph against differences in double precision, with a
/// verdict that is safe both ways.
///
/// Of a function `f` with output `y = f(x)` and a random upstream `u`, backward gives the gradient
/// `a = ∂⟨u, y⟩/∂x`. For every coordinate it is compared with a numeric derivative `n ± w` that
/// knows its own error, see [dev.lanewise.gradcheck.numeric]: a value outside is wrong, however
/// small the difference; a value inside is right as far as the function can tell. Directions
/// through many coordinates, several kinds of numbers and the laws of [dev.lanewise.gradcheck.law]
/// see what single coordinates at normal inputs cannot. `docs/gradient-checking.md` has the
/// mathematics and the measurements.
///
/// ```java
/// GradientChecker.seeded(1).checkOp(new Tanh(), Shape.of(5, 7)).requirePass();
/// ```
///
/// [dev.lanewise.gradcheck.StepStudy] measures the textbook's differences with a fixed step.
@NullMarked
package dev.lanewise.gradcheck;

import org.jspecify.annotations.NullMarked;
