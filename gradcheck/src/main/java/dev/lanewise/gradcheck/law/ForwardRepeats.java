package dev.lanewise.gradcheck.law;

import java.util.List;

/// The same input gives the same output, bit for bit: at once, after another input, and later.
///
/// Breaks: state that drifts, hidden counters, unseeded draws, memory that is added to or only
/// partly written.
public record ForwardRepeats() implements Law {
  private static final int LATER = 3;

  @Override
  public String name() {
    return "forward is repeatable";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    double[] first = subject.y();
    findings.sameOutput("forward(x) again", first, forward(subject, subject.x()));
    findings.sameOutput("forward(x) once more", first, forward(subject, subject.x()));
    forward(subject, subject.other());
    findings.sameOutput("forward(x) after forward(x')", first, forward(subject, subject.x()));
    for (int i = 0; i < LATER && findings.isEmpty(); i++) {
      findings.sameOutput("forward(x) later on", first, forward(subject, subject.x()));
    }
    return findings.list();
  }

  private static double[] forward(Subject subject, double[][] point) {
    try (Execution run = subject.open(point)) {
      return run.output();
    }
  }
}
