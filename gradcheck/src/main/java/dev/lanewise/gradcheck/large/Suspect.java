package dev.lanewise.gradcheck.large;

import dev.lanewise.gradcheck.numeric.Estimate;
import dev.lanewise.gradcheck.numeric.Origin;
import dev.lanewise.gradcheck.problem.Evaluator;

/// A variable whose gradient is wrong somewhere, and what is known about it.
///
/// @param evaluator the function at the point
/// @param origin the outputs there, and the upstream
/// @param gradient the gradient by backward, one array for each variable
/// @param noise a bound on its round-off
/// @param variable the position of the variable that is suspected
/// @param scales the step of each of its coordinates that about changes the contracted output by
///     its own size
/// @param tuned a derivative along a random direction of displacements `±scaleᵢ/√n` by a ladder,
///     whose step and noise serve all others
/// @param coordinateStep a good step for a single coordinate, in units of its scale: smaller, as
///     all of the displacement is the coordinate's
public record Suspect(
    Evaluator evaluator,
    Origin origin,
    double[][] gradient,
    double[][] noise,
    int variable,
    double[] scales,
    Estimate tuned,
    double coordinateStep) {}
