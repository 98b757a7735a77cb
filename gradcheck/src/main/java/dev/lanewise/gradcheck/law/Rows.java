package dev.lanewise.gradcheck.law;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The inputs of a subject that hold one row per example.
///
/// @param subject the subject
/// @param inputs the variables' positions
/// @param count how many rows there are
record Rows(Subject subject, List<Integer> inputs, int count) {
  /// The rows of the named inputs.
  ///
  /// @throws IllegalArgumentException if a name is of no input, or the numbers of rows differ
  static Rows of(Subject subject, List<String> names) {
    List<Integer> inputs = new ArrayList<>();
    int count = -1;
    for (String name : names) {
      int input = position(subject, name);
      Shape shape = subject.variables().get(input).shape();
      if (shape.rank() == 0 || (count >= 0 && shape.rows() != count)) {
        throw new IllegalArgumentException(
            subject.problem().name()
                + ": "
                + name
                + " "
                + shape
                + " does not have one row per example, as was declared.");
      }
      count = shape.rows();
      inputs.add(input);
    }
    return new Rows(subject, List.copyOf(inputs), Math.max(count, 0));
  }

  private static int position(Subject subject, String name) {
    List<Variable> variables = subject.variables();
    return IntStream.range(0, variables.size())
        .filter(
            t ->
                variables.get(t).path().equals(name)
                    && variables.get(t).kind() == Variable.Kind.INPUT)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    subject.problem().name() + " has no input " + name + "."));
  }

  boolean has(int variable) {
    return inputs.contains(variable);
  }

  /// A point whose examples are some of another point's, in this order.
  List<Tensor> pick(double[][] point, int... rows) {
    List<Tensor> values = subject.tensors(point);
    for (int input : inputs) {
      Shape shape = subject.variables().get(input).shape();
      values.set(
          input,
          Tensor.of(DType.FLOAT64, shape.withRows(rows.length), pick(point[input], shape, rows)));
    }
    return values;
  }

  /// Some rows of a tensor of the given shape.
  static double[] pick(double[] values, Shape shape, int... rows) {
    int size = shape.rowSize();
    double[] picked = new double[rows.length * size];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(values, rows[r] * size, picked, r * size, size);
    }
    return picked;
  }

  /// A point with one example of another point.
  double[][] exchange(double[][] point, double[][] other, int row) {
    double[][] changed = point.clone();
    for (int input : inputs) {
      changed[input] =
          exchange(point[input], other[input], subject.variables().get(input).shape(), row);
    }
    return changed;
  }

  /// A tensor's elements with one row of another's.
  static double[] exchange(double[] values, double[] other, Shape shape, int row) {
    double[] changed = values.clone();
    int size = shape.rowSize();
    System.arraycopy(other, row * size, changed, row * size, size);
    return changed;
  }

  /// The first, a middle and the last row.
  int[] some() {
    return IntStream.of(0, count / 2, count - 1)
        .filter(row -> row >= 0 && row < count)
        .distinct()
        .toArray();
  }

  /// Whether the output has one row per example.
  boolean outputHasRows() {
    Shape y = subject.outputShape();
    return y.rank() > 0 && y.rows() == count;
  }

  static int[] all(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, row -> row);
    return rows;
  }
}
