package dev.lanewise.gradcheck.diagnosis;

import static dev.lanewise.gradcheck.diagnosis.PlainOps.each;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.op.Add;
import dev.lanewise.core.op.Tanh;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.Upstream;
import dev.lanewise.gradcheck.problem.Evaluator;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.NumericGradient;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Wrong backward passes whose cause is known, and what the diagnosis must say of each.
class DiagnoserTest {
  private static final Shape MATRIX = Shape.of(3, 5);

  /// A wrong gradient.
  ///
  /// @param cause what is wrong
  /// @param words what the sentence must contain
  /// @param accused the input that is diagnosed
  /// @param function the function with the wrong backward
  /// @param inputs its inputs
  record Case(
      Cause cause, List<String> words, int accused, GradientFunction function, Input... inputs) {
    @Override
    public String toString() {
      return cause + " " + words;
    }
  }

  /// An input by name.
  record Input(String name, Shape shape) {}

  @ParameterizedTest
  @MethodSource("cases")
  void namesTheCauseAndItsParticulars(Case wrong) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Input input : wrong.inputs) {
      inputs.put(
          input.name, CheckInputs.normal(input.shape, Key.of(7).with("input").with(input.name)));
    }
    Problem problem =
        new Problem(wrong.toString(), Key.of(7), inputs, new Parameters(Map.of()), wrong.function);
    try (Evaluator evaluator = problem.open()) {
      double[] y = evaluator.evaluate();
      double[] u = Upstream.UNIFORM.draw(y, Key.of(7).with("upstream"));
      double[][] analytic = evaluator.gradients(u);
      NumericGradient numeric = NumericGradient.of(evaluator, u);

      Diagnosis diagnosis =
          Diagnoser.diagnose(new Evidence(evaluator, y, u, analytic, numeric, wrong.accused));

      assertEquals(wrong.cause, diagnosis.cause(), diagnosis.sentence());
      assertAll(
          wrong.words.stream()
              .map(
                  word ->
                      () ->
                          assertTrue(
                              diagnosis.sentence().contains(word),
                              () -> word + " is not in: " + diagnosis.sentence())));
      assertArrayEquals(y, evaluator.evaluate(), "The evaluator was not left as it was found.");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    addStateful(cases);
    addDegenerate(cases);
    addRatios(cases);
    addPlaces(cases);
    addErrors(cases);
    addParts(cases);
    addFormulas(cases);
    addAxes(cases);
    addProblems(cases);
    addPaths(cases);
    addComposites(cases);
    addUnexplained(cases);
    return cases.stream();
  }

  private static void addStateful(List<Case> cases) {
    AtomicInteger calls = new AtomicInteger();
    cases.add(
        linear(
            Cause.NONDETERMINISTIC,
            1,
            (g, x, y, u) -> {
              int call = calls.incrementAndGet();
              return each(g.length, i -> g[i] * (1 + 1e-9 * call));
            },
            "w",
            "backward twice"));
    cases.add(
        linear(
            Cause.LEAK,
            1,
            (g, x, y, u) -> each(g.length, i -> g[i] + 0.001 * x[1][i]),
            "0.001 times w",
            "weight decay"));
    cases.add(linear(Cause.LEAK, 2, (g, x, y, u) -> each(g.length, i -> g[i] + 1e-6), "constant"));
    cases.add(
        elementwise(
            Cause.IGNORES_UPSTREAM,
            PlainOps.tanh(MATRIX),
            (g, x, y, u) -> each(g.length, i -> 1 - y[i] * y[i])));
    cases.add(
        elementwise(
            Cause.NOT_LINEAR_IN_UPSTREAM,
            PlainOps.tanh(MATRIX),
            (g, x, y, u) -> each(g.length, i -> Math.clamp(g[i], -0.3, 0.3)),
            "clipped at 0.3"));
    cases.add(
        elementwise(
            Cause.NOT_LINEAR_IN_UPSTREAM,
            PlainOps.leakyRelu(MATRIX),
            (g, x, y, u) -> each(g.length, i -> Math.max(g[i], 0)),
            "guided"));
    cases.add(
        elementwise(
            Cause.NOT_LINEAR_IN_UPSTREAM,
            PlainOps.leakyRelu(MATRIX),
            (g, x, y, u) -> each(g.length, i -> Math.signum(u[i])),
            "same gradient"));
  }

  private static void addDegenerate(List<Case> cases) {
    cases.add(
        linear(Cause.NOT_FINITE, 0, (g, x, y, u) -> each(g.length, i -> Double.NaN), "overwrite"));
    cases.add(
        elementwise(
            Cause.NOT_FINITE,
            PlainOps.tanh(MATRIX),
            (g, x, y, u) -> each(g.length, i -> x[0][i] < 0 ? Math.log(x[0][i]) : g[i]),
            "where it is < 0"));
    cases.add(linear(Cause.ALL_ZERO, 1, (g, x, y, u) -> new double[g.length], "zero at all 20"));
    cases.add(
        linear(
            Cause.LOW_PRECISION, 1, (g, x, y, u) -> each(g.length, i -> (float) g[i]), "float32"));
    cases.add(
        linear(
            Cause.LOW_PRECISION,
            0,
            (g, x, y, u) ->
                each(
                    g.length,
                    i -> Float.intBitsToFloat(Float.floatToRawIntBits((float) g[i]) & 0xffff0000)),
            "bfloat16"));
    cases.add(
        linear(
            Cause.LOW_PRECISION,
            1,
            (g, x, y, u) ->
                PlainOps.linear(3, 4, 5)
                    .backward()
                    .of(new double[][] {each(x[0].length, i -> (float) x[0][i]), x[1], x[2]}, y, u)[
                    1],
            "x rounded to float32"));
    cases.add(
        linear(
            Cause.LOW_PRECISION,
            1,
            (g, x, y, u) ->
                PlainOps.linear(3, 4, 5).backward().of(x, y, each(u.length, j -> (float) u[j]))[1],
            "sum of upstreams",
            "float32"));
  }

  private static void addRatios(List<Case> cases) {
    cases.add(
        linear(
            Cause.CONSTANT_RATIO,
            1,
            (g, x, y, u) -> scaled(g, 3),
            "all 20",
            "3 times too large",
            "3 is the number of rows of x"));
    cases.add(
        linear(
            Cause.CONSTANT_RATIO,
            2,
            (g, x, y, u) -> scaled(g, 1.0 / 3),
            "3 times too small",
            "the number of rows of x"));
    cases.add(linear(Cause.CONSTANT_RATIO, 0, (g, x, y, u) -> scaled(g, -1), "wrong sign"));
    cases.add(
        linear(
            Cause.CONSTANT_RATIO, 0, (g, x, y, u) -> scaled(g, Math.sqrt(5)), "square root of 5"));
    cases.add(linear(Cause.CONSTANT_RATIO, 1, (g, x, y, u) -> scaled(g, 2), "2 times too large"));
    cases.add(linear(Cause.CONSTANT_RATIO, 1, (g, x, y, u) -> scaled(g, 1 + 1e-7), "1 + 1.0E-7"));
    cases.add(linear(Cause.CONSTANT_RATIO, 1, (g, x, y, u) -> scaled(g, 1.23456), "1.23456"));
    cases.add(linear(Cause.CONSTANT_RATIO, 1, (g, x, y, u) -> scaled(g, 0.75), "Bessel"));
    cases.add(
        elementwise(
            Cause.CONSTANT_RATIO,
            PlainOps.tanh(MATRIX),
            (g, x, y, u) -> scaled(g, 1.0 / 15),
            "15 is the number of elements"));
  }

  private static void addPlaces(List<Case> cases) {
    cases.add(
        linear(
            Cause.ONE_COORDINATE,
            1,
            (g, x, y, u) -> each(g.length, i -> i == 13 ? g[i] * (1 + 1e-6) : g[i]),
            "w[2,3]"));
    cases.add(
        linear(
            Cause.ONE_COORDINATE,
            2,
            (g, x, y, u) -> each(g.length, i -> i == 4 ? 0 : g[i]),
            "b[4]",
            "the last",
            "zero"));
    cases.add(
        linear(
            Cause.AXES_SWAPPED,
            1,
            (g, x, y, u) -> each(g.length, i -> g[i % 4 * 5 + i / 4]),
            "transpose",
            "w"));
    cases.add(
        linear(
            Cause.AXES_SWAPPED,
            0,
            (g, x, y, u) -> each(g.length, i -> g[i % 3 * 4 + i / 3]),
            "transpose"));
    cases.add(
        linear(
            Cause.AXIS_REVERSED,
            1,
            (g, x, y, u) -> each(g.length, i -> g[(3 - i / 5) * 5 + i % 5]),
            "axis 0"));
    cases.add(
        conv(Cause.AXIS_REVERSED, 1, (g, x, y, u) -> each(g.length, i -> g[g.length - 1 - i])));
    cases.add(
        conv(Cause.SHIFTED, 0, (g, x, y, u) -> each(g.length, i -> i == 0 ? 0 : g[i - 1]), "+1"));
    cases.add(
        linear(
            Cause.SHIFTED,
            1,
            (g, x, y, u) -> each(g.length, i -> g[i / 5 * 5 + (i % 5 + 1) % 5]),
            "-1",
            "columns",
            "cyclically"));
    cases.add(linear(Cause.PERMUTED, 1, (g, x, y, u) -> each(g.length, i -> g[i * 7 % 20])));
    PlainOp multiply = PlainOps.multiply(MATRIX);
    cases.add(
        new Case(
            Cause.OTHER_VARIABLE,
            List.of("x is that of z"),
            0,
            of(multiply.wrong((x, y, u) -> swapped(multiply.backward().of(x, y, u)))),
            new Input("x", MATRIX),
            new Input("z", MATRIX)));
  }

  private static void addErrors(List<Case> cases) {
    cases.add(linear(Cause.CONSTANT_ERROR, 1, (g, x, y, u) -> each(g.length, i -> g[i] + u[0])));
    cases.add(
        linear(
            Cause.ERROR_LIKE_INPUT,
            1,
            (g, x, y, u) -> each(g.length, i -> g[i] + u[0] * x[1][i]),
            "proportional to w"));
    cases.add(
        elementwise(
            Cause.ERROR_LIKE_UPSTREAM,
            PlainOps.residual(MATRIX, 1),
            (g, x, y, u) -> each(g.length, i -> g[i] - u[i]),
            "missing"));
    cases.add(
        elementwise(
            Cause.ERROR_LIKE_UPSTREAM,
            PlainOps.residual(MATRIX, 1),
            (g, x, y, u) -> each(g.length, i -> g[i] + u[i]),
            "twice"));
  }

  private static void addParts(List<Case> cases) {
    cases.add(
        linear(
            Cause.SUBSET,
            1,
            (g, x, y, u) -> each(g.length, i -> i / 5 == 3 ? 0 : g[i]),
            "row 3",
            "zero"));
    cases.add(
        linear(
            Cause.SUBSET,
            1,
            (g, x, y, u) -> each(g.length, i -> i % 5 == 0 ? 2 * g[i] : g[i]),
            "column 0",
            "2 times too large"));
    cases.add(
        elementwise(
            Cause.SUBSET,
            PlainOps.leakyRelu(MATRIX),
            (g, x, y, u) -> each(g.length, i -> x[0][i] < 0 ? 0 : g[i]),
            "x < 0",
            "zero"));
    cases.add(
        elementwise(
            Cause.SUBSET,
            PlainOps.leakyRelu(MATRIX),
            (g, x, y, u) -> each(g.length, i -> x[0][i] < 0 ? -g[i] : g[i]),
            "x < 0",
            "sign"));
    cases.add(
        elementwise(
            Cause.SUBSET,
            PlainOps.tanh(Shape.of(5, 7)),
            (g, x, y, u) -> each(g.length, i -> Math.abs(x[0][i]) > 1 ? 0 : g[i]),
            "|x| is larger",
            "zero"));
    cases.add(
        elementwise(
            Cause.SUBSET,
            PlainOps.tanh(Shape.of(5, 7)),
            (g, x, y, u) -> each(g.length, i -> i >= 32 ? 0 : g[i]),
            "from element 32 on"));
    cases.add(
        elementwise(
            Cause.SUBSET,
            PlainOps.softmax(4, 5),
            (g, x, y, u) ->
                each(g.length, i -> i % 5 == (i / 5 * 2 + 1) % 5 ? g[i] - 1e-3 * u[i] : g[i]),
            "one element of each row"));
    cases.add(
        linear(
            Cause.SUBSET,
            1,
            (g, x, y, u) -> each(g.length, i -> i % 5 < i / 5 ? 0 : g[i]),
            "below the diagonal"));
    cases.add(
        elementwise(
            Cause.SUBSET,
            PlainOps.softmax(3, 8),
            (g, x, y, u) ->
                each(g.length, i -> i % 8 / 2 == 2 ? g[i] + 0.1 * u[i] * x[0][i] : g[i]),
            "part 3 of 4 equal parts of axis 1"));
    cases.add(linear(Cause.CONSTANT_RATIO, 1, (g, x, y, u) -> scaled(g, 2.0 / 3), "used twice"));
  }

  private static void addFormulas(List<Case> cases) {
    cases.add(
        elementwise(
            Cause.ELEMENT_FORMULA,
            PlainOps.tanh(MATRIX),
            (g, x, y, u) -> each(g.length, i -> u[i] * (1 - y[i])),
            "1 - y"));
    cases.add(
        elementwise(
            Cause.ELEMENT_FORMULA,
            PlainOps.logistic(MATRIX),
            (g, x, y, u) -> each(g.length, i -> u[i] * y[i]),
            "y"));
    cases.add(
        elementwise(
            Cause.ELEMENT_FORMULA,
            PlainOps.tanh(MATRIX),
            (g, x, y, u) -> each(g.length, i -> u[i] * (1 - Math.pow(Math.tanh(y[i]), 2))),
            "at the output"));
    cases.add(
        elementwise(
            Cause.ELEMENT_FORMULA, PlainOps.tanh(MATRIX), (g, x, y, u) -> u.clone(), "unchanged"));
    cases.add(
        elementwise(
            Cause.ELEMENT_FORMULA,
            PlainOps.elementwise(
                MATRIX,
                x -> x / (1 + Math.exp(-x)),
                (x, y) -> (1 + x / (1 + Math.exp(x))) / (1 + Math.exp(-x))),
            (g, x, y, u) -> each(g.length, i -> u[i] / (1 + Math.exp(-x[0][i]))),
            "the logistic of x"));
    PlainOp squared =
        PlainOps.loss(
            CheckInputs.normal(Shape.of(7), Key.of(9)).toDoubles(),
            7,
            (x, t) -> Math.pow(x - t, 4),
            (x, t) -> 4 * Math.pow(x - t, 3));
    cases.add(
        new Case(
            Cause.ELEMENT_FORMULA,
            List.of("sum over the elements"),
            0,
            of(squared.spoilt(0, (g, x, y, u) -> each(7, i -> g[i] * Math.abs(x[0][i])))),
            new Input("p", Shape.of(7))));
  }

  private static void addAxes(List<Case> cases) {
    PlainOp norm = PlainOps.layerNorm(4, 7, (dz, mean, p, z, d) -> (dz - mean - z * p) / d);
    cases.add(
        norm(
            Cause.ROW_OR_COLUMN_RATIO,
            norm.spoilt(
                0,
                (g, x, y, u) -> {
                  double[] d = PlainOps.deviations(x[0], 4, 7);
                  return each(g.length, i -> g[i] * d[i / 7]);
                }),
            "row"));
    cases.add(
        new Case(
            Cause.ROW_OR_COLUMN_RATIO,
            List.of("each element of gain is off by a factor of its own", "the factor is gain"),
            1,
            of(norm.spoilt(1, (g, x, y, u) -> each(g.length, i -> g[i] * x[1][i]))),
            new Input("x", Shape.of(4, 7)),
            new Input("gain", Shape.of(7))));
    cases.add(
        norm(
            Cause.PROJECTION,
            PlainOps.layerNorm(4, 7, (dz, mean, p, z, d) -> (dz - mean) / d),
            "row"));
    cases.add(
        norm(
            Cause.PROJECTION,
            PlainOps.layerNorm(4, 7, (dz, mean, p, z, d) -> (dz - z * p) / d),
            "constant"));
    cases.add(norm(Cause.PROJECTION, PlainOps.layerNorm(4, 7, (dz, mean, p, z, d) -> dz / d)));
    cases.add(
        elementwise(
            Cause.PROJECTION,
            PlainOps.softmax(4, 5),
            (g, x, y, u) -> each(g.length, i -> y[i] * u[i]),
            "output"));
    cases.add(
        linear(
            Cause.ROW_OR_COLUMN_RATIO,
            1,
            (g, x, y, u) -> each(g.length, i -> g[i] * x[2][i % 5]),
            "column",
            "the factor is b"));
  }

  private static void addProblems(List<Case> cases) {
    cases.add(
        linear(
            Cause.BATCH_ROWS,
            1,
            (g, x, y, u) -> each(g.length, i -> x[0][2 * 4 + i / 5] * u[2 * 5 + i % 5]),
            "only row 2 of the batch"));
    cases.add(
        linear(
            Cause.BATCH_ROWS,
            2,
            (g, x, y, u) -> each(5, j -> u[j] + u[5 + j]),
            "rows 0, 1 of the batch",
            "row 2"));
    cases.add(
        conv(
            Cause.BATCH_ROWS,
            1,
            (g, x, y, u) -> each(g.length, s -> PlainOps.dot(u, 0, 1, x[0], s, 1, 7))));
    PlainOp square = PlainOps.linear(3, 4, 4);
    cases.add(
        new Case(
            Cause.REINDEXED,
            List.of("transpose of w"),
            0,
            of(
                square.spoilt(
                    0,
                    (g, x, y, u) ->
                        each(g.length, p -> PlainOps.dot(u, p / 4 * 4, 1, x[1], p % 4, 4, 4)))),
            new Input("x", Shape.of(3, 4)),
            new Input("w", Shape.of(4, 4)),
            new Input("b", Shape.of(4))));
    cases.add(
        linear(
            Cause.REINDEXED,
            1,
            (g, x, y, u) ->
                PlainOps.linear(3, 4, 5)
                    .backward()
                    .of(x, y, each(u.length, i -> u[(i + 5) % 15]))[1],
            "upstream shifted"));
    cases.add(
        conv(
            Cause.REINDEXED,
            0,
            (g, x, y, u) ->
                PlainOps.conv(10, 3)
                    .backward()
                    .of(new double[][] {x[0], each(3, i -> x[1][2 - i])}, y, u)[0],
            "k reversed"));
  }

  private static void addPaths(List<Case> cases) {
    Shape steps = Shape.of(4, 3);
    PlainOp sums = runningSums(4, 3, 4);
    cases.add(
        elementwise(
            Cause.PATH,
            sums.wrong(runningSums(4, 3, 1).backward()),
            (g, x, y, u) -> g,
            "misses",
            "outputs of a later row"));
    cases.add(
        elementwise(
            Cause.PATH,
            sums.wrong(runningSums(4, 3, 2).backward()),
            (g, x, y, u) -> g,
            "misses",
            "more than one row away"));
    cases.add(
        elementwise(
            Cause.PATH,
            sums,
            (g, x, y, u) -> each(g.length, i -> i < 3 ? g[i] : g[i] + x[0][i] * u[i - 3]),
            "too much",
            "outputs of the previous row"));
    PlainOp squared = squaredRows(4, 3);
    cases.add(
        new Case(
            Cause.BATCH_ROWS,
            List.of("does not depend on rows 0, 1, 2 of x", "row 3"),
            1,
            of(
                squared.spoilt(
                    1,
                    (g, x, y, u) -> each(3, j -> 2 * u[0] * x[0][9 + j] * x[0][9 + j] * x[1][j]))),
            new Input("x", steps),
            new Input("w", Shape.of(3))));
  }

  /// `yₜ = Σ tanh((s − t + 1)·xₛ)` over the last few s ≤ t of each column.
  private static PlainOp runningSums(int rows, int columns, int few) {
    return new PlainOp(
        "running sums",
        Shape.of(rows, columns),
        x ->
            each(
                rows * columns,
                p -> {
                  double total = 0;
                  for (int s = p; s >= 0 && s > p - few * columns; s -= columns) {
                    total += Math.tanh(x[0][s] * (s + 1 - p));
                  }
                  return total;
                }),
        (x, y, u) ->
            new double[][] {
              each(
                  rows * columns,
                  p -> {
                    double total = 0;
                    for (int t = p; t < u.length && t < p + few * columns; t += columns) {
                      total +=
                          u[t] * (p + 1 - t) * (1 - Math.pow(Math.tanh(x[0][p] * (p + 1 - t)), 2));
                    }
                    return total;
                  })
            });
  }

  /// `L = Σ (xᵢⱼ wⱼ)²`.
  private static PlainOp squaredRows(int rows, int columns) {
    return new PlainOp(
        "squared rows",
        Shape.SCALAR,
        x ->
            new double[] {
              PlainOps.sum(
                  each(rows * columns, p -> Math.pow(x[0][p] * x[1][p % columns], 2)),
                  0,
                  1,
                  rows * columns)
            },
        (x, y, u) ->
            new double[][] {
              each(rows * columns, p -> 2 * u[0] * x[0][p] * Math.pow(x[1][p % columns], 2)),
              each(
                  columns,
                  j -> 2 * u[0] * x[1][j] * PlainOps.dot(x[0], j, columns, x[0], j, columns, rows))
            });
  }

  private static void addComposites(List<Case> cases) {
    PlainOp linear = PlainOps.linear(3, 4, 5);
    Input[] inputs = {
      new Input("x", Shape.of(3, 4)), new Input("w", Shape.of(4, 5)), new Input("b", Shape.of(5))
    };
    PlainOp tooLarge = linear.spoilt(1, (g, x, y, u) -> scaled(g, 3));
    GradientFunction net =
        (graph, in) -> {
          Node h = graph.apply(tooLarge, in.get("x"), in.get("w"), in.get("b"));
          Node s = graph.apply(PlainOps.softmax(3, 5), graph.apply(new Tanh(), h));
          return graph.apply(new Add(), s, h);
        };
    cases.add(new Case(Cause.CONSTANT_RATIO, List.of("number of rows of x"), 1, net, inputs));
    PlainOp lastRow = linear.spoilt(2, (g, x, y, u) -> each(5, j -> u[10 + j]));
    cases.add(
        new Case(
            Cause.BATCH_ROWS,
            List.of("only row 2"),
            2,
            (graph, in) ->
                graph.apply(
                    new Tanh(), graph.apply(lastRow, in.get("x"), in.get("w"), in.get("b"))),
            inputs));
    PlainOp transposed = linear.spoilt(1, (g, x, y, u) -> each(20, i -> g[i % 4 * 5 + i / 4]));
    cases.add(
        new Case(
            Cause.AXES_SWAPPED,
            List.of("transpose"),
            1,
            (graph, in) ->
                graph.apply(
                    new Tanh(), graph.apply(transposed, in.get("x"), in.get("w"), in.get("b"))),
            inputs));
  }

  private static void addUnexplained(List<Case> cases) {
    PlainOp linear = PlainOps.linear(3, 4, 5);
    PlainOp forgotten = PlainOps.tanh(Shape.of(3, 5)).wrong((x, y, u) -> new double[][] {u});
    cases.add(
        new Case(
            Cause.UNEXPLAINED,
            List.of("also wrong: x, w", "right: v", "ratios"),
            2,
            (graph, in) -> {
              Node h = graph.apply(linear, in.get("x"), in.get("w"), in.get("b"));
              Node t = graph.apply(forgotten, h);
              return graph.apply(
                  PlainOps.linear(3, 5, 2),
                  t,
                  in.get("v"),
                  graph.constant(Tensor.zeros(DType.FLOAT64, Shape.of(2))));
            },
            new Input("x", Shape.of(3, 4)),
            new Input("w", Shape.of(4, 5)),
            new Input("b", Shape.of(5)),
            new Input("v", Shape.of(5, 2))));
    cases.add(
        linear(
            Cause.UNEXPLAINED,
            0,
            (g, x, y, u) -> each(g.length, i -> i == 2 ? 0 : i == 7 ? 1.5 * g[i] : g[i]),
            "2 of 12 coordinates, x[0,2] and x[1,3]"));
    cases.add(
        linear(
            Cause.UNEXPLAINED,
            0,
            (g, x, y, u) -> each(g.length, i -> i == 2 ? g[i] : (1 + 1e-5 * Math.cos(i)) * g[i]),
            "off by at most 1.0e-05 of the derivative"));
  }

  private static Case linear(Cause cause, int accused, PlainOp.Spoil spoil, String... words) {
    return new Case(
        cause,
        List.of(words),
        accused,
        of(PlainOps.linear(3, 4, 5).spoilt(accused, spoil)),
        new Input("x", Shape.of(3, 4)),
        new Input("w", Shape.of(4, 5)),
        new Input("b", Shape.of(5)));
  }

  private static Case conv(Cause cause, int accused, PlainOp.Spoil spoil, String... words) {
    return new Case(
        cause,
        List.of(words),
        accused,
        of(PlainOps.conv(10, 3).spoilt(accused, spoil)),
        new Input("x", Shape.of(10)),
        new Input("k", Shape.of(3)));
  }

  private static Case elementwise(Cause cause, PlainOp op, PlainOp.Spoil spoil, String... words) {
    return new Case(cause, List.of(words), 0, of(op.spoilt(0, spoil)), new Input("x", op.output()));
  }

  private static Case norm(Cause cause, PlainOp op, String... words) {
    return new Case(
        cause,
        List.of(words),
        0,
        of(op),
        new Input("x", Shape.of(4, 7)),
        new Input("gain", Shape.of(7)));
  }

  private static GradientFunction of(PlainOp op) {
    return (graph, inputs) -> graph.apply(op, inputs.byName().values().toArray(Node[]::new));
  }

  private static double[] scaled(double[] g, double c) {
    return each(g.length, i -> c * g[i]);
  }

  private static double[][] swapped(double[][] pair) {
    return new double[][] {pair[1], pair[0]};
  }
}
