// Generated from DoubleUpdates.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.internal.vector.FloatLanes.LANES;
import static dev.lanewise.core.internal.vector.FloatLanes.SPECIES;
import static dev.lanewise.core.internal.vector.FloatLanes.TYPE;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.core.internal.scalar.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Whole steps of optimizers: every number is read and written once. Products are rounded before
/// they are added, as by the kernels that these are the sum of.
///
/// Whether all weights are finite is found by multiplying each by zero, which is not zero for
/// infinities and NaN, and by adding that up.
final class FloatUpdates {
  private FloatUpdates() {}

  static boolean adamStep(
      int n,
      float[] g,
      int gOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float correction1,
      float correction2,
      float epsilon,
      float rate) {
    FloatVector zeros = broadcast(SPECIES, 0);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector gradient = fromArray(SPECIES, g, gOffset + i);
      FloatVector first = fromArray(SPECIES, m, mOffset + i);
      FloatVector second = fromArray(SPECIES, v, vOffset + i);
      first = broadcast(SPECIES, oneMinusBeta1).fma(gradient.sub(first), first);
      second = broadcast(SPECIES, oneMinusBeta2).fma(gradient.fma(gradient, second.neg()), second);
      first.intoArray(m, mOffset + i);
      second.intoArray(v, vOffset + i);
      FloatVector direction =
          first.mul(correction1).div(second.mul(correction2).sqrt().add(epsilon));
      FloatVector weight = fromArray(SPECIES, w, wOffset + i).add(direction.mul(rate));
      weight.intoArray(w, wOffset + i);
      zeros = weight.fma(broadcast(SPECIES, 0), zeros);
    }
    boolean finite = !TYPE.cast(zeros).test(VectorOperators.IS_NAN).anyTrue();
    for (; i < n; i++) {
      float gradient = g[gOffset + i];
      float first = m[mOffset + i];
      float second = v[vOffset + i];
      first = Math.fma(oneMinusBeta1, gradient - first, first);
      second = Math.fma(oneMinusBeta2, Math.fma(gradient, gradient, -second), second);
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      float direction = first * correction1 / (FloatMath.sqrt(second * correction2) + epsilon);
      w[wOffset + i] += rate * direction;
      finite &= Float.isFinite(w[wOffset + i]);
    }
    return finite;
  }

  static boolean momentumStep(
      int n,
      float[] g,
      int gOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset,
      float momentum,
      float rate) {
    FloatVector zeros = broadcast(SPECIES, 0);
    int i = 0;
    for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
      FloatVector velocity =
          fromArray(SPECIES, v, vOffset + i).mul(momentum).add(fromArray(SPECIES, g, gOffset + i));
      velocity.intoArray(v, vOffset + i);
      FloatVector weight = fromArray(SPECIES, w, wOffset + i).add(velocity.mul(rate));
      weight.intoArray(w, wOffset + i);
      zeros = weight.fma(broadcast(SPECIES, 0), zeros);
    }
    boolean finite = !TYPE.cast(zeros).test(VectorOperators.IS_NAN).anyTrue();
    for (; i < n; i++) {
      float velocity = momentum * v[vOffset + i] + g[gOffset + i];
      v[vOffset + i] = velocity;
      w[wOffset + i] += rate * velocity;
      finite &= Float.isFinite(w[wOffset + i]);
    }
    return finite;
  }
}
