package dev.lanewise.gradcheck.law;

import java.util.List;

/// b(u + v) = b(u) + b(v), within 10⁻¹² of the gradient's natural scale. Not judged where the
/// output is not finite.
///
/// Breaks: float32 rounding inside a float64 backward, clipping of single elements.
public record Additive() implements Law {
  @Override
  public String name() {
    return "backward is additive in the upstream";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    if (subject.isFinite()) {
      try (Execution run = subject.open(subject.x())) {
        double[][] ofU = run.gradients(subject.u());
        double[][] ofV = run.gradients(subject.v());
        findings.closeGradients(
            "backward(u + v) against backward(u) + backward(v)",
            sum(ofU, ofV),
            run.gradients(sum(subject.u(), subject.v())));
      }
    }
    return findings.list();
  }

  static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int t = 0; t < sum.length; t++) {
      sum[t] = sum(a[t], b[t]);
    }
    return sum;
  }
}
