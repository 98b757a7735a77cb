package dev.lanewise.gradcheck.law;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;

/// Collects what a law finds broken, comparing elements and naming the first that is wrong.
final class Findings {
  private final Law law;
  private final Subject subject;
  private final List<Finding> found = new ArrayList<>();

  Findings(Law law, Subject subject) {
    this.law = law;
    this.subject = subject;
  }

  List<Finding> list() {
    return List.copyOf(found);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void add(String sentence) {
    found.add(new Finding(law.name(), sentence));
  }

  void addAll(Findings others) {
    found.addAll(others.found);
  }

  /// Every bit of the outputs must be the same.
  void sameOutput(String when, double[] expected, double[] actual) {
    compare(
        when,
        new Variable("y", subject.outputShape(), Variable.Kind.INPUT),
        expected,
        actual,
        (a, b, i) -> sameBits(a, b));
  }

  /// Every bit of the gradients must be the same.
  void sameGradients(String when, double[][] expected, double[][] actual) {
    for (int t = 0; t < expected.length; t++) {
      sameGradient(when, t, expected[t], actual[t]);
    }
  }

  /// Every bit of the gradient by one variable must be the same.
  void sameGradient(String when, int variable, double[] expected, double[] actual) {
    gradient(when, variable, expected, actual, (a, b, i) -> sameBits(a, b));
  }

  /// The gradients must be the same numbers; zeros may differ in their sign.
  void equalGradients(String when, double[][] expected, double[][] actual) {
    for (int t = 0; t < expected.length; t++) {
      gradient(when, t, expected[t], actual[t], (a, b, i) -> a == b || bothNaN(a, b));
    }
  }

  /// The gradients must agree within the subject's tolerance, for sums in another order.
  void closeGradients(String when, double[][] expected, double[][] actual) {
    for (int t = 0; t < expected.length; t++) {
      closeGradient(when, t, expected[t], actual[t]);
    }
  }

  /// The gradient by one variable must agree within the subject's tolerance.
  void closeGradient(String when, int variable, double[] expected, double[] actual) {
    gradient(
        when,
        variable,
        expected,
        actual,
        (a, b, i) -> Math.abs(a - b) <= subject.tolerance(variable, i, a) || bothNaN(a, b));
  }

  /// Every bit of some elements must be the same.
  void sameElements(String when, String what, Shape shape, double[] expected, double[] actual) {
    compare(
        when,
        new Variable(what, shape, Variable.Kind.INPUT),
        expected,
        actual,
        (a, b, i) -> sameBits(a, b));
  }

  void gradient(String when, int variable, double[] expected, double[] actual, Match match) {
    Variable by = subject.variables().get(variable);
    compare(
        when,
        new Variable("the gradient by " + by.path(), by.shape(), by.kind()),
        expected,
        actual,
        match);
  }

  /// When an expected and an actual element at a position are as one.
  @FunctionalInterface
  interface Match {
    boolean test(double expected, double actual, int position);
  }

  void compare(String when, Variable where, double[] expected, double[] actual, Match match) {
    int wrong = 0;
    int first = -1;
    for (int i = 0; i < expected.length; i++) {
      if (!match.test(expected[i], actual[i], i)) {
        wrong++;
        first = first < 0 ? i : first;
      }
    }
    if (wrong > 0) {
      add(
          when
              + ": "
              + where.place(first)
              + " is "
              + actual[first]
              + ", expected "
              + expected[first]
              + " ("
              + wrong
              + " of "
              + expected.length
              + " elements differ)");
    }
  }

  static boolean sameBits(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
  }

  private static boolean bothNaN(double a, double b) {
    return Double.isNaN(a) && Double.isNaN(b);
  }
}
