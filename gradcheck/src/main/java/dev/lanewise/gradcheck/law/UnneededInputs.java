package dev.lanewise.gradcheck.law;

import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Whether the gradient by one input is wanted changes no bit of the others', nor of the output.
/// All subsets of up to four inputs; of more, one input left out, and one input alone.
///
/// Breaks: buffers asked for that nobody wants, gradients computed from another input's, the wrong
/// input skipped.
public record UnneededInputs() implements Law {
  private static final int ALL_SUBSETS = 4;

  @Override
  public String name() {
    return "an unneeded gradient changes nothing";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    List<Variable> variables = subject.variables();
    int inputs =
        (int) variables.stream().filter(each -> each.kind() == Variable.Kind.INPUT).count();
    double[] y;
    double[][] expected;
    try (Execution run = subject.open(subject.x())) {
      y = run.output();
      expected = run.gradients(subject.u());
    }
    for (long subset : subsets(inputs, variables.size() > inputs)) {
      if (findings.isEmpty()) {
        check(findings, subject, inputs, subset, y, expected);
      }
    }
    return findings.list();
  }

  private static void check(
      Findings findings,
      Subject subject,
      int inputs,
      long subset,
      double[] y,
      double[][] expected) {
    List<String> unneeded =
        IntStream.range(0, inputs)
            .filter(i -> !wanted(subset, i))
            .mapToObj(i -> subject.variables().get(i).path())
            .toList();
    String when = "without the gradient by " + String.join(", ", unneeded);
    try (Execution run = subject.open(subject.x(), i -> i >= inputs || wanted(subset, i))) {
      findings.sameOutput(when, y, run.output());
      double[][] gradients = run.gradients(subject.u());
      for (int t = 0; t < gradients.length; t++) {
        if (t >= inputs || wanted(subset, t)) {
          findings.sameGradient(when, t, expected[t], gradients[t]);
        }
      }
    } catch (RuntimeException e) {
      findings.add(when + ": it fails: " + e);
    }
  }

  private static boolean wanted(long subset, int input) {
    return (subset >> input & 1) == 1;
  }

  /// Bit i says whether the gradient by input i is wanted.
  private static List<Long> subsets(int inputs, boolean parameters) {
    List<Long> subsets = new ArrayList<>();
    long all = (1L << inputs) - 1;
    if (inputs <= ALL_SUBSETS) {
      for (long subset = parameters ? 0 : 1; subset < all; subset++) {
        subsets.add(subset);
      }
    } else {
      for (int i = 0; i < inputs; i++) {
        subsets.add(all & ~(1L << i));
        subsets.add(1L << i);
      }
    }
    return subsets;
  }
}
