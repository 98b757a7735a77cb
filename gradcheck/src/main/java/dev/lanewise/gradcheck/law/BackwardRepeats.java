package dev.lanewise.gradcheck.law;

import java.util.List;

/// The same run and the same upstream give the same gradients, bit for bit, and so does another
/// run.
///
/// Breaks: gradients kept in a buffer of the op's own, random masks in backward, saved values that
/// backward changes.
public record BackwardRepeats() implements Law {
  @Override
  public String name() {
    return "backward is repeatable";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    double[][] first = subject.gradients();
    try (Execution run = subject.open(subject.x())) {
      findings.sameGradients("backward(u) in another run", first, run.gradients(subject.u()));
      findings.sameGradients("backward(u) a second time", first, run.gradients(subject.u()));
      run.gradients(subject.v());
      findings.sameGradients("backward(u) after backward(v)", first, run.gradients(subject.u()));
    }
    return findings.list();
  }
}
