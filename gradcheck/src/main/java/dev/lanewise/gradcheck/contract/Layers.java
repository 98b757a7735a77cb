package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.CheckInputs;
import java.util.Map;
import net.jqwik.api.Arbitrary;

/// Arbitrary layers for gradient checks: a layer at arbitrary parameters.
public final class Layers {
  private Layers() {}

  /// A layer at arbitrary parameters: each trainable one is moved by normal draws, so that a bias
  /// is not zero, nor a gain one.
  ///
  /// @param layer the layer; left alone
  /// @return the arbitrary of float64 copies
  public static Arbitrary<Layer> at(Layer layer) {
    return Tensors.keys().map(key -> moved(layer, key));
  }

  /// A layer with given parameters.
  ///
  /// ```java
  /// Layers.with(new Linear(…), Map.of("weight", DoubleTensor.matrix(new double[] {1, 2})));
  /// ```
  ///
  /// @param layer the layer; left alone
  /// @param values path → value; parameters that are not named keep theirs
  /// @return a float64 copy
  /// @throws IllegalArgumentException if the layer has no such parameter
  /// @throws ShapeException if a value has another shape than its parameter
  public static Layer with(Layer layer, Map<String, Tensor> values) {
    Layer copy = Parameters.convert(layer, DType.FLOAT64);
    Map<String, Parameter> parameters = Parameters.of(copy).byPath();
    values.forEach(
        (path, value) -> {
          Parameter parameter = parameters.get(path);
          if (parameter == null) {
            throw new IllegalArgumentException(
                "Layers.with: there is no parameter '"
                    + path
                    + "': the parameters are "
                    + parameters.keySet()
                    + ".");
          }
          ShapeException.requireEqual(
              "Layers.with",
              "the parameter " + path,
              parameter.shape(),
              "its value",
              value.shape());
          TensorMath.copy(value, parameter.value());
        });
    return copy;
  }

  /// A float64 copy with its trainable parameters moved.
  static Layer moved(Layer layer, Key key) {
    Layer copy = Parameters.convert(layer, DType.FLOAT64);
    Parameters.of(copy)
        .trainable()
        .byPath()
        .forEach(
            (path, parameter) -> {
              Shape shape = parameter.shape();
              TensorMath.axpy(
                  0.5, CheckInputs.normal(shape, key.with("move").with(path)), parameter.value());
            });
    return copy;
  }
}
