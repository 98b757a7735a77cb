/// What is wrong with a gradient, said by mechanical hypotheses: each is tried in a fixed order and
/// accepted only if every coordinate fits within the error of its numeric derivative.
@NullMarked
package dev.lanewise.gradcheck.diagnosis;

import org.jspecify.annotations.NullMarked;
