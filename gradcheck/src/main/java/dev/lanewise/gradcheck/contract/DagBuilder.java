package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.CheckInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Grows a random graph, one op at a time, each on top of a vertex that is already there.
final class DagBuilder {
  private final Key key;
  private final RandomGenerator draws;
  private final List<Dag.Vertex> vertices = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();

  /// The op that the output must depend on stands here first; 0, the first leaf, if there is none.
  private int required;

  private DagBuilder(Key key) {
    this.key = key.with("dag");
    this.draws = this.key.generator();
  }

  /// A graph of core ops over leaves, the first of a given shape.
  static Dag around(Key key, Shape shape) {
    DagBuilder builder = new DagBuilder(key);
    builder.leaf(shape);
    builder.grow(1 + builder.draws.nextInt(Dags.MOST_OPS));
    return builder.finished();
  }

  /// The same with an op whose inputs have given shapes.
  static Dag around(Key key, Op<?> op, List<Shape> inputs) {
    DagBuilder builder = new DagBuilder(key);
    builder.leaf(inputs.getFirst());
    builder.grow(builder.draws.nextInt(Dags.MOST_OPS / 2));
    builder.place(op, inputs, at -> true);
    builder.required = builder.vertices.size() - 1;
    builder.grow(1 + builder.draws.nextInt(Dags.MOST_OPS / 2));
    if (builder.draws.nextBoolean()) {
      builder.place(op, inputs, builder::depends);
    }
    return builder.finished();
  }

  private void grow(int ops) {
    for (int i = 0; i < ops; i++) {
      int first = pick(this::depends);
      Dags.Choice choice;
      do {
        choice = Dags.CORE_OPS.get(draws.nextInt(Dags.CORE_OPS.size()));
      } while (!choice.fits(shapes.get(first)));
      apply(choice.op(), first, choice.inputs(shapes.get(first)));
    }
  }

  /// Places an op, if one of the vertices has the shape of its first input, or else, if it may be
  /// on a leaf, on a new one.
  private void place(Op<?> op, List<Shape> inputs, IntPredicate allowed) {
    IntPredicate fits = at -> allowed.test(at) && shapes.get(at).equals(inputs.getFirst());
    if (IntStream.range(0, vertices.size()).anyMatch(fits)) {
      apply(op, pick(fits), inputs);
    }
  }

  private void apply(Op<?> op, int first, List<Shape> inputs) {
    List<Integer> positions = new ArrayList<>(List.of(first));
    for (Shape shape : inputs.subList(1, inputs.size())) {
      IntPredicate fits = at -> shapes.get(at).equals(shape);
      boolean reuse = IntStream.range(0, vertices.size()).anyMatch(fits) && draws.nextInt(4) > 0;
      positions.add(reuse ? pick(fits) : leaf(shape));
    }
    vertices.add(new Dag.Apply(op, positions));
    shapes.add(op.outputShape(positions.stream().map(shapes::get).toList()));
  }

  private int leaf(Shape shape) {
    vertices.add(new Dag.Leaf(CheckInputs.normal(shape, key.with(vertices.size()))));
    shapes.add(shape);
    return vertices.size() - 1;
  }

  /// A vertex that satisfies a condition: the latest, which makes graphs deep, or any, which makes
  /// them share.
  private int pick(IntPredicate condition) {
    int[] found = IntStream.range(0, vertices.size()).filter(condition).toArray();
    return draws.nextBoolean() ? found[found.length - 1] : found[draws.nextInt(found.length)];
  }

  private boolean depends(int vertex) {
    return vertex == required
        || (vertices.get(vertex) instanceof Dag.Apply apply
            && apply.inputs().stream().anyMatch(this::depends));
  }

  /// The latest op is the output.
  private Dag finished() {
    int root = vertices.size() - 1;
    while (root > 0 && !depends(root)) {
      root--;
    }
    return new Dag(vertices.subList(0, root + 1)).pruned();
  }
}
