package dev.lanewise.layers;

import dev.lanewise.core.op.HardThreshold;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Softmax;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Tanh;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/// The known activation functions, and the way to a new one.
public final class Activations {
  private Activations() {}

  /// `y = x`.
  ///
  /// @return the activation
  public static Activation identity() {
    return new Activation("identity", new Scale(1));
  }

  /// `y = max(x, 0)`; the derivative at 0 is 0. (Nair and Hinton, 2010.)
  ///
  /// @return the activation
  public static Activation relu() {
    return new Activation("relu", new Relu());
  }

  /// `y = log(1 + eˣ)`, the smooth relu; its derivative is the logistic function. (Dugas et al.,
  /// 2001.)
  ///
  /// @return the activation
  public static Activation softplus() {
    return new Activation("softplus", new Softplus());
  }

  /// `y = 1 if x > 0, else 0`: the unit of Rosenblatt's perceptron. The derivative is 0 everywhere,
  /// also at the step, so nothing below it learns.
  ///
  /// @return the activation
  public static Activation hardThreshold() {
    return new Activation("hard_threshold", new HardThreshold());
  }

  /// `y = 1/(1 + e⁻ˣ)`, often called sigmoid.
  ///
  /// @return the activation
  public static Activation logistic() {
    return new Activation("logistic", new Logistic());
  }

  /// `y = tanh x`.
  ///
  /// @return the activation
  public static Activation tanh() {
    return new Activation("tanh", new Tanh());
  }

  /// `yⱼ = e^xⱼ / Σₖ e^xₖ` over each row of a matrix. Before a cross-entropy, leave it out:
  /// [dev.lanewise.layers.loss.SoftmaxCrossEntropy] takes the logits.
  ///
  /// @return the activation
  public static Activation softmax() {
    return new Activation("softmax", new Softmax());
  }

  /// `yⱼ = xⱼ − log Σₖ e^xₖ` over each row of a matrix.
  ///
  /// @return the activation
  public static Activation logSoftmax() {
    return new Activation("log_softmax", new LogSoftmax());
  }

  /// All known activations.
  ///
  /// @return an immutable list
  public static List<Activation> all() {
    return List.of(
        identity(),
        relu(),
        softplus(),
        hardThreshold(),
        logistic(),
        tanh(),
        softmax(),
        logSoftmax());
  }

  /// The known activation of a name.
  ///
  /// @param name the name, for example `hard_threshold`
  /// @return the activation
  /// @throws IllegalArgumentException if there is none; the message lists the known names
  public static Activation byName(String name) {
    for (Activation activation : all()) {
      if (activation.name().equals(name)) {
        return activation;
      }
    }
    String known = all().stream().map(Activation::name).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "There is no activation '" + name + "': expected one of " + known + ".");
  }

  /// A new activation from a function and its derivative, applied element by element in double
  /// precision: right at once, but slow. A fast one is an [dev.lanewise.core.graph.Op] of its own.
  ///
  /// ```java
  /// Activation swish = Activations.of("swish",
  ///     x -> x / (1 + Math.exp(-x)),
  ///     x -> { double s = 1 / (1 + Math.exp(-x)); return s * (1 + x * (1 - s)); });
  /// ```
  ///
  /// Two such activations are equal if their names and functions are; keep the activation and apply
  /// it again rather than making it anew in every step, so that steps share their memory.
  ///
  /// @param name the name in messages and listings
  /// @param function y(x)
  /// @param derivative y'(x)
  /// @return the activation
  public static Activation of(
      String name, DoubleUnaryOperator function, DoubleUnaryOperator derivative) {
    return new Activation(name, new Elementwise(name, function, derivative));
  }
}
