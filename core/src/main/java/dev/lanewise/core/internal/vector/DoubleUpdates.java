package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.DoubleLanes.LANES;
import static dev.lanewise.core.internal.vector.DoubleLanes.SPECIES;
import static dev.lanewise.core.internal.vector.DoubleLanes.TYPE;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import dev.lanewise.core.internal.scalar.DoubleMath;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/// Whole steps of optimizers: every number is read and written once. Products are rounded before
/// they are added, as by the kernels that these are the sum of.
///
/// Whether all weights are finite is found by multiplying each by zero, which is not zero for
/// infinities and NaN, and by adding that up.
final class DoubleUpdates {
  private DoubleUpdates() {}

  static boolean adamStep(
      int n,
      double[] g,
      int gOffset,
      double[] m,
      int mOffset,
      double[] v,
      int vOffset,
      double[] w,
      int wOffset,
      double oneMinusBeta1,
      double oneMinusBeta2,
      double correction1,
      double correction2,
      double epsilon,
      double rate) {
    DoubleVector zeros = broadcast(SPECIES, 0);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector gradient = fromArray(SPECIES, g, gOffset + i);
      DoubleVector first = fromArray(SPECIES, m, mOffset + i);
      DoubleVector second = fromArray(SPECIES, v, vOffset + i);
      first = broadcast(SPECIES, oneMinusBeta1).fma(gradient.sub(first), first);
      second = broadcast(SPECIES, oneMinusBeta2).fma(gradient.fma(gradient, second.neg()), second);
      first.intoArray(m, mOffset + i);
      second.intoArray(v, vOffset + i);
      DoubleVector direction =
          first.mul(correction1).div(second.mul(correction2).sqrt().add(epsilon));
      DoubleVector weight = fromArray(SPECIES, w, wOffset + i).add(direction.mul(rate));
      weight.intoArray(w, wOffset + i);
      zeros = weight.fma(broadcast(SPECIES, 0), zeros);
    }
    boolean finite = !TYPE.cast(zeros).test(VectorOperators.IS_NAN).anyTrue();
    for (; i < n; i++) {
      double gradient = g[gOffset + i];
      double first = m[mOffset + i];
      double second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      double direction = first * correction1 / (DoubleMath.sqrt(second * correction2) + epsilon);
      w[wOffset + i] += rate * direction;
      finite &= Double.isFinite(w[wOffset + i]);
    }
    return finite;
  }

  static boolean momentumStep(
      int n,
      double[] g,
      int gOffset,
      double[] v,
      int vOffset,
      double[] w,
      int wOffset,
      double momentum,
      double rate) {
    DoubleVector zeros = broadcast(SPECIES, 0);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      DoubleVector velocity =
          fromArray(SPECIES, v, vOffset + i).mul(momentum).add(fromArray(SPECIES, g, gOffset + i));
      velocity.intoArray(v, vOffset + i);
      DoubleVector weight = fromArray(SPECIES, w, wOffset + i).add(velocity.mul(rate));
      weight.intoArray(w, wOffset + i);
      zeros = weight.fma(broadcast(SPECIES, 0), zeros);
    }
    boolean finite = !TYPE.cast(zeros).test(VectorOperators.IS_NAN).anyTrue();
    for (; i < n; i++) {
      double velocity = momentum * v[vOffset + i] + g[gOffset + i];
      v[vOffset + i] = velocity;
      w[wOffset + i] += rate * velocity;
      finite &= Double.isFinite(w[wOffset + i]);
    }
    return finite;
  }
}
