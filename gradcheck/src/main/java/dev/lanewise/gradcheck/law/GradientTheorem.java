package dev.lanewise.gradcheck.law;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// For smooth functions: the integral of the gradient along a segment is the difference of the
/// function's values at its ends. The integral is a Gauss–Legendre sum of 16 nodes; how far it may
/// be off is 20 times its distance to one of 10 nodes, and 10⁻¹³ of the size of what is
/// differentiated.
///
/// Breaks: nearly every wrong derivative, with 26 backward and 2 forward passes in all, whatever
/// the number of coordinates. At kinks the sums do not converge, so it must be asked for.
public record GradientTheorem() implements Law {
  private static final double LENGTH = 0.1;
  private static final double FACTOR = 20;
  private static final double NOISE = 1e-13;

  @Override
  public String name() {
    return "the gradient integrates to the function";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    if (!subject.isFinite()) {
      return findings.list();
    }
    double[][] direction = subject.direction("segment");
    try (Execution run = subject.open(subject.x())) {
      double difference = difference(run, subject, direction);
      DoubleUnaryOperator slope =
          t -> {
            run.move(Points.along(subject.x(), direction, LENGTH * t));
            return LENGTH * Points.dot(run.gradients(subject.u()), direction);
          };
      double integral = GaussLegendre.of(16).integrate(slope);
      double rough = GaussLegendre.of(10).integrate(slope);
      double allowed = FACTOR * Math.abs(integral - rough) + NOISE * subject.natural();
      if (!(Math.abs(integral - difference) <= allowed)) {
        findings.add(
            "along a segment the function changes by "
                + difference
                + ", but its gradient integrates to "
                + integral
                + " ± "
                + allowed);
      }
    }
    return findings.list();
  }

  /// `⟨u, f(b) − f(a)⟩`: differences first, then the sum.
  private static double difference(Execution run, Subject subject, double[][] direction) {
    run.move(Points.along(subject.x(), direction, LENGTH));
    double[] end = run.output();
    double sum = 0;
    for (int j = 0; j < end.length; j++) {
      sum += subject.u()[j] * (end[j] - subject.y()[j]);
    }
    return sum;
  }
}
