package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.problem.JavaCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// A layer, its parameters and its input.
///
/// @param maker the layer for an input's shape
/// @param x the input
/// @param parameters path → value of the trainable parameters
record LayerSpecimen(Function<Shape, Layer> maker, Tensor x, Map<String, Tensor> parameters)
    implements Specimen<LayerSpecimen> {
  static LayerSpecimen drawn(Function<Shape, Layer> maker, Shape input, Key key) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Parameters.of(Layers.moved(maker.apply(input), key))
        .trainable()
        .byPath()
        .forEach((path, parameter) -> values.put(path, parameter.value()));
    return new LayerSpecimen(maker, CheckInputs.normal(input, key.with("x")), values);
  }

  Layer layer() {
    return Layers.with(maker.apply(x.shape()), parameters);
  }

  String name() {
    Class<?> type = maker.apply(x.shape()).getClass();
    return type.isHidden() ? "a layer" : type.getSimpleName();
  }

  @Override
  public String label() {
    StringBuilder label = new StringBuilder(name()).append(" x").append(x.shape());
    parameters.forEach((path, value) -> label.append(' ').append(path).append(value.shape()));
    return label.toString();
  }

  @Override
  public GradientReport check(GradientChecker checker) {
    return checker.checkLayer(name(), layer(), x);
  }

  @Override
  public LayerSpecimen in(Regime regime, Key key) {
    Map<String, Tensor> changed = new LinkedHashMap<>();
    parameters.forEach(
        (path, value) -> changed.put(path, Tensors.in(regime, value, key.with(path))));
    return new LayerSpecimen(maker, Tensors.in(regime, x, key.with("x")), changed);
  }

  @Override
  public Stream<LayerSpecimen> simpler() {
    Stream<LayerSpecimen> smaller =
        Simpler.resizes(List.of(x.shape()))
            .flatMap(resize -> Simpler.attempt(() -> resized(resize)));
    return Stream.concat(smaller, Simpler.values(tensors()).map(this::withTensors));
  }

  @Override
  public String statements(String checker) {
    StringBuilder text = new StringBuilder();
    text.append("Layer layer = ");
    if (parameters.isEmpty()) {
      text.append("layer(").append(JavaCode.of(x.shape())).append(");\n");
    } else {
      text.append("Layers.with(\n    layer(").append(JavaCode.of(x.shape()));
      text.append("),\n    Map.ofEntries(");
      String separator = "";
      for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
        text.append(separator).append("\n        Map.entry(");
        text.append(JavaCode.of(entry.getKey())).append(", ");
        text.append(JavaCode.of(entry.getValue())).append(')');
        separator = ",";
      }
      text.append("));\n");
    }
    text.append("Tensor x = ").append(JavaCode.of(x)).append(";\n");
    text.append(checker).append(".checkLayer(").append(JavaCode.of(name()));
    return text.append(", layer, x).requirePass();\n").toString();
  }

  /// The layer for the smaller input. Of its parameters those that became smaller keep what is
  /// left; others are drawn.
  private LayerSpecimen resized(Simpler.Resize resize) {
    LayerSpecimen fresh = drawn(maker, resize.apply(x.shape()), Key.of(0));
    Map<String, Tensor> values = new LinkedHashMap<>();
    fresh.parameters.forEach(
        (path, value) -> {
          Tensor old = parameters.get(path);
          values.put(
              path,
              old != null && Simpler.contains(old.shape(), value.shape())
                  ? resize.block(old, value.shape())
                  : value);
        });
    return new LayerSpecimen(maker, resize.apply(x), values);
  }

  private List<Tensor> tensors() {
    List<Tensor> all = new ArrayList<>(List.of(x));
    all.addAll(parameters.values());
    return all;
  }

  private LayerSpecimen withTensors(List<Tensor> all) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    int next = 1;
    for (String path : parameters.keySet()) {
      values.put(path, all.get(next++));
    }
    return new LayerSpecimen(maker, all.getFirst(), values);
  }
}
