/// Linear models that are solved instead of trained: least squares and ridge by orthogonal
/// factorisation, least absolute deviations and linear separability by linear programming, logistic
/// and softmax regression by Newton's method. They minimise what gradient descent minimises with
/// the same loss and the same λ, so that both can be compared. Everything is computed in float64,
/// with the factorisations and the simplex method of ojAlgo.
@NullMarked
package dev.lanewise.optim.direct;

import org.jspecify.annotations.NullMarked;
