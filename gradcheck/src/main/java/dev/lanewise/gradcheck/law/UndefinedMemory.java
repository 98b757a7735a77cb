package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;

/// An op reads no memory of undefined content, writes all of its output and gradients, and does not
/// keep scratch: with memory full of NaN and full of ones it gives the same bits. The subject's
/// variables must be the op's inputs.
///
/// Breaks: adding where the buffer must be overwritten, outputs that are partly written, scratch
/// returned as saved values.
///
/// @param op the op
public record UndefinedMemory(Op<?> op) implements Law {
  @Override
  public String name() {
    return "memory of undefined content is not read";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    Tensor upstream = Tensor.of(DType.FLOAT64, subject.outputShape(), subject.u());
    OpCall<?> ones = OpCall.forward(op, subject, 1);
    OpCall<?> nans = OpCall.forward(op, subject, Double.NaN);
    String when = "with memory full of NaN instead of ones";
    findings.sameOutput(when, ones.output().toDoubles(), nans.output().toDoubles());
    findings.sameGradients(when, ones.backward(upstream), nans.backward(upstream));
    return findings.list();
  }
}
