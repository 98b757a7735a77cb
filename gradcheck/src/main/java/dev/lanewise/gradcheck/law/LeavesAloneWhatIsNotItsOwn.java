package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Neither forward nor backward changes an input, a parameter, a value between them, the output, or
/// the upstream of any node. What an op saves is looked at by [SavedValuesKept].
///
/// Breaks: in-place activations, upstreams that are scaled in place.
public record LeavesAloneWhatIsNotItsOwn() implements Law {
  @Override
  public String name() {
    return "what is not its own is left alone";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    try (Execution run = subject.open(subject.x())) {
      List<Node> nodes = new ArrayList<>();
      List<Tensor> values = new ArrayList<>();
      for (Node node : run.graph().nodes()) {
        nodes.add(node);
        values.add(node.value().copy());
      }
      compare(findings, "forward", subject, run, nodes, values);
      if (findings.isEmpty()) {
        Gradients all = run.backward(run.recording().output(), subject.u());
        compare(findings, "backward", subject, run, nodes, values);
        for (int i = 0; i < nodes.size() && findings.isEmpty(); i++) {
          if (all.has(nodes.get(i))) {
            upstream(findings, subject, i);
          }
        }
      }
    }
    return findings.list();
  }

  private static void compare(
      Findings findings,
      String pass,
      Subject subject,
      Execution run,
      List<Node> nodes,
      List<Tensor> before) {
    for (int i = 0; i < nodes.size() && findings.isEmpty(); i++) {
      Node node = nodes.get(i);
      int leaf = run.recording().leaves().indexOf(node);
      String what = leaf < 0 ? "the value of " + node : subject.variables().get(leaf).path();
      findings.sameElements(
          pass + " wrote to what it may only read",
          what,
          node.shape(),
          before.get(i).toDoubles(),
          node.value().toDoubles());
    }
  }

  /// The buffer of a node's gradient must hold the upstream still when the node's op is done.
  private static void upstream(Findings findings, Subject subject, int index) {
    try (Execution run = subject.open(subject.x())) {
      Node node = run.graph().nodes().get(index);
      double[] u = subject.draw("upstream", node.shape().size());
      findings.sameElements(
          "backward wrote to what it may only read",
          "the upstream of " + node,
          node.shape(),
          u,
          run.backward(node, u).of(node).toDoubles());
    }
  }
}
