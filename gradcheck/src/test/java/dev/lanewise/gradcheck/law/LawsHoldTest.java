package dev.lanewise.gradcheck.law;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.op.HardThreshold;
import dev.lanewise.core.op.LogSoftmax;
import dev.lanewise.core.op.Logistic;
import dev.lanewise.core.op.MatMul;
import dev.lanewise.core.op.Multiply;
import dev.lanewise.core.op.Relu;
import dev.lanewise.core.op.Scale;
import dev.lanewise.core.op.Softmax;
import dev.lanewise.core.op.Softplus;
import dev.lanewise.core.op.Sum;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.PickRows;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The project's ops, and layers and losses made of them, break no law, at any length and seed.
class LawsHoldTest {
  private static final int SEEDS = 10;
  private static final int[] LENGTHS = {1, 2, 7, 8, 9, 17};

  /// An op and the shapes of its inputs.
  private record Case(Op<?> op, boolean smooth, List<Shape> shapes) {
    @Override
    public String toString() {
      return op.name() + " " + shapes;
    }
  }

  private static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int n : LENGTHS) {
      Shape vector = Shape.of(n);
      Shape matrix = Shape.of(5, n);
      for (Shape shape : List.of(Shape.SCALAR, vector, matrix, Shape.of(n, 2, 3))) {
        cases.add(new Case(new Add(), true, List.of(shape, shape)));
        cases.add(new Case(new Multiply(), true, List.of(shape, shape)));
        cases.add(new Case(new HardThreshold(), false, List.of(shape)));
        cases.add(new Case(new Relu(), false, List.of(shape)));
        for (Op<?> op :
            List.of(new Logistic(), new Scale(-1.75), new Softplus(), new Sum(3), new Tanh())) {
          cases.add(new Case(op, true, List.of(shape)));
        }
      }
      cases.add(new Case(new AddRowVector(), true, List.of(matrix, vector)));
      cases.add(new Case(new MatMul(), true, List.of(matrix, Shape.of(n, 3))));
      cases.add(new Case(new MatMul(), true, List.of(Shape.of(n, 4), Shape.of(4, n))));
      cases.add(new Case(new Softmax(), true, List.of(matrix)));
      cases.add(new Case(new LogSoftmax(), true, List.of(matrix)));
    }
    return cases.stream();
  }

  @TestFactory
  Stream<DynamicTest> ofOps() {
    return cases()
        .distinct()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.toString(),
                    () -> IntStream.range(0, SEEDS).forEach(seed -> require(each, seed))));
  }

  private static void require(Case each, int seed) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < each.shapes().size(); i++) {
      Key key = Key.of(seed).with(each.toString()).with(i);
      inputs.put("x" + i, CheckInputs.normal(each.shapes().get(i), key));
    }
    Op<?> op = each.op();
    List<Law> laws = new ArrayList<>(Laws.ofFunctions());
    laws.addAll(Laws.ofOp(op));
    laws.add(AgreesInFloat32.of(op));
    List<String> rows =
        IntStream.range(0, inputs.size())
            .filter(i -> op.rowwise(i) && each.shapes().get(i).rank() > 0)
            .mapToObj(i -> "x" + i)
            .toList();
    if (!rows.isEmpty()) {
      laws.add(new RowIndependence(rows));
      laws.add(new RowPermutation(rows));
      laws.add(BatchSizes.zeroAndOne(rows));
      laws.add(
          new ShardsAgree(
              (graph, given) -> {
                Node[] nodes = new Node[inputs.size()];
                for (int i = 0; i < nodes.length; i++) {
                  Node node = given.get("x" + i);
                  nodes[i] = op.rowwise(i) ? PickRows.all(node) : node;
                }
                return graph.apply(op, nodes);
              }));
    }
    if (each.smooth()) {
      laws.add(new SymmetricSecondDerivative());
      laws.add(new GradientTheorem());
    }
    GradientFunction function =
        (graph, given) -> graph.apply(op, given.byName().values().toArray(Node[]::new));
    Problem problem =
        new Problem(each.toString(), Key.of(seed), inputs, new Parameters(Map.of()), function);
    assertEquals(List.of(), Laws.broken(problem, Key.of(seed), laws));
  }

  /// Every element is kept or dropped, as the run's generator says.
  private static final class Dropout extends Square {
    @Override
    void forward(Tensor x, Tensor y, Pass pass) {
      RandomGenerator draws = pass.random();
      for (int i = 0; i < y.size(); i++) {
        y.setFlat(i, draws.nextBoolean() ? 0 : 2 * x.getFlat(i));
      }
    }

    @Override
    void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
      RandomGenerator draws = pass.random();
      give(sink, 0, i -> draws.nextBoolean() ? 0 : 2 * u.getFlat(i));
    }
  }

  @Test
  void ofOpsThatDraw() {
    IntStream.range(0, SEEDS)
        .forEach(seed -> require(new Case(new Dropout(), false, List.of(Shape.of(5, 3))), seed));
  }

  @Test
  void ofOpsThatWrongOnesAreMadeOf() {
    List<String> x = List.of("x");
    Square square = new Square();
    SavingSquare saving = new SavingSquare();
    List<Law> laws =
        Stream.of(
                Laws.ofFunctions(),
                Laws.ofOp(square),
                List.of(
                    new RowIndependence(x),
                    new RowPermutation(x),
                    new ShardsAgree((graph, in) -> graph.apply(square, PickRows.all(in.get("x")))),
                    BatchSizes.zeroAndOne(x),
                    AgreesInFloat32.of(square),
                    new SymmetricSecondDerivative(),
                    new GradientTheorem()))
            .<Law>flatMap(List::stream)
            .toList();
    assertEquals(
        List.of(), Laws.broken(Breaking.problem(Breaking.of(square), "x"), Key.of(1), laws));
    assertEquals(
        List.of(),
        Laws.broken(Breaking.problem(Breaking.of(saving), "x"), Key.of(1), Laws.ofOp(saving)));
    assertEquals(
        List.of(),
        Laws.broken(
            Breaking.problem(Breaking.of(new Product()), "x", "w"), Key.of(1), Laws.ofFunctions()));
  }

  /// A network with one hidden layer, a skip, and what comes out of it.
  private record Net(Parameter in, Parameter bias, Parameter out, Op<?> activation, Op<?> last)
      implements Layer {
    @Override
    public Node apply(Node x) {
      var graph = x.graph();
      Node z = graph.apply(new MatMul(), x, graph.parameter(in));
      Node hidden =
          graph.apply(activation, graph.apply(new AddRowVector(), z, graph.parameter(bias)));
      Node sum = graph.apply(new Add(), hidden, z);
      return graph.apply(last, graph.apply(new MatMul(), sum, graph.parameter(out)));
    }
  }

  private static Net net(Op<?> activation, Op<?> last, int width, Key key) {
    return new Net(
        Parameter.of(CheckInputs.normal(Shape.of(3, width), key.with("in"))),
        Parameter.of(CheckInputs.normal(Shape.of(width), key.with("bias"))),
        Parameter.of(CheckInputs.normal(Shape.of(width, 2), key.with("out"))),
        activation,
        last);
  }

  @TestFactory
  Stream<DynamicTest> ofLayers() {
    return Stream.of(new Tanh(), new Relu(), new Softplus())
        .flatMap(
            activation ->
                Stream.of(new Softmax(), new LogSoftmax(), new Scale(2))
                    .map(
                        last ->
                            DynamicTest.dynamicTest(
                                activation.name() + " " + last.name(),
                                () ->
                                    IntStream.range(0, SEEDS)
                                        .forEach(seed -> require(activation, last, seed)))));
  }

  private static void require(Op<?> activation, Op<?> last, int seed) {
    Key key = Key.of(seed).with(activation.name()).with(last.name());
    Net net = net(activation, last, LENGTHS[seed % LENGTHS.length], key);
    Net single = Parameters.convert(net, DType.FLOAT32);
    List<Law> laws = new ArrayList<>(Laws.ofFunctions());
    List<String> x = List.of("x");
    laws.add(new RowIndependence(x));
    laws.add(new RowPermutation(x));
    laws.add(BatchSizes.zeroAndOne(x));
    laws.add(new ShardsAgree((graph, given) -> net.apply(PickRows.all(given.get("x")))));
    laws.add(
        AgreesInFloat32.of((graph, given) -> single.apply(given.get("x")), Parameters.of(single)));
    if (!(activation instanceof Relu)) {
      laws.add(new SymmetricSecondDerivative());
      laws.add(new GradientTheorem());
    }
    Problem problem =
        new Problem(
            "net",
            key,
            Map.of("x", CheckInputs.normal(Shape.of(5, 3), key.with("x"))),
            Parameters.of(net),
            (graph, given) -> net.apply(given.get("x")));
    assertEquals(List.of(), Laws.broken(problem, key, laws));
  }
}
