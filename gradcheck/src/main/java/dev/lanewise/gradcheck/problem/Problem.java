package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A function whose gradient is to be checked, and the point where.
///
/// The variables are the inputs in their order, then the trainable parameters in theirs. The point
/// is a copy: neither inputs nor parameters are written to, so several threads may check one model.
public final class Problem {
  private final String name;
  private final Key key;
  private final GradientFunction function;
  private final List<Parameter> parameters;
  private final List<Variable> variables;
  private final double[][] point;

  /// A problem at the inputs and at the parameters' current values.
  ///
  /// @param name what is checked, for messages
  /// @param key the address of what the function draws: the same draws in every evaluation
  /// @param inputs the inputs by name
  /// @param parameters the parameters; frozen ones are used, but no variables
  /// @param function the function
  /// @throws IllegalArgumentException if a tensor is not float64, an input and a parameter have the
  ///     same name, or there is not one element to check
  public Problem(
      String name,
      Key key,
      Map<String, Tensor> inputs,
      Parameters parameters,
      GradientFunction function) {
    this.name = name;
    this.key = key;
    this.function = function;
    this.parameters = parameters.trainable().list();
    List<Variable> found = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    inputs.forEach(
        (path, input) -> {
          requireDouble("the input " + path, input.dtype());
          if (parameters.byPath().containsKey(path)) {
            throw new IllegalArgumentException(
                name + ": '" + path + "' names both an input and a parameter.");
          }
          found.add(new Variable(path, input.shape(), Variable.Kind.INPUT));
          values.add(input.toDoubles());
        });
    parameters
        .byPath()
        .forEach((path, parameter) -> requireDouble("the parameter " + path, parameter.dtype()));
    parameters
        .trainable()
        .byPath()
        .forEach(
            (path, parameter) -> {
              found.add(new Variable(path, parameter.shape(), Variable.Kind.PARAMETER));
              values.add(parameter.value().toDoubles());
            });
    if (found.stream().allMatch(variable -> variable.size() == 0)) {
      throw new IllegalArgumentException(
          name + ": there is nothing to check, no element of an input or trainable parameter.");
    }
    this.variables = List.copyOf(found);
    this.point = values.toArray(double[][]::new);
  }

  private Problem(Problem other, double[][] point) {
    this.name = other.name;
    this.key = other.key;
    this.function = other.function;
    this.parameters = other.parameters;
    this.variables = other.variables;
    this.point = point;
  }

  /// The same function at another point.
  ///
  /// @param other the elements of each variable; copied
  /// @return the problem there
  public Problem at(double[][] other) {
    double[][] copy = new double[other.length][];
    for (int t = 0; t < copy.length; t++) {
      if (other[t].length != variables.get(t).size()) {
        throw new IllegalArgumentException(
            name
                + ": "
                + variables.get(t).path()
                + " has "
                + variables.get(t).size()
                + " elements, but the point gives "
                + other[t].length
                + ".");
      }
      copy[t] = other[t].clone();
    }
    return new Problem(this, copy);
  }

  /// What is checked.
  ///
  /// @return the name
  public String name() {
    return name;
  }

  /// The variables: first the inputs, then the trainable parameters.
  ///
  /// @return an immutable list
  public List<Variable> variables() {
    return variables;
  }

  /// The point.
  ///
  /// @return the elements of each variable, a fresh copy
  public double[][] point() {
    double[][] copy = new double[point.length][];
    for (int t = 0; t < copy.length; t++) {
      copy[t] = point[t].clone();
    }
    return copy;
  }

  /// Opens an evaluator at the point, for one thread.
  ///
  /// @return the evaluator, to be closed
  /// @throws IllegalArgumentException if the output is not float64
  public Evaluator open() {
    return new Evaluator(this);
  }

  /// The address of what the function draws.
  ///
  /// @return the key of every evaluation
  public Key key() {
    return key;
  }

  /// The function.
  ///
  /// @return the function
  public GradientFunction function() {
    return function;
  }

  /// The trainable parameters.
  ///
  /// @return an immutable list, in the order of the variables that are parameters
  public List<Parameter> parameters() {
    return parameters;
  }

  void requireDouble(String what, DType dtype) {
    if (dtype != DType.FLOAT64) {
      throw new IllegalArgumentException(
          name
              + ": "
              + what
              + " is "
              + dtype.label()
              + ", but gradients are checked in float64, because differences of float32 have about"
              + " three digits; convert inputs with Tensor.to and models with Parameters.convert.");
    }
  }
}
