package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An op's backward changes no bit of what forward saved, nor of the inputs, the output and the
/// upstream. The subject's variables must be the op's inputs.
///
/// Breaks: backward that works in place in what forward saved.
///
/// @param op the op
public record SavedValuesKept(Op<?> op) implements Law {
  @Override
  public String name() {
    return "saved values are kept";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    OpCall<?> call = OpCall.forward(op, subject, Double.NaN);
    Tensor upstream = Tensor.of(DType.FLOAT64, subject.outputShape(), subject.u());
    Map<String, Tensor> readOnly = new LinkedHashMap<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      readOnly.put(subject.variables().get(i).path(), call.inputs().get(i));
    }
    readOnly.put("y", call.output());
    readOnly.put("the upstream", upstream);
    for (int i = 0; i < call.savedTensors().size(); i++) {
      readOnly.put("saved value " + i, call.savedTensors().get(i));
    }
    List<double[]> before = new ArrayList<>();
    readOnly.values().forEach(tensor -> before.add(tensor.toDoubles()));
    call.backward(upstream);
    int i = 0;
    for (Map.Entry<String, Tensor> entry : readOnly.entrySet()) {
      findings.sameElements(
          "backward wrote to what it may only read",
          entry.getKey(),
          entry.getValue().shape(),
          before.get(i++),
          entry.getValue().toDoubles());
    }
    return findings.list();
  }
}
