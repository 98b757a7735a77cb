package dev.lanewise.gradcheck.law;

import java.util.Arrays;
import java.util.List;

/// b(0) = 0, exactly: no upstream, no gradient. Not judged where the output is not finite.
///
/// Breaks: weight decay hidden in a layer, constants added to gradients, writes where the upstream
/// is zero.
public record ZeroUpstream() implements Law {
  @Override
  public String name() {
    return "the gradient of a zero upstream is zero";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    if (subject.isFinite()) {
      try (Execution run = subject.open(subject.x())) {
        double[][] gradients = run.gradients(new double[subject.u().length]);
        double[][] zeros =
            Arrays.stream(gradients).map(g -> new double[g.length]).toArray(double[][]::new);
        findings.equalGradients("backward(0)", zeros, gradients);
      }
    }
    return findings.list();
  }
}
