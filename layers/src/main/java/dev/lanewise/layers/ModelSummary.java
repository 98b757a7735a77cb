package dev.lanewise.layers;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a model looks like: its layers in order, the shapes of their outputs, their parameters.
///
/// [Sequential] and [Residual] are looked into; any other layer is one row with all its parameters.
/// A tied parameter counts where it stands first. [#toString] is a table for people.
///
/// @param rows one row for each layer, in the order they are applied
public record ModelSummary(List<Row> rows) {
  /// One layer.
  ///
  /// @param path where it stands in the model, for example `layers.0`; empty for the model itself
  /// @param name what it is: an activation's name, or the name of the layer's class
  /// @param output the shape of its output, if the model's input shape was given
  /// @param parameters the shapes of its parameters by their path within the layer
  public record Row(
      String path, String name, Optional<Shape> output, Map<String, Shape> parameters) {
    /// One layer.
    ///
    /// @param path where it stands in the model
    /// @param name what it is
    /// @param output the shape of its output, if known
    /// @param parameters the shapes of its parameters; copied
    public Row {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// How many numbers its parameters have.
    ///
    /// @return the sum of the sizes
    public long parameterCount() {
      return parameters.values().stream().mapToLong(Shape::size).sum();
    }
  }

  /// A summary of rows.
  ///
  /// @param rows the rows; copied
  public ModelSummary {
    rows = List.copyOf(rows);
  }

  /// The summary of a model without shapes of outputs.
  ///
  /// @param model the model
  /// @return its summary
  public static ModelSummary of(Layer model) {
    List<Row> rows = new ArrayList<>();
    new Walk(Parameters.of(model), rows).describe("", model, Optional.empty());
    return new ModelSummary(rows);
  }

  /// The summary of a model with the shapes of outputs, which are inferred; nothing is computed.
  ///
  /// @param model the model
  /// @param input the shape of an input, rows included: `[128,784]`
  /// @return its summary
  /// @throws dev.lanewise.core.tensor.ShapeException if the model refuses the shape
  public static ModelSummary of(Layer model, Shape input) {
    Parameters parameters = Parameters.of(model);
    DType dtype =
        parameters.list().stream().map(Parameter::dtype).findFirst().orElse(DType.FLOAT32);
    List<Row> rows = new ArrayList<>();
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.inference()) {
      Node x = graph.batch(Tensor.zeros(dtype, input));
      new Walk(parameters, rows).describe("", model, Optional.of(x));
    }
    return new ModelSummary(rows);
  }

  /// How many numbers all parameters have.
  ///
  /// @return the sum over the rows
  public long parameterCount() {
    return rows.stream().mapToLong(Row::parameterCount).sum();
  }

  /// A table with a header line, one line for each layer, and a line with the total.
  @Override
  public String toString() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("path", "layer", "output", "parameters", ""));
    for (Row row : rows) {
      List<String> shapes = new ArrayList<>();
      row.parameters().forEach((name, shape) -> shapes.add(name + " " + shape));
      cells.add(
          List.of(
              row.path(),
              row.name(),
              row.output().map(Shape::toString).orElse(""),
              grouped(row.parameterCount()),
              String.join(", ", shapes)));
    }
    cells.add(List.of("total", "", "", grouped(parameterCount()), ""));
    return table(cells);
  }

  private static String table(List<List<String>> cells) {
    int[] widths = new int[cells.getFirst().size()];
    for (List<String> line : cells) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      StringBuilder padded = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String gap = " ".repeat(widths[column] - line.get(column).length());
        boolean number = column == 3;
        padded.append(number ? gap + line.get(column) : line.get(column) + gap).append("  ");
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// The way through the layers; the paths are those of [Parameters].
  private record Walk(Parameters parameters, List<Row> rows) {
    Optional<Node> describe(String path, Layer layer, Optional<Node> input) {
      return switch (layer) {
        case Sequential sequential -> {
          Optional<Node> y = input;
          for (int i = 0; i < sequential.layers().size(); i++) {
            y = describe(join(path, "layers." + i), sequential.layers().get(i), y);
          }
          yield y;
        }
        case Residual residual -> {
          describe(join(path, "inner"), residual.inner(), input);
          yield add(path, layer, input, Map.of());
        }
        default -> add(path, layer, input, shapesUnder(path));
      };
    }

    private Optional<Node> add(
        String path, Layer layer, Optional<Node> input, Map<String, Shape> shapes) {
      Optional<Node> output = input.map(layer::apply);
      rows.add(new Row(path, nameOf(layer), output.map(Node::shape), shapes));
      return output;
    }

    private Map<String, Shape> shapesUnder(String path) {
      String prefix = path.isEmpty() ? "" : path + ".";
      Map<String, Shape> shapes = new LinkedHashMap<>();
      parameters
          .byPath()
          .forEach(
              (name, parameter) -> {
                if (name.startsWith(prefix)) {
                  shapes.put(name.substring(prefix.length()), parameter.shape());
                }
              });
      return shapes;
    }

    private static String nameOf(Layer layer) {
      if (layer instanceof Activation activation) {
        return activation.name();
      }
      String name = layer.getClass().getSimpleName();
      return layer.getClass().isHidden() ? "function" : name;
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }
}
