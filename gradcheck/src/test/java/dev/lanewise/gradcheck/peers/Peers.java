package dev.lanewise.gradcheck.peers;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.Coordinate;
import dev.lanewise.gradcheck.TwoSidedRule;
import dev.lanewise.gradcheck.Upstream;
import dev.lanewise.gradcheck.Verdict;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The peers' rules with their default settings in float64.
final class Peers {
  private Peers() {}

  static List<Rule> all() {
    return List.of(
        lecture(1e-5),
        lecture(1e-6),
        new Rule("torch slow", at(Peers::torchSlow)),
        new Rule("torch fast", at(Peers::torchFast)),
        new Rule("JAX", at(Peers::jax)),
        new Rule("HIPS autograd", at(Peers::autograd)),
        new Rule("DL4J 1e-3", at((at, draws) -> dl4j(at, draws, 1e-3))),
        new Rule("DL4J 1e-5", at((at, draws) -> dl4j(at, draws, 1e-5))));
  }

  /// The two-sided rule with one step, tolerance 1e-6 and a random upstream.
  private static Rule lecture(double step) {
    TwoSidedRule rule = TwoSidedRule.textbook().step(step);
    return new Rule(
        "lecture " + (step == 1e-5 ? "1e-5" : "1e-6"),
        (problem, seed) ->
            rule.check(problem, upstream(problem, seed)).stream()
                .anyMatch(each -> each.verdict() == Verdict.FAIL));
  }

  private static double[] upstream(Problem problem, long seed) {
    try (Evaluator evaluator = problem.open()) {
      return Upstream.UNIFORM.draw(evaluator.evaluate(), Key.of(seed).with("upstream"));
    }
  }

  private interface Alarm {
    boolean alarms(At at, RandomGenerator draws);
  }

  private static Rule.Check at(Alarm alarm) {
    return (problem, seed) -> {
      try (Evaluator evaluator = problem.open()) {
        return alarm.alarms(At.of(evaluator), Key.of(seed).with("peer").generator());
      }
    };
  }

  // PyTorch, torch.autograd.gradcheck: eps 1e-6, atol 1e-5, rtol 1e-3.

  private static boolean torchClose(double a, double n, double atol) {
    return Math.abs(a - n) <= atol + 1e-3 * Math.abs(n);
  }

  /// Every entry of the Jacobian; backward twice must give the same, and zero for a zero upstream.
  private static boolean torchSlow(At at, RandomGenerator draws) {
    double[][][] rows = new double[at.outputs()][][];
    for (int j = 0; j < rows.length; j++) {
      double[] oneHot = new double[rows.length];
      oneHot[j] = 1;
      rows[j] = at.evaluator().gradients(oneHot);
      if (!Arrays.deepEquals(rows[j], at.evaluator().gradients(oneHot))) {
        return true;
      }
    }
    for (int t = 0; t < at.point().length; t++) {
      for (int i = 0; i < at.point()[t].length; i++) {
        double[] column = at.difference(at.unit(t, i), 1e-6);
        for (int j = 0; j < rows.length; j++) {
          if (!torchClose(rows[j][t][i], column[j], 1e-5)) {
            return true;
          }
        }
      }
    }
    return torchZero(at);
  }

  private static boolean torchZero(At at) {
    double[][] zero = at.evaluator().gradients(new double[at.outputs()]);
    return Arrays.stream(zero).flatMapToDouble(Arrays::stream).anyMatch(g -> g != 0);
  }

  /// For each input `vᵀJu` with u and v all positive, atol times `Σu Σv`.
  private static boolean torchFast(At at, RandomGenerator draws) {
    double[] v = At.positive(draws, at.outputs());
    double[][] gradients = at.evaluator().gradients(v);
    if (!Arrays.deepEquals(gradients, at.evaluator().gradients(v))) {
      return true;
    }
    for (int t = 0; t < at.point().length; t++) {
      double[] u = At.positive(draws, at.point()[t].length);
      double[][] direction = at.zeros();
      direction[t] = u;
      double n = At.product(v, at.difference(direction, 1e-6));
      double a = At.product(gradients[t], u);
      if (!torchClose(a, n, 1e-5 * At.sum(u) * At.sum(v))) {
        return true;
      }
    }
    return torchZero(at);
  }

  /// jax.test_util.check_vjp: one normal direction, one normal cotangent, eps 1e-4, atol = rtol =
  /// 1e-5.
  private static boolean jax(At at, RandomGenerator draws) {
    double[][] tangent = at.normal(draws);
    double[] cotangent = At.normal(draws, at.outputs());
    double n = At.product(cotangent, at.difference(tangent, 1e-4));
    double a = At.product(at.evaluator().gradients(cotangent), tangent);
    return !(Math.abs(a - n) <= 1e-5 + 1e-5 * Math.abs(n));
  }

  /// autograd.test_util.check_vjp: eps 1e-6 in all, absolute or relative error below 1e-6.
  private static boolean autograd(At at, RandomGenerator draws) {
    double[][] tangent = at.normal(draws);
    double[] cotangent = At.normal(draws, at.outputs());
    double n = At.product(cotangent, at.difference(tangent, 0.5e-6));
    double a = At.product(at.evaluator().gradients(cotangent), tangent);
    return !(Math.abs(a - n) < 1e-6 || Math.abs(a - n) / Math.abs(a + n) < 1e-6);
  }

  /// Deeplearning4j, GradientCheckUtil: each coordinate of a score, eps 1e-6, a relative error
  /// unless the absolute one is below 1e-8.
  private static boolean dl4j(At at, RandomGenerator draws, double largest) {
    double[] u = Upstream.UNIFORM.draw(at.evaluator().evaluate(), Key.of(draws.nextLong()));
    double[][] gradients = at.evaluator().gradients(u);
    for (int t = 0; t < at.point().length; t++) {
      for (int i = 0; i < at.point()[t].length; i++) {
        double n = At.product(u, at.difference(at.unit(t, i), 1e-6));
        double a = gradients[t][i];
        double error = Coordinate.relativeError(a, n);
        if (!(error <= largest) && !(Math.abs(a - n) < 1e-8)) {
          return true;
        }
      }
    }
    return false;
  }
}
