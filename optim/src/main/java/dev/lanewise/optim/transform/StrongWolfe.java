package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.schedule.Schedule;
import java.util.List;

/// A line search, `u ← −t·u`: t such that the objective φ(t) at `w − t·u` fulfils the strong Wolfe
/// conditions, `φ(t) ≤ φ(0) + c₁·t·φ'(0)` and `|φ'(t)| ≤ c₂·|φ'(0)|`.
///
/// First t grows until an interval holds such a point, then the interval shrinks: Nocedal and
/// Wright, *Numerical optimization* (2006), Algorithms 3.5 and 3.6, with the cubic of their
/// equation 3.59, and with the safeguards of M. Schmidt's minFunc, as PyTorch's L-BFGS has them:
/// steps grow by 1.01 to 10 times; a trial within a tenth of an end of the interval is moved a
/// tenth away from it if the one before was so too. An objective that is no number counts as
/// infinite. After the last evaluation the better end is taken, even where it does not fulfil both
/// conditions. There is no step, `u ← 0`, if no element of the gradient is larger than a limit, or
/// the slope φ'(0) is above a limit: then u is no direction of ascent.
///
/// The objective is evaluated at the present weights too, because the loss of the step has no
/// penalties.
///
/// @param rate η of each step, the first t that is tried, see [Start]
/// @param decrease c₁, more than 0 and less than c₂
/// @param curvature c₂, less than 1
/// @param trials how many lengths are tried at most
/// @param leastGradient no step once no element of the gradient is larger
/// @param leastChange no step if φ'(0) is above its negative; an interval that moves no weight by
///     more is not divided further
/// @param start which t is tried first
public record StrongWolfe(
    Schedule rate,
    double decrease,
    double curvature,
    int trials,
    double leastGradient,
    double leastChange,
    Start start)
    implements GradientTransform<StrongWolfe.State> {
  /// Which t is tried first; in the first step of all `η·min(1, 1/‖g‖₁)` in any case.
  public enum Start {
    /// η, which quasi-Newton directions are made for.
    RATE,
    /// The t of the step before, times the slope there, by the slope here: Nocedal and Wright,
    /// section 3.5. After a step of no length, η.
    SLOPES
  }

  /// What is remembered.
  ///
  /// @param steps how many searches were made, a FLOAT64 tensor of rank 0
  /// @param decrease t times the slope of the search before, a FLOAT64 tensor of rank 0
  public record State(Tensor steps, Tensor decrease) {}

  /// A line search.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public StrongWolfe {
    Range.POSITIVE.require("learning rate", rate);
    if (!(0 < decrease && decrease < curvature && curvature < 1)) {
      throw new IllegalArgumentException(
          "The Wolfe conditions need 0 < c1 < c2 < 1, but are given c1 = "
              + decrease
              + " and c2 = "
              + curvature
              + ".");
    }
    if (trials < 1) {
      throw new IllegalArgumentException(
          "A line search needs at least 1 trial, but was given " + trials + ".");
    }
    Range.NOT_NEGATIVE.require("least gradient", leastGradient);
    Range.NOT_NEGATIVE.require("least change", leastChange);
  }

  @Override
  public State init(Parameters parameters) {
    return new State(Tensor.scalar(DType.FLOAT64, 0), Tensor.scalar(DType.FLOAT64, 0));
  }

  @Override
  public String explain() {
    return "u ← −t·u, t by strong Wolfe conditions, c1 = %s, c2 = %s, first %s"
        .formatted(
            decrease, curvature, start == Start.RATE ? Range.show(rate) : "by the ratio of slopes");
  }

  @Override
  public void apply(List<Tensor> updates, Parameters parameters, State state, StepContext step) {
    Objective objective =
        step.objective()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "A line search needs the objective at other weights, but step "
                            + step.number()
                            + " does not give it."));
    double eta = Range.NOT_NEGATIVE.at("learning rate", rate, step);
    Ray ray = new Ray(objective, updates);
    Trial zero = ray.at(0);
    double total = 0;
    double largest = 0;
    for (Tensor gradient : ray.gradients) {
      for (int i = 0; i < gradient.size(); i++) {
        double size = Math.abs(gradient.getFlat(i));
        total += size;
        largest = Math.max(largest, size);
      }
    }
    if (largest <= leastGradient || zero.slope > -leastChange) {
      updates.forEach(update -> TensorMath.fill(0, update));
      return;
    }
    double count = state.steps.item();
    double first = eta;
    if (count == 0) {
      first = eta * Math.min(1, 1 / total);
    } else if (start == Start.SLOPES && state.decrease.item() != 0) {
      first = state.decrease.item() / zero.slope;
    }
    double length = search(ray, zero, first);
    state.steps.setFlat(0, count + 1);
    state.decrease.setFlat(0, length * zero.slope);
    for (Tensor update : updates) {
      TensorMath.scale(-length, update, update);
    }
  }

  /// φ and φ' at t.
  private record Trial(double t, double value, double slope) {}

  /// The objective along `w − t·u`.
  private static final class Ray {
    private final Objective objective;
    private final List<Tensor> updates;
    private final List<Tensor> displacement;
    private final List<Tensor> gradients;

    Ray(Objective objective, List<Tensor> updates) {
      this.objective = objective;
      this.updates = updates;
      this.displacement = updates.stream().map(Tensor::copy).toList();
      this.gradients = updates.stream().map(Tensor::copy).toList();
    }

    Trial at(double t) {
      for (int i = 0; i < updates.size(); i++) {
        TensorMath.scale(-t, updates.get(i), displacement.get(i));
      }
      double value = objective.evaluate(displacement, gradients);
      double ordered = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
      return new Trial(t, ordered, -Norms.dot(gradients, updates));
    }

    /// How far the weight that moves most is moved from one trial to another.
    double width(Trial left, Trial right) {
      double largest = 0;
      for (Tensor update : updates) {
        for (int i = 0; i < update.size(); i++) {
          largest = Math.max(largest, Math.abs(update.getFlat(i)));
        }
      }
      return Math.abs(right.t - left.t) * largest;
    }
  }

  private double search(Ray ray, Trial zero, double first) {
    Trial before = zero;
    Trial now = ray.at(first);
    for (int tried = 1; tried <= trials; tried++) {
      if (tooHigh(now, zero) || (tried > 2 && now.value >= before.value)) {
        return zoom(ray, zero, before, now, tried);
      }
      if (flat(now, zero)) {
        return now.t;
      }
      if (now.slope >= 0) {
        return zoom(ray, zero, before, now, tried);
      }
      double least = now.t + 0.01 * (now.t - before.t);
      double next = minimum(before, now, least, 10 * now.t);
      before = now;
      now = ray.at(next);
    }
    return zero.value <= now.value ? 0 : now.t;
  }

  /// Shrinks an interval. Of its ends, the better is kept in mind by its position.
  private double zoom(Ray ray, Trial zero, Trial from, Trial to, int alreadyTried) {
    Trial[] ends = {from, to};
    int low = ends[0].value <= ends[1].value ? 0 : 1;
    boolean nearAnEnd = false;
    for (int tried = alreadyTried; tried <= trials; tried++) {
      if (ray.width(ends[0], ends[1]) < leastChange) {
        break;
      }
      double left = Math.min(ends[0].t, ends[1].t);
      double right = Math.max(ends[0].t, ends[1].t);
      double t = minimum(ends[0], ends[1], left, right);
      double margin = 0.1 * (right - left);
      if (Math.min(right - t, t - left) < margin) {
        if (nearAnEnd || t >= right || t <= left) {
          t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
          nearAnEnd = false;
        } else {
          nearAnEnd = true;
        }
      } else {
        nearAnEnd = false;
      }
      Trial now = ray.at(t);
      int high = 1 - low;
      if (tooHigh(now, zero) || now.value >= ends[low].value) {
        ends[high] = now;
        low = ends[0].value <= ends[1].value ? 0 : 1;
      } else if (flat(now, zero)) {
        return now.t;
      } else {
        if (now.slope * (ends[high].t - ends[low].t) >= 0) {
          ends[high] = ends[low];
        }
        ends[low] = now;
      }
    }
    return ends[low].t;
  }

  /// Whether the objective has not come down enough; what is no number has not.
  private boolean tooHigh(Trial now, Trial zero) {
    return !(now.value <= zero.value + decrease * now.t * zero.slope);
  }

  private boolean flat(Trial now, Trial zero) {
    return Math.abs(now.slope) <= -curvature * zero.slope;
  }

  /// The minimum of the cubic through both trials and their slopes, within bounds; the middle
  /// between the bounds if there is none.
  private static double minimum(Trial one, Trial other, double least, double most) {
    Trial left = one.t <= other.t ? one : other;
    Trial right = one.t <= other.t ? other : one;
    double d1 = left.slope + right.slope - 3 * (left.value - right.value) / (left.t - right.t);
    double square = d1 * d1 - left.slope * right.slope;
    double d2 = Math.sqrt(square);
    double at =
        right.t
            - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
    return Double.isFinite(at) ? Math.min(Math.max(at, least), most) : (least + most) / 2;
  }
}
