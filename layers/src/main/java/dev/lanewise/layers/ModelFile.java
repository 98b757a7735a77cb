package dev.lanewise.layers;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model's parameters in a file: each under its path, frozen ones included. The architecture is
/// not in the file but in the program.
public final class ModelFile {
  private ModelFile() {}

  /// Writes the parameters of a model; see [Safetensors#write].
  ///
  /// @param model the model, as for [Parameters#of]
  /// @param file the file; what was there before is replaced
  /// @throws WeightsException if it cannot be written
  public static void save(Object model, Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Parameters.of(model)
        .byPath()
        .forEach((path, parameter) -> tensors.put(path, parameter.value()));
    new Safetensors(tensors, Map.of()).write(file);
  }

  /// Sets the parameters of a model to those of a file. Every path must be in both, with the same
  /// shape and type; otherwise nothing is changed.
  ///
  /// @param model the model, as for [Parameters#of]
  /// @param file the file
  /// @throws WeightsException if the file cannot be read or does not fit the model; the message
  ///     lists everything that is missing, unexpected or different
  public static void load(Object model, Path file) {
    Map<String, Parameter> parameters = Parameters.of(model).byPath();
    Map<String, Tensor> tensors = Safetensors.read(file).tensors();
    List<String> problems = new ArrayList<>();
    parameters.forEach(
        (path, parameter) -> {
          Tensor tensor = tensors.get(path);
          if (tensor == null) {
            problems.add("'" + path + "' is missing");
          } else if (!tensor.shape().equals(parameter.shape())
              || tensor.dtype() != parameter.dtype()) {
            problems.add(
                "'"
                    + path
                    + "' is "
                    + describe(tensor)
                    + " but the model has "
                    + describe(parameter.value()));
          }
        });
    for (String name : tensors.keySet()) {
      if (!parameters.containsKey(name)) {
        problems.add("'" + name + "' is unexpected");
      }
    }
    if (!problems.isEmpty()) {
      throw new WeightsException(
          file + ": the weights do not fit the model: " + String.join("; ", problems) + ".");
    }
    tensors.forEach(
        (path, tensor) -> {
          Parameter parameter = parameters.get(path);
          if (parameter != null) {
            TensorMath.copy(tensor, parameter.value());
          }
        });
  }

  private static String describe(Tensor tensor) {
    return tensor.dtype().label() + tensor.shape();
  }
}
