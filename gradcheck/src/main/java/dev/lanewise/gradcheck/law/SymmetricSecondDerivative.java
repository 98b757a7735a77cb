package dev.lanewise.gradcheck.law;

import java.util.List;

/// For smooth functions: the gradient is a gradient. The derivative H of a gradient is symmetric,
/// `⟨Hv, w⟩ = ⟨Hw, v⟩`, within 10⁻⁵; Hv is a central difference of gradients. At kinks it does not
/// hold, so it must be asked for.
///
/// Breaks: most wrong derivatives, without one evaluation of the function itself.
public record SymmetricSecondDerivative() implements Law {
  private static final double STEP = 0x1p-17;
  private static final double RELATIVE = 1e-5;

  /// What gradients round, in parts of the tolerance for sums in another order.
  private static final double NOISE = 1e-2;

  @Override
  public String name() {
    return "the second derivative is symmetric";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    if (!subject.isFinite()) {
      return findings.list();
    }
    double[][] v = subject.direction("v");
    double[][] w = subject.direction("w");
    try (Execution run = subject.open(subject.x())) {
      double[][] above = gradients(run, subject, v, STEP);
      double[][] below = gradients(run, subject, v, -STEP);
      double[][] aboveW = gradients(run, subject, w, STEP);
      double[][] belowW = gradients(run, subject, w, -STEP);
      double vw = 0;
      double wv = 0;
      double size = 0;
      double noise = 0;
      for (int t = 0; t < v.length; t++) {
        for (int i = 0; i < v[t].length; i++) {
          double hv = (above[t][i] - below[t][i]) / (2 * STEP) * w[t][i];
          double hw = (aboveW[t][i] - belowW[t][i]) / (2 * STEP) * v[t][i];
          vw += hv;
          wv += hw;
          size += Math.max(Math.abs(hv), Math.abs(hw));
          double direction = Math.max(Math.abs(v[t][i]), Math.abs(w[t][i]));
          noise += NOISE * subject.tolerance(t, i, above[t][i]) * direction / STEP;
        }
      }
      if (!(Math.abs(vw - wv) <= RELATIVE * size + noise)) {
        findings.add("<Hv,w> is " + vw + ", but <Hw,v> is " + wv);
      }
    }
    return findings.list();
  }

  private static double[][] gradients(
      Execution run, Subject subject, double[][] direction, double step) {
    run.move(Points.along(subject.x(), direction, step));
    return run.gradients(subject.u());
  }
}
