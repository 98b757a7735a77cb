package dev.lanewise.gradcheck;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.large.Effort;
import dev.lanewise.gradcheck.large.Progress;
import dev.lanewise.gradcheck.large.ProgressMeter;
import dev.lanewise.gradcheck.large.Threads;
import dev.lanewise.gradcheck.law.Finding;
import dev.lanewise.gradcheck.law.Law;
import dev.lanewise.gradcheck.law.Laws;
import dev.lanewise.gradcheck.law.RowIndependence;
import dev.lanewise.gradcheck.law.RowPermutation;
import dev.lanewise.gradcheck.law.ShardsAgree;
import dev.lanewise.gradcheck.problem.Blend;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.Inputs;
import dev.lanewise.gradcheck.problem.JavaCode;
import dev.lanewise.gradcheck.problem.PickRows;
import dev.lanewise.gradcheck.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Checks gradients against differences, in double precision: a verdict that is safe both ways.
///
/// ```java
/// GradientChecker.seeded(1).checkLayer("Swish", layer, x).requirePass();
/// ```
///
/// Every coordinate of every input and trainable parameter is compared with a numeric derivative
/// that knows its own error ([dev.lanewise.gradcheck.numeric]): what lies outside is wrong, however
/// small the difference; what lies inside is right as far as the function can tell. Every regime of
/// numbers and both kinds of upstream make a run each; directions through many coordinates at once
/// see what single coordinates at ties cannot; laws ([dev.lanewise.gradcheck.law]) see what no
/// difference can.
///
/// The function is recorded and evaluated by several threads at a time, see [#threads]. The inputs
/// and parameters are copied; nothing of the model is written to. Every evaluation trains with the
/// same key, so a layer that draws draws the same. The same key gives the same report, times aside.
///
/// @param seed what all draws derive from: points, upstreams, what layers draw
/// @param regimes the kinds of numbers to check on; the first is the one that must have power
/// @param upstreams the kinds of upstream
/// @param screens whether directions are checked as well
/// @param laws whether the laws of [dev.lanewise.gradcheck.law] are looked at, at the point as
///     given
/// @param flat whether the function is declared to have the gradient zero wherever it has one, as a
///     hard threshold: then a check that confirms only zeros is not vacuous
/// @param effort threads, the size up to which every coordinate is checked, who hears of progress
public record GradientChecker(
    long seed,
    List<Regime> regimes,
    List<Upstream> upstreams,
    boolean screens,
    boolean laws,
    boolean flat,
    Effort effort) {
  /// Derivatives to check below which more threads cost more than they bring.
  private static final long WORTH_THREADS = 1024;

  /// How many elements a tensor may have to be written out in a reproduction.
  private static final int WRITTEN_OUT = 24;

  /// A checker.
  ///
  /// @throws IllegalArgumentException if there is no regime or no upstream
  public GradientChecker {
    regimes = List.copyOf(regimes);
    upstreams = List.copyOf(upstreams);
    if (regimes.isEmpty() || upstreams.isEmpty()) {
      throw new IllegalArgumentException("A check needs at least one regime and one upstream.");
    }
  }

  /// A checker with all regimes, both upstreams and directions, whose draws belong to a seed.
  ///
  /// @param seed any number
  /// @return the checker
  public static GradientChecker seeded(long seed) {
    return new GradientChecker(
        seed,
        List.of(Regime.values()),
        List.of(Upstream.values()),
        true,
        true,
        false,
        Effort.usual());
  }

  /// The same checker on other kinds of numbers.
  ///
  /// @param chosen the regimes; the first is the one that must have power
  /// @return the checker
  public GradientChecker regimes(Regime... chosen) {
    return new GradientChecker(seed, List.of(chosen), upstreams, screens, laws, flat, effort);
  }

  /// The same checker with other upstreams.
  ///
  /// @param chosen the kinds of upstream
  /// @return the checker
  public GradientChecker upstreams(Upstream... chosen) {
    return new GradientChecker(seed, regimes, List.of(chosen), screens, laws, flat, effort);
  }

  /// The same checker without directions, so that every coordinate is checked, however many.
  ///
  /// @return the checker
  public GradientChecker coordinatesOnly() {
    return new GradientChecker(seed, regimes, upstreams, false, laws, flat, effort);
  }

  /// The same checker without the laws.
  ///
  /// @return the checker
  public GradientChecker withoutLaws() {
    return new GradientChecker(seed, regimes, upstreams, screens, false, flat, effort);
  }

  /// The same checker for a function with the gradient zero wherever it has one.
  ///
  /// @return the checker
  public GradientChecker flatFunction() {
    return new GradientChecker(seed, regimes, upstreams, screens, laws, true, effort);
  }

  /// The same checker with a number of threads, of which one evaluates without any other; by
  /// default all processors. The report does not depend on it.
  ///
  /// @param count the number
  /// @return the checker
  /// @throws IllegalArgumentException if there is no thread
  public GradientChecker threads(int count) {
    return effort(effort.threads(count));
  }

  /// The same checker with another limit up to which every coordinate is checked; by default 2,000.
  /// Beyond it a problem is checked along directions and by a sample of each tensor, and where
  /// those disagree the wrong coordinates are searched.
  ///
  /// @param coordinates how many coordinates all variables may have together
  /// @return the checker
  public GradientChecker everyCoordinateUpTo(int coordinates) {
    return effort(effort.everyCoordinateUpTo(coordinates));
  }

  /// The same checker with an observer of long checks.
  ///
  /// @param observer is told at most twice a second how far the check has come, by one thread at a
  ///     time
  /// @return the checker
  public GradientChecker progress(Consumer<Progress> observer) {
    return effort(effort.progress(observer));
  }

  private GradientChecker effort(Effort other) {
    return new GradientChecker(seed, regimes, upstreams, screens, laws, flat, other);
  }

  /// Checks any function.
  ///
  /// @param name what is checked, for the report
  /// @param inputs the inputs by name, at a normal point
  /// @param parameters the parameters the function uses; frozen ones are not checked
  /// @param function the function; it must use every input and every trainable parameter, and give
  ///     the same output for the same values
  /// @return the report
  /// @throws IllegalArgumentException if a tensor or the output is not float64, if the output does
  ///     not depend on an input or trainable parameter, if an input and a parameter have the same
  ///     name, or if there is not one element to check
  public GradientReport check(
      String name, Map<String, Tensor> inputs, Parameters parameters, GradientFunction function) {
    return check(
        name,
        "check(" + JavaCode.of(name) + ", inputs, parameters, function)",
        List.of(new Variant("plain", function)),
        Laws.ofFunctions(),
        inputs,
        parameters);
  }

  /// Checks a layer by its input and its parameters. At the first regime the input's rows are also
  /// shared out in shards of [dev.lanewise.gradcheck.problem.Evaluator#ROWS_PER_SHARD], where each
  /// parameter's gradient is a sum over the shards.
  ///
  /// @param name what is checked, for the report
  /// @param layer the layer; its parameters are those of [Parameters#of], so a lambda has none
  /// @param x the input, one row per example; at least three rows for the shards to matter
  /// @return the report; the input is called `x`
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkLayer(String name, Layer layer, Tensor x) {
    List<Variant> variants = new ArrayList<>();
    List<Law> known = new ArrayList<>(Laws.ofFunctions());
    variants.add(new Variant("plain", (graph, nodes) -> layer.apply(nodes.get("x"))));
    if (x.shape().rank() > 0) {
      GradientFunction sharded = (graph, nodes) -> layer.apply(PickRows.all(nodes.get("x")));
      variants.add(new Variant("in shards", sharded));
      known.add(new ShardsAgree(sharded));
    }
    String call = "checkLayer(" + JavaCode.of(name) + ", layer, " + written(x, "x") + ")";
    return check(name, call, variants, known, Map.of("x", x), Parameters.of(layer));
  }

  /// Checks a loss by the prediction, and at the first regime with the rows in shards.
  ///
  /// @param name what is checked, for the report
  /// @param loss the loss
  /// @param prediction the prediction, one row per example
  /// @param target the target, one row per example; not differentiated by
  /// @return the report; the prediction is called `prediction`
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkLoss(String name, Loss loss, Tensor prediction, Tensor target) {
    GradientFunction whole =
        (graph, nodes) -> loss.of(nodes.get("prediction"), graph.constant(target));
    GradientFunction sharded =
        (graph, nodes) -> loss.of(PickRows.all(nodes.get("prediction")), graph.batch(target));
    List<Law> known = new ArrayList<>(Laws.ofFunctions());
    known.add(new ShardsAgree(sharded));
    return check(
        name,
        "checkLoss("
            + JavaCode.of(name)
            + ", loss, "
            + written(prediction, "prediction")
            + ", "
            + written(target, "target")
            + ")",
        List.of(new Variant("plain", whole), new Variant("in shards", sharded)),
        known,
        Map.of("prediction", prediction),
        Parameters.of(loss));
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
      inputs[i] = CheckInputs.normal(shapes[i], key().with("input").with(i));
    }
    String arguments = Stream.of(shapes).map(JavaCode::of).collect(Collectors.joining(", "));
    return checkOp(op, inputs, "checkOp(" + JavaCode.of(op) + ", " + arguments + ")");
  }

  /// Checks an op at given inputs. At the first regime it is also checked used twice with the same
  /// inputs, `y = op(x…) + op(x…)/2`, so that it must both overwrite gradients and add to them,
  /// and, if it is row-wise in an input, so used with the rows in shards.
  ///
  /// @param op the op
  /// @param inputs its inputs
  /// @return the report; the inputs are called `input0`, `input1` and so on
  /// @throws dev.lanewise.core.tensor.ShapeException if the shapes do not fit the op
  /// @throws IllegalArgumentException as [#check] does
  public GradientReport checkOp(Op<?> op, Tensor... inputs) {
    String arguments =
        IntStream.range(0, inputs.length)
            .mapToObj(i -> written(inputs[i], "input" + i))
            .collect(Collectors.joining(", "));
    return checkOp(op, inputs, "checkOp(" + JavaCode.of(op) + ", " + arguments + ")");
  }

  private GradientReport checkOp(Op<?> op, Tensor[] inputs, String call) {
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
    List<Variant> variants = new ArrayList<>();
    variants.add(
        new Variant("plain", (graph, nodes) -> graph.apply(op, nodes(nodes, named, p -> false))));
    variants.add(new Variant("used twice", twice(op, named, position -> false)));
    List<Law> known = new ArrayList<>(Laws.ofFunctions());
    known.addAll(Laws.ofOp(op));
    List<String> rows =
        IntStream.range(0, inputs.length)
            .filter(i -> op.rowwise(i) && inputs[i].shape().rank() > 0)
            .mapToObj(i -> "input" + i)
            .toList();
    if (!rows.isEmpty()) {
      variants.add(new Variant("in shards", twice(op, named, op::rowwise)));
      known.add(new RowIndependence(rows));
      known.add(new RowPermutation(rows));
      known.add(
          new ShardsAgree((graph, nodes) -> graph.apply(op, nodes(nodes, named, op::rowwise))));
    }
    return check(name, call, variants, known, named, new Parameters(Map.of()));
  }

  /// This checker as one writes it, threads and observers left out.
  private String inJava() {
    StringBuilder code = new StringBuilder("GradientChecker.seeded(" + seed + ")");
    if (!regimes.equals(List.of(Regime.values()))) {
      code.append(".regimes(").append(constants("Regime", regimes)).append(')');
    }
    if (!upstreams.equals(List.of(Upstream.values()))) {
      code.append(".upstreams(").append(constants("Upstream", upstreams)).append(')');
    }
    code.append(screens ? "" : ".coordinatesOnly()");
    code.append(laws ? "" : ".withoutLaws()");
    return code.append(flat ? ".flatFunction()" : "").toString();
  }

  private static String constants(String type, List<? extends Enum<?>> values) {
    return values.stream().map(each -> type + "." + each.name()).collect(Collectors.joining(", "));
  }

  /// A small tensor as an expression, a larger one by its name.
  private static String written(Tensor tensor, String name) {
    return tensor.size() <= WRITTEN_OUT ? JavaCode.of(tensor) : name;
  }

  /// A way to execute the function that is checked.
  private record Variant(String name, GradientFunction function) {}

  private GradientReport check(
      String name,
      String call,
      List<Variant> variants,
      List<Law> known,
      Map<String, Tensor> inputs,
      Parameters parameters) {
    long start = System.nanoTime();
    Problem plain =
        new Problem(name, key().with("draws"), inputs, parameters, variants.getFirst().function());
    List<Finding> broken = laws ? Laws.broken(plain, key().with("laws"), known) : List.of();
    List<Supplier<Run>> runs = new ArrayList<>();
    for (int i = 0; i < variants.size(); i++) {
      // Every other way to execute the function has to show only that it agrees.
      List<Regime> where = i == 0 ? regimes : regimes.subList(0, 1);
      List<Upstream> how = i == 0 ? upstreams : upstreams.subList(0, 1);
      String variant = variants.get(i).name();
      Problem normal =
          new Problem(name, key().with("draws"), inputs, parameters, variants.get(i).function());
      for (Regime regime : where) {
        how.forEach(upstream -> runs.add(() -> run(normal, variant, regime, upstream)));
      }
    }
    return new GradientReport(
        name,
        inJava() + "." + call,
        flat,
        execute(name, runs),
        broken,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Run run(Problem normal, String variant, Regime regime, Upstream upstream) {
    return new Run(
        normal.at(changed(normal.point(), regime)),
        variant,
        regime,
        upstream,
        screens,
        effort.everyCoordinateUpTo(),
        key().with(variant).with(regime.name()).with(upstream.name()));
  }

  /// Many small runs are shared out whole; a run that is large, or alone, within itself.
  private List<RunReport> execute(String name, List<Supplier<Run>> runs) {
    Run first = runs.getFirst().get();
    long total = first.steps() * runs.size();
    boolean worthThreads = first.large() || total >= WORTH_THREADS;
    boolean whole = runs.size() > 1 && !first.large() && first.steps() < WORTH_THREADS;
    ProgressMeter meter = new ProgressMeter(name, total, effort.progress());
    try (Threads alone = Threads.of(1);
        Threads threads = Threads.of(worthThreads ? effort.threads() : 1)) {
      Threads outside = whole ? threads : alone;
      Threads inside = whole ? alone : threads;
      List<Supplier<RunReport>> tasks = new ArrayList<>();
      for (Supplier<Run> run : runs) {
        tasks.add(() -> run.get().execute(inside, meter));
      }
      return outside.all(tasks);
    }
  }

  private double[][] changed(double[][] point, Regime regime) {
    for (int t = 0; t < point.length; t++) {
      point[t] = regime.apply(point[t], key().with("regime").with(regime.name()).with(t));
    }
    return point;
  }

  private Key key() {
    return Key.of(seed).with("gradient check");
  }

  private static GradientFunction twice(
      Op<?> op, Map<String, Tensor> inputs, IntPredicate sharded) {
    return (graph, nodes) -> {
      Node[] given = nodes(nodes, inputs, sharded);
      return graph.apply(new Blend(), graph.apply(op, given), graph.apply(op, given));
    };
  }

  private static Node[] nodes(Inputs nodes, Map<String, Tensor> inputs, IntPredicate sharded) {
    Node[] given = new Node[inputs.size()];
    for (int i = 0; i < given.length; i++) {
      Node node = nodes.get("input" + i);
      given[i] = sharded.test(i) ? PickRows.all(node) : node;
    }
    return given;
  }
}
