/// What is wrong with a gradient, said by mechanical hypotheses ([Diagnoser]): each is tried in a
/// fixed order and accepted only if every coordinate fits within six half-widths of its numeric
/// derivative.
///
/// A hypothesis looks at the numbers alone where that is enough (a constant ratio, swapped axes, a
/// wrong part), and asks for more where it is not: backward for other upstreams, the derivatives of
/// single outputs, the gradient at another point. Those without free parameters come before those
/// that fit some. The diagnosis is true of the numbers, though perhaps in other words than the
/// author of the mistake would choose; where several mistakes meet, or one lies within a
/// composition, it says that there is no simple rule, and which variables are right.
@NullMarked
package dev.lanewise.gradcheck.diagnosis;

import org.jspecify.annotations.NullMarked;
