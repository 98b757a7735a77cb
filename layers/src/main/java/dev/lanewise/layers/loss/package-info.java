/// Losses: each is one record that gives a loss to every example by a row-wise op with a
/// hand-written derivative, and then takes the mean; it says over what and by what it divides.
///
/// Shapes are strict: a prediction `[n]` against a target `[n,1]` is an error, because broadcasting
/// would silently compare every example with every other. Targets are data: to differentiate by a
/// target is refused.
@NullMarked
package dev.lanewise.layers.loss;

import org.jspecify.annotations.NullMarked;
