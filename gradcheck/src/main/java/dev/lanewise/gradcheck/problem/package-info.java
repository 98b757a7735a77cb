/// What is checked: a function of named float64 tensors, its derivative by the graph, and a point.
///
/// A [dev.lanewise.gradcheck.problem.Problem] is the question; an
/// [dev.lanewise.gradcheck.problem.Evaluator] answers "what is y at this point, and what is the
/// gradient for this upstream", thousands of times, without ever writing to the model.
@NullMarked
package dev.lanewise.gradcheck.problem;

import org.jspecify.annotations.NullMarked;
