package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.law.AgreesInFloat32;
import dev.lanewise.gradcheck.law.BatchSizes;
import dev.lanewise.gradcheck.law.Finding;
import dev.lanewise.gradcheck.law.Law;
import dev.lanewise.gradcheck.law.Laws;
import dev.lanewise.gradcheck.law.RowIndependence;
import dev.lanewise.gradcheck.law.RowPermutation;
import dev.lanewise.gradcheck.law.SymmetricSecondDerivative;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The laws that a checker does not look at by itself, because they hold only for what is declared
/// to be so.
///
/// @param label what is looked at
/// @param inputs its inputs by name
/// @param parameters its parameters
/// @param function the function
/// @param laws the laws
record DeclaredLaws(
    String label,
    Map<String, Tensor> inputs,
    Parameters parameters,
    GradientFunction function,
    List<Law> laws) {
  /// Those of an op.
  static DeclaredLaws of(OpSpecimen specimen, boolean smooth) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    specimen.inputs().forEach(input -> inputs.put("input" + inputs.size(), input));
    List<String> rows =
        IntStream.range(0, inputs.size())
            .filter(i -> specimen.op().rowwise(i))
            .filter(i -> specimen.inputs().get(i).shape().rank() > 0)
            .mapToObj(i -> "input" + i)
            .toList();
    AgreesInFloat32 inFloat32 = AgreesInFloat32.of(specimen.op());
    List<Law> laws = new ArrayList<>(List.of(inFloat32));
    if (!rows.isEmpty()) {
      laws.add(BatchSizes.zeroAndOne(rows));
    }
    if (smooth) {
      laws.add(new SymmetricSecondDerivative());
    }
    return new DeclaredLaws(
        specimen.label(), inputs, new Parameters(Map.of()), inFloat32.function(), laws);
  }

  /// Those of a layer.
  static DeclaredLaws of(LayerSpecimen specimen, boolean independentRows, boolean smooth) {
    List<String> rows = List.of("x");
    Layer layer = specimen.layer();
    Layer converted = Parameters.convert(layer, DType.FLOAT32);
    List<Law> laws = new ArrayList<>();
    laws.add(
        AgreesInFloat32.of(
            (graph, nodes) -> converted.apply(nodes.get("x")), Parameters.of(converted)));
    laws.add(BatchSizes.zeroAndOne(rows));
    if (independentRows) {
      laws.add(new RowIndependence(rows));
      laws.add(new RowPermutation(rows));
    }
    if (smooth) {
      laws.add(new SymmetricSecondDerivative());
    }
    return new DeclaredLaws(
        specimen.label(),
        Map.of("x", specimen.x()),
        Parameters.of(layer),
        (graph, nodes) -> layer.apply(nodes.get("x")),
        laws);
  }

  /// Those of a loss.
  static DeclaredLaws of(LossSpecimen specimen, boolean smooth) {
    Parameters none = new Parameters(Map.of());
    Tensor rounded = specimen.target().to(DType.FLOAT32);
    // In float64 the target is the same rounded one.
    Tensor target = rounded.to(DType.FLOAT64);
    List<Law> laws = new ArrayList<>();
    laws.add(
        AgreesInFloat32.of(
            (graph, nodes) -> specimen.loss().of(nodes.get("prediction"), graph.constant(rounded)),
            none));
    if (smooth) {
      laws.add(new SymmetricSecondDerivative());
    }
    return new DeclaredLaws(
        specimen.label(),
        Map.of("prediction", specimen.prediction()),
        none,
        (graph, nodes) -> specimen.loss().of(nodes.get("prediction"), graph.constant(target)),
        laws);
  }

  /// Demands that all are kept.
  ///
  /// @throws AssertionError if one is broken, with all that are
  void require(int seed) {
    Problem problem = new Problem(label, Key.of(seed), inputs, parameters, function);
    List<Finding> broken = Laws.broken(problem, Key.of(seed).with("laws"), laws);
    if (!broken.isEmpty()) {
      throw new AssertionError(
          broken.stream()
              .map(Finding::toString)
              .collect(Collectors.joining("\n  ", label + " breaks a law:\n  ", "")));
    }
  }
}
