package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.problem.JavaCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A graph to check by its leaves.
///
/// A graph is simpler if it ends earlier, if a vertex is replaced by one of its inputs, or by a
/// leaf that holds its value, if two leaves become one, if axes are shorter, if numbers are
/// plainer.
///
/// @param dag the graph
record DagSpecimen(Dag dag) implements Specimen<DagSpecimen> {
  /// A checker that leaves out large numbers: a graph of several ops at them is saturated, and what
  /// comes out has lost its digits on the way.
  static GradientChecker checker(int seed) {
    return GradientChecker.seeded(seed)
        .regimes(Regime.NORMAL, Regime.SMALL, Regime.INTEGERS, Regime.HALF_ZEROS)
        .coordinatesOnly();
  }

  @Override
  public String label() {
    return "the graph " + dag;
  }

  @Override
  public GradientReport check(GradientChecker checker) {
    return checker.check(dag.toString(), dag.leaves(), new Parameters(Map.of()), dag.function());
  }

  @Override
  public DagSpecimen in(Regime regime, Key key) {
    List<Dag.Vertex> changed = new ArrayList<>();
    for (Dag.Vertex vertex : dag.vertices()) {
      changed.add(
          vertex instanceof Dag.Leaf leaf
              ? new Dag.Leaf(Tensors.in(regime, leaf.value(), key.with(changed.size())))
              : vertex);
    }
    return new DagSpecimen(new Dag(changed));
  }

  @Override
  public Stream<DagSpecimen> simpler() {
    return Stream.of(earlierEnds(), cuts(), bypasses(), mergedLeaves(), shorterAxes(), plainer())
        .flatMap(each -> each)
        .map(simpler -> new DagSpecimen(simpler.pruned()));
  }

  @Override
  public String statements(String checker) {
    String leaves =
        dag.leaves().entrySet().stream()
            .map(
                leaf ->
                    "        Map.entry(\""
                        + leaf.getKey()
                        + "\", "
                        + JavaCode.of(leaf.getValue())
                        + ")")
            .collect(Collectors.joining(",\n"));
    return checker
        + ".check(\n    \"graph\",\n    Map.ofEntries(\n"
        + leaves
        + "),\n    new Parameters(Map.of()),\n    (graph, in) -> {\n"
        + dag.statements().indent(6)
        + "    })\n    .requirePass();\n";
  }

  private Stream<Dag> earlierEnds() {
    return IntStream.range(0, dag.root())
        .filter(i -> dag.vertices().get(i) instanceof Dag.Apply)
        .mapToObj(i -> new Dag(dag.vertices().subList(0, i + 1)));
  }

  /// The latest first, because that takes most away.
  private Stream<Dag> cuts() {
    List<Tensor> values = dag.values();
    return IntStream.iterate(dag.root() - 1, i -> i >= 0, i -> i - 1)
        .filter(i -> dag.vertices().get(i) instanceof Dag.Apply)
        .mapToObj(i -> replaced(i, new Dag.Leaf(values.get(i))));
  }

  private Stream<Dag> bypasses() {
    List<Shape> shapes = dag.shapes();
    return IntStream.rangeClosed(0, dag.root())
        .boxed()
        .flatMap(
            i ->
                dag.vertices().get(i) instanceof Dag.Apply apply
                    ? apply.inputs().stream()
                        .distinct()
                        .filter(input -> shapes.get(input).equals(shapes.get(i)))
                        .map(input -> redirected(i, input))
                    : Stream.empty());
  }

  private Stream<Dag> mergedLeaves() {
    List<Shape> shapes = dag.shapes();
    List<Integer> leaves =
        IntStream.rangeClosed(0, dag.root())
            .filter(i -> dag.vertices().get(i) instanceof Dag.Leaf)
            .boxed()
            .toList();
    return leaves.stream()
        .flatMap(
            later ->
                leaves.stream()
                    .filter(first -> first < later)
                    .filter(first -> shapes.get(first).equals(shapes.get(later)))
                    .map(first -> redirected(later, first)));
  }

  private Stream<Dag> shorterAxes() {
    return Simpler.resizes(dag.shapes())
        .flatMap(resize -> Simpler.attempt(() -> mapped(resize::apply)));
  }

  private Stream<Dag> plainer() {
    return Simpler.values(List.copyOf(dag.leaves().values()))
        .map(
            values -> {
              List<Tensor> left = new ArrayList<>(values);
              return mapped(leaf -> left.removeFirst());
            });
  }

  private Dag replaced(int position, Dag.Vertex vertex) {
    List<Dag.Vertex> changed = new ArrayList<>(dag.vertices());
    changed.set(position, vertex);
    return new Dag(changed);
  }

  /// Everybody who used one vertex uses another, earlier one.
  private Dag redirected(int from, int to) {
    List<Dag.Vertex> changed =
        dag.vertices().stream()
            .map(vertex -> Dag.renumbered(vertex, input -> input == from ? to : input))
            .toList();
    return new Dag(from == dag.root() ? changed.subList(0, to + 1) : changed);
  }

  private Dag mapped(UnaryOperator<Tensor> change) {
    return new Dag(
        dag.vertices().stream()
            .map(
                vertex ->
                    vertex instanceof Dag.Leaf leaf
                        ? new Dag.Leaf(change.apply(leaf.value()))
                        : vertex)
            .toList());
  }
}
