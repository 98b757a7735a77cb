package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Node;
import dev.lanewise.gradcheck.problem.Blend;
import dev.lanewise.gradcheck.problem.Recording;
import java.util.Arrays;
import java.util.List;

/// A variable used twice gets the sum of both gradients: `f(x) + f(x)/2`, recorded as two uses,
/// against each use alone.
///
/// Breaks: gradients that are assigned where they must be added.
public record FanOut() implements Law {
  @Override
  public String name() {
    return "gradients of several uses add up";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    try (Execution run = subject.open(subject.x())) {
      Recording recording = run.recording();
      Node one = recording.output();
      Node two = subject.problem().function().apply(run.graph(), recording.inputs());
      Node both = run.graph().apply(new Blend(), one, two);
      double[] half = Arrays.stream(subject.u()).map(each -> each / 2).toArray();
      double[][] expected = Additive.sum(run.gradients(one, subject.u()), run.gradients(two, half));
      findings.closeGradients(
          "two uses at once against the sum of each alone",
          expected,
          run.gradients(both, subject.u()));
    }
    return findings.list();
  }
}
