package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Gradients;
import java.util.List;

/// Two runs that are open at once do not know of each other: outputs and gradients are, bit for
/// bit, those of runs one after the other, and stay so until their run is closed.
///
/// Breaks: static scratch, values saved in the op instead of in the run, buffers that are used
/// again while their run is open.
public record RunsAreIndependent() implements Law {
  @Override
  public String name() {
    return "runs are independent";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    double[] y;
    double[][] gx;
    double[][] gOther;
    try (Execution run = subject.open(subject.x())) {
      y = run.output();
      gx = run.gradients(subject.u());
    }
    try (Execution run = subject.open(subject.other())) {
      gOther = run.gradients(subject.v());
    }
    try (Execution one = subject.open(subject.x());
        Execution two = subject.open(subject.other())) {
      one.output();
      two.output();
      findings.sameOutput("forward(x) after another run's forward(x')", y, one.output());
      Gradients ofOne = one.backward(one.recording().output(), subject.u());
      findings.sameGradients(
          "another run's backward at x' after backward at x", gOther, two.gradients(subject.v()));
      findings.sameOutput("the output at x after another run's backward", y, one.output());
      findings.sameGradients("backward at x with another run open", gx, one.read(ofOne));
    }
    return findings.list();
  }
}
