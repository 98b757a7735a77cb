package dev.lanewise.gradcheck.law;

import dev.lanewise.gradcheck.problem.GradientFunction;
import java.util.List;

/// With its rows shared out in shards of [dev.lanewise.gradcheck.problem.Evaluator#ROWS_PER_SHARD]
/// a function gives the same output, and, within 10⁻¹² of their natural scale, the same gradients:
/// only the order of sums differs. Not judged for functions that make draws, because every shard
/// makes its own.
///
/// Breaks: ops that call themselves row-wise and are not, means over the rows that are there.
///
/// @param sharded the function with its inputs as batches, see
///     [dev.lanewise.gradcheck.problem.PickRows]
public record ShardsAgree(GradientFunction sharded) implements Law {
  @Override
  public String name() {
    return "shards give what the whole gives";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    if (subject.draws()) {
      return findings.list();
    }
    double[] y;
    double[][] gradients;
    try (Execution run = subject.open(subject.x())) {
      y = run.output();
      gradients = run.gradients(subject.u());
    }
    try (Execution run = subject.open(subject.tensors(subject.x()), sharded)) {
      findings.sameOutput("in shards", y, run.output());
      findings.closeGradients("in shards", gradients, run.gradients(subject.u()));
    }
    return findings.list();
  }
}
