package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Checks gradients against central differences, in double precision, at every coordinate of all
/// inputs and trainable parameters. The formula and its error are in the package's description.
///
/// ```java
/// GradientChecker.seeded(1).checkLayer("Swish", layer, x).requirePass();
/// ```
///
/// - **Upstream.** The output is contracted with a fixed random `u`, `uⱼ = ±(0.5 + U[0,1))`, for a
///   scalar too. All ones would hide what softmax and normalisations do, whose rows have the
///   gradient zero there, and a backward that ignores the upstream of a loss.
/// - **Differences first.** Each output is subtracted from itself, then the differences are
///   contracted, so that outputs that do not change add no round-off.
/// - **The step really taken.** The quotient divides by `(x + h) − (x − h)` as it was rounded.
/// - **Buffers that hold NaN.** The gradients are those of a second backward pass, into buffers
///   that
///   were filled with NaN after a first: a backward that adds where it should overwrite shows.
/// - **Draws.** Every evaluation trains with the same key, so a layer that draws draws the same.
///
/// The inputs are copied; parameters are changed one element at a time and restored bit for bit,
/// also if the function throws. Nobody else may use the parameters meanwhile.
///
/// The same key gives the same report, times aside.
///
/// @param key the address of all draws: the upstream, inputs of ops, what layers draw
public record GradientChecker(Key key) {
  /// The largest relative error that counts as agreement.
  public static final double LIMIT = 1e-6;

  /// How many rows of a batch make a shard, so few that small batches have several.
  public static final int ROWS_PER_SHARD = 2;

  /// A checker whose draws belong to a seed.
  ///
  /// @param seed any number
  /// @return the checker
  public static GradientChecker seeded(long seed) {
    return new GradientChecker(Key.of(seed).with("gradient check"));
  }

  /// Checks any function.
  ///
  /// @param name what is checked, for the report
  /// @param inputs the inputs by name, at the point where the gradient is checked
  /// @param parameters the parameters the function uses; frozen ones are not checked
  /// @param function the function; it must use every input and every trainable parameter, and give
  ///     the same output for the same values
  /// @return the report
  /// @throws IllegalArgumentException if a tensor or the output is not float64, if the output is
  ///     not
  ///     finite or does not depend on an input or trainable parameter, if an input and a parameter
  ///     have the same name, or if there is not one element to check
  public GradientReport check(
      String name, Map<String, Tensor> inputs, Parameters parameters, GradientFunction function) {
    return new Check(name, key, inputs, parameters, function).run();
  }

  /// Checks a layer by its input and its parameters: once with the input in one piece, once with
  /// its rows shared out in shards of [#ROWS_PER_SHARD], where each parameter's gradient is a sum
  /// over the shards.
  ///
  /// @param name what is checked, for the report
  /// @param layer the layer; its parameters are those of [Parameters#of], so a lambda has none
  /// @param x the input, one row per example; at least three rows for the shards to matter
  /// @return the report; the input is called `x`
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkLayer(String name, Layer layer, Tensor x) {
    Parameters parameters = Parameters.of(layer);
    Map<String, Tensor> inputs = Map.of("x", x);
    List<GradientReport> parts = new ArrayList<>();
    parts.add(check(name, inputs, parameters, (graph, nodes) -> layer.apply(nodes.get("x"))));
    if (x.shape().rank() > 0) {
      parts.add(
          check(
              inShards(name),
              inputs,
              parameters,
              (graph, nodes) -> layer.apply(PickRows.all(nodes.get("x")))));
    }
    return GradientReport.together(name, parts);
  }

  /// Checks a loss by the prediction: once in one piece, once with the rows in shards.
  ///
  /// @param name what is checked, for the report
  /// @param loss the loss
  /// @param prediction the prediction, one row per example
  /// @param target the target, one row per example; not differentiated by
  /// @return the report; the prediction is called `prediction`
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkLoss(String name, Loss loss, Tensor prediction, Tensor target) {
    Map<String, Tensor> inputs = Map.of("prediction", prediction);
    Parameters parameters = Parameters.of(loss);
    GradientReport whole =
        check(
            name,
            inputs,
            parameters,
            (graph, nodes) -> loss.of(nodes.get("prediction"), graph.constant(target)));
    GradientReport shards =
        check(
            inShards(name),
            inputs,
            parameters,
            (graph, nodes) -> loss.of(PickRows.all(nodes.get("prediction")), graph.batch(target)));
    return GradientReport.together(name, List.of(whole, shards));
  }

  /// Checks an op at normal inputs ([CheckInputs#normal]) of the given shapes.
  ///
  /// @param op the op
  /// @param shapes the shapes of its inputs
  /// @return the report; the inputs are called `input0`, `input1` and so on
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes do not fit the op
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkOp(Op<?> op, Shape... shapes) {
    Tensor[] inputs = new Tensor[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      inputs[i] = CheckInputs.normal(shapes[i], key.with("input").with(i));
    }
    return checkOp(op, inputs);
  }

  /// Checks an op at given inputs. The op stands at two nodes with the same inputs, `y = op(x…) +
  /// op(x…)/2`, so that it must both overwrite gradients and add to them; once in one piece, and,
  /// if it is row-wise in an input, once more with the rows in shards.
  ///
  /// @param op the op
  /// @param inputs its inputs
  /// @return the report; the inputs are called `input0`, `input1` and so on
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes do not fit the op
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkOp(Op<?> op, Tensor... inputs) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      named.put("input" + i, inputs[i]);
    }
    String name =
        op.name()
            + " "
            + named.values().stream()
                .map(input -> input.shape().toString())
                .collect(Collectors.joining(" "));
    List<GradientReport> parts = new ArrayList<>();
    parts.add(checkOp(name, op, named, position -> false));
    boolean rowwise =
        IntStream.range(0, inputs.length)
            .anyMatch(i -> op.rowwise(i) && inputs[i].shape().rank() > 0);
    if (rowwise) {
      parts.add(checkOp(inShards(name), op, named, op::rowwise));
    }
    return GradientReport.together(name, parts);
  }

  private GradientReport checkOp(
      String name, Op<?> op, Map<String, Tensor> inputs, IntPredicate sharded) {
    return check(
        name,
        inputs,
        new Parameters(Map.of()),
        (graph, nodes) -> {
          Node[] given = new Node[inputs.size()];
          for (int i = 0; i < given.length; i++) {
            Node node = nodes.get("input" + i);
            given[i] = sharded.test(i) ? PickRows.all(node) : node;
          }
          return graph.apply(new Blend(), graph.apply(op, given), graph.apply(op, given));
        });
  }

  private static String inShards(String name) {
    return name + " in shards";
  }
}
