package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;

/// Two runs that are open at once do not know of each other: outputs and gradients are, bit for
/// bit,
/// those of runs one after the other, and stay so until their run is closed. And what is written to
/// one gradient changes nothing else.
///
/// Breaks: static scratch, values saved in the op instead of in the run, buffers that are used
/// again
/// while their run is open, outputs and gradients that share memory.
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
      overwrite(findings, subject, one, ofOne, y, gx);
    }
    return findings.list();
  }

  /// Gradients are read one after the other, and each is then filled with NaN.
  private static void overwrite(
      Findings findings,
      Subject subject,
      Execution run,
      Gradients gradients,
      double[] y,
      double[][] expected) {
    for (int t = 0; t < expected.length; t++) {
      Tensor gradient = gradients.of(run.recording().leaves().get(t));
      findings.sameGradient(
          "backward at x with another run open", t, expected[t], gradient.toDoubles());
      TensorMath.fill(Double.NaN, gradient);
      findings.sameElements(
          "a gradient shares memory",
          subject.variables().get(t).path(),
          subject.variables().get(t).shape(),
          subject.x()[t],
          run.values().get(t).toDoubles());
    }
    findings.sameOutput("a gradient shares memory", y, run.output());
  }
}
