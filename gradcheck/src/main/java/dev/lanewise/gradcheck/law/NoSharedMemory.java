package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Gradients;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Inputs, parameters, the output and the gradients of a run have memory of their own, each: to
/// write to one changes no other. An output that is an input, as of a model without layers, is one.
///
/// Breaks: outputs and gradients that are views.
public record NoSharedMemory() implements Law {
  @Override
  public String name() {
    return "memory is not shared";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    try (Execution run = subject.open(subject.x())) {
      List<Memory> memories = new ArrayList<>();
      Node output = run.recording().output();
      if (!output.isLeaf()) {
        memories.add(new Memory("the output", output.value()));
      }
      Gradients gradients = run.backward(output, subject.u());
      for (int t = 0; t < run.values().size(); t++) {
        String path = subject.variables().get(t).path();
        memories.add(new Memory(path, run.values().get(t)));
        memories.add(
            new Memory("the gradient by " + path, gradients.of(run.recording().leaves().get(t))));
      }
      shared(memories).forEach(findings::add);
    }
    return findings.list();
  }

  /// A tensor and what it is.
  record Memory(String what, Tensor tensor) {
    boolean overlaps(Memory other) {
      return sameArray(tensor, other.tensor)
          && tensor.offset() < other.tensor.offset() + other.tensor.size()
          && other.tensor.offset() < tensor.offset() + tensor.size();
    }

    @SuppressWarnings("ReferenceEquality") // the question is whether it is the same memory
    private static boolean sameArray(Tensor a, Tensor b) {
      return switch (a) {
        case DoubleTensor doubles -> b instanceof DoubleTensor d && doubles.array() == d.array();
        case FloatTensor floats -> b instanceof FloatTensor f && floats.array() == f.array();
      };
    }
  }

  /// A sentence for each pair that shares memory.
  static List<String> shared(List<Memory> memories) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < memories.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (memories.get(i).overlaps(memories.get(j))) {
          sentences.add(memories.get(i).what() + " shares memory with " + memories.get(j).what());
        }
      }
    }
    return sentences;
  }
}
