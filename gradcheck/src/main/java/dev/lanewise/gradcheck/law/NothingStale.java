package dev.lanewise.gradcheck.law;

import java.util.List;

/// What is computed at x does not depend on what was computed before: forward(x′), forward(x),
/// backward gives, bit for bit, what forward(x), backward gives; in the same run and in another.
///
/// Breaks: caches that the first forward fills, caches that backward fills, values kept across
/// runs. An op made once and for all that keeps its very first input forever always answers the
/// same, and only differences at another point see it; a function that makes its ops anew shows it
/// here.
public record NothingStale() implements Law {
  @Override
  public String name() {
    return "nothing stale is used";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    double[] y;
    double[][] expected;
    try (Execution run = subject.open(subject.x())) {
      y = run.output();
      expected = run.gradients(subject.u());
    }
    try (Execution run = subject.open(subject.other())) {
      run.output();
      run.move(subject.x());
      findings.sameOutput("forward(x) after forward(x') in the same run", y, run.output());
      findings.sameGradients(
          "forward(x'), forward(x), backward in the same run",
          expected,
          run.gradients(subject.u()));
    }
    try (Execution run = subject.open(subject.other())) {
      run.output();
    }
    try (Execution run = subject.open(subject.x())) {
      findings.sameGradients(
          "forward(x'), forward(x), backward", expected, run.gradients(subject.u()));
    }
    try (Execution run = subject.open(subject.other())) {
      run.gradients(subject.v());
      run.move(subject.x());
      findings.sameGradients(
          "forward(x'), backward, forward(x), backward in the same run",
          expected,
          run.gradients(subject.u()));
    }
    return findings.list();
  }
}
