package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// With beta 1 an op adds to what is in a gradient's buffer: to zeros exactly, to other numbers
/// within 10⁻¹² of the gradient's natural scale. The subject's variables must be the op's inputs.
///
/// Breaks: ignoring beta, adding twice, adding for the first input only.
///
/// @param op the op
public record AddsToBuffers(Op<?> op) implements Law {
  @Override
  public String name() {
    return "gradients add to what is there";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    Tensor upstream = Tensor.of(DType.FLOAT64, subject.outputShape(), subject.u());
    OpCall<?> call = OpCall.forward(op, subject, Double.NaN);
    double[][] gradients = call.backward(upstream);
    double[][] zeros = new double[gradients.length][];
    double[][] content = new double[gradients.length][];
    for (int i = 0; i < content.length; i++) {
      zeros[i] = new double[gradients[i].length];
      content[i] = subject.draw("content", gradients[i].length);
    }
    findings.equalGradients(
        "added to zeros", gradients, call.backward(upstream, buffers(subject, zeros), 1));
    findings.closeGradients(
        "added to other numbers",
        Additive.sum(content, gradients),
        call.backward(upstream, buffers(subject, content), 1));
    return findings.list();
  }

  private static List<Tensor> buffers(Subject subject, double[][] content) {
    return IntStream.range(0, content.length)
        .mapToObj(i -> Tensor.of(DType.FLOAT64, subject.variables().get(i).shape(), content[i]))
        .toList();
  }
}
