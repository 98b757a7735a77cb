package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.mutant.PlainLayer.input;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.gradcheck.diagnosis.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Layers with right formulas that break the rules: they keep state between calls, write to what is
/// not theirs, do not honour what the sink asks, or let rows know of each other.
final class RudeLayers {
  private RudeLayers() {}

  private static Mutant of(String mistake, PlainLayer right, Op<?> op, Cause... causes) {
    return Mutant.of("protocol", mistake, new PlainLayer(op, right.inputs()), causes);
  }

  static List<Mutant> all() {
    return List.of(
        forwardDrifts(),
        backwardDrifts(),
        accumulates(),
        alwaysOverwrites(),
        alwaysAdds(),
        scalesUpstream(),
        activatesInPlace(),
        writesToInputs(),
        writesToOutput(),
        writesToSaved(),
        remembersFirstForward(),
        remembersLastForward(),
        leaksTinyConstant(),
        addsTinyMagnitude(),
        masksAtRandom(),
        changesOrder(),
        leavesPartUnwritten(),
        readsOldOutput(),
        skipsWithoutNeed(),
        mixesRows(),
        knowsPositions(),
        leaksNextRow());
  }

  private static PlainLayer tanh() {
    return Activations.TANH.layer();
  }

  private static PlainLayer linear() {
    return Structures.linear();
  }

  private static Mutant forwardDrifts() {
    AtomicLong calls = new AtomicLong();
    return of(
        "forward drifts by 1e-9 with each call",
        tanh(),
        RudeOp.forward(
            tanh().plain(),
            call -> {
              call.compute();
              change(call.output(), 1 + 1e-9 * calls.getAndIncrement());
            }));
  }

  private static Mutant backwardDrifts() {
    AtomicLong calls = new AtomicLong();
    return of(
        "backward drifts by 1e-12 with each call",
        linear(),
        RudeOp.backward(
            linear().plain(),
            call -> {
              double[][] g = call.gradients();
              WrongStructures.scale(g[1], 1 + 1e-12 * calls.getAndIncrement());
              call.give(g);
            }),
        Cause.NONDETERMINISTIC);
  }

  private static Mutant accumulates() {
    double[] total = new double[10];
    return of(
        "W's gradient adds up over calls",
        linear(),
        RudeOp.backward(
            linear().plain(),
            call -> {
              double[][] g = call.gradients();
              synchronized (total) {
                Matrices.add(1, g[1], total);
                g[1] = total.clone();
              }
              call.give(g);
            }),
        Cause.NONDETERMINISTIC);
  }

  private static Mutant alwaysOverwrites() {
    return of(
        "overwrites where it should add",
        tanh(),
        RudeOp.backward(tanh().plain(), call -> set(call.gradients()[0], call.sink().buffer(0))));
  }

  private static Mutant alwaysAdds() {
    return of(
        "adds where it should overwrite",
        tanh(),
        RudeOp.backward(
            tanh().plain(),
            call -> {
              double[] g = call.gradients()[0];
              Tensor buffer = call.sink().buffer(0);
              Arrays.setAll(g, i -> g[i] + buffer.getFlat(i));
              set(g, buffer);
            }));
  }

  private static Mutant scalesUpstream() {
    return of(
        "the upstream is changed in place",
        tanh(),
        RudeOp.backward(
            tanh().plain(),
            call -> {
              double[][] g = call.gradients();
              set(g[0], call.upstream());
              call.give(g);
            }));
  }

  private static Mutant activatesInPlace() {
    return of(
        "forward writes y to x, too",
        Activations.RELU.layer(),
        RudeOp.forward(
            Activations.RELU.layer().plain(),
            call -> {
              call.compute();
              set(call.output().toDoubles(), call.inputs().getFirst());
            }));
  }

  private static Mutant writesToInputs() {
    return of(
        "backward sorts its input",
        Sequences.max(),
        RudeOp.backward(
            Sequences.max().plain(),
            call -> {
              call.give(call.gradients());
              double[] sorted = call.inputs().getFirst().toDoubles();
              Arrays.sort(sorted);
              set(sorted, call.inputs().getFirst());
            }));
  }

  private static Mutant writesToOutput() {
    return of(
        "backward uses the output as scratch",
        tanh(),
        RudeOp.backward(
            tanh().plain(),
            call -> {
              call.give(call.gradients());
              change(call.output(), 2);
            }));
  }

  private static Mutant writesToSaved() {
    return of(
        "backward works in place in what forward saved",
        tanh(),
        RudeOp.backward(
            tanh().plain(),
            call -> {
              call.give(
                  call.right().gradients(call.inputs(), call.saved(), call.upstream().toDoubles()));
              change(call.saved(), 0.5);
            }),
        Cause.NONDETERMINISTIC);
  }

  private static Mutant remembersFirstForward() {
    AtomicReference<Tensor> first = new AtomicReference<>();
    return of(
        "backward by the first output ever computed",
        tanh(),
        new RudeOp(
            tanh().plain(),
            call -> {
              call.compute();
              first.compareAndSet(null, call.output().copy());
            },
            call -> {
              Tensor y = first.get();
              boolean fits = y.shape().equals(call.output().shape());
              call.give(
                  call.right()
                      .gradients(
                          call.inputs(), fits ? y : call.output(), call.upstream().toDoubles()));
            }));
  }

  private static Mutant remembersLastForward() {
    AtomicReference<Tensor> last = new AtomicReference<>();
    return of(
        "backward by the last output computed anywhere",
        tanh(),
        new RudeOp(
            tanh().plain(),
            call -> {
              call.compute();
              last.set(call.output().copy());
            },
            call -> {
              Tensor y = last.get();
              boolean fits = y.shape().equals(call.output().shape());
              call.give(
                  call.right()
                      .gradients(
                          call.inputs(), fits ? y : call.output(), call.upstream().toDoubles()));
            }));
  }

  private static Mutant leaksTinyConstant() {
    return Mutant.of("protocol", "1e-14 added", linear().mapped(1, g -> g + 1e-14), Cause.LEAK);
  }

  private static Mutant addsTinyMagnitude() {
    return Mutant.of(
        "protocol",
        "1e-14 of the magnitude added",
        Activations.SIGMOID.layer().mapped(g -> g + 1e-14 * Math.abs(g)),
        Cause.NOT_LINEAR_IN_UPSTREAM);
  }

  private static Mutant masksAtRandom() {
    AtomicLong calls = new AtomicLong();
    return of(
        "another mask with each call",
        tanh(),
        RudeOp.backward(
            tanh().plain(),
            call -> {
              double[][] g = call.gradients();
              g[0][(int) (calls.getAndIncrement() % g[0].length)] = 0;
              call.give(g);
            }),
        Cause.NONDETERMINISTIC);
  }

  private static Mutant changesOrder() {
    AtomicLong calls = new AtomicLong();
    return of(
        "sums up from another row with each call",
        linear(),
        RudeOp.backward(
            linear().plain(),
            call -> {
              double[][] g = call.gradients();
              double[] x = call.inputs().getFirst().toDoubles();
              double[] u = call.upstream().toDoubles();
              int rows = u.length / 2;
              int first = (int) (calls.getAndIncrement() % rows);
              g[1] = new double[10];
              for (int n = first; n < first + rows; n++) {
                for (int w = 0; w < 10; w++) {
                  g[1][w] += x[n % rows * 5 + w / 2] * u[n % rows * 2 + w % 2];
                }
              }
              call.give(g);
            }),
        Cause.NONDETERMINISTIC);
  }

  private static Mutant leavesPartUnwritten() {
    return of(
        "zeros are not written",
        Activations.RELU.layer(),
        RudeOp.backward(
            Activations.RELU.layer().plain(),
            call -> {
              double[] g = call.gradients()[0];
              Tensor buffer = call.sink().buffer(0);
              boolean add = call.sink().beta(0) == 1;
              for (int i = 0; i < g.length; i++) {
                if (g[i] != 0) {
                  buffer.setFlat(i, add ? buffer.getFlat(i) + g[i] : g[i]);
                }
              }
            }));
  }

  private static Mutant readsOldOutput() {
    return of(
        "forward adds to what is in the output",
        tanh(),
        RudeOp.forward(
            tanh().plain(),
            call -> {
              double[] old = call.output().toDoubles();
              call.compute();
              for (int i = 0; i < old.length; i++) {
                call.output().setFlat(i, call.output().getFlat(i) + old[i]);
              }
            }));
  }

  private static Mutant skipsWithoutNeed() {
    PlainLayer product = Structures.hadamard();
    return of(
        "b's gradient comes out of a's",
        product,
        RudeOp.backward(
            product.plain(),
            call -> {
              double[][] g = call.gradients();
              if (!call.sink().needs(0)) {
                g[1] = new double[g[1].length];
              }
              call.give(g);
            }));
  }

  /// `y = x − mean over the rows`: right, but not row by row.
  private static Mutant mixesRows() {
    PlainLayer layer =
        PlainLayer.rowwise(
            "centring",
            List.of(input("x", 3, 5)),
            5,
            (x, y) -> centre(x[0], y),
            (x, y, u, g) -> centre(u, g[0]));
    return Mutant.of("protocol", "mean over the batch, called row-wise", layer);
  }

  private static void centre(double[] x, double[] y) {
    double[] sums = Matrices.columnSums(x, 5);
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] - sums[i % 5] * 5 / x.length;
    }
  }

  /// `yᵣ = xᵣ·(1 + r/1000)`: right, but a row's output depends on where it stands.
  private static Mutant knowsPositions() {
    PlainLayer layer =
        PlainLayer.rowwise(
            "identity",
            List.of(input("x", 3, 5)),
            5,
            (x, y) -> Arrays.setAll(y, i -> x[0][i] * (1 + 1e-3 * (i / 5))),
            (x, y, u, g) -> Arrays.setAll(g[0], i -> u[i] * (1 + 1e-3 * (i / 5))));
    return Mutant.of("protocol", "grows with the row's number", layer);
  }

  /// Each row takes a little of the next one, forward and backward alike.
  private static Mutant leaksNextRow() {
    PlainLayer layer =
        PlainLayer.rowwise(
            "identity",
            List.of(input("x", 3, 5)),
            5,
            (x, y) -> Arrays.setAll(y, i -> x[0][i] + (i + 5 < y.length ? 1e-9 * x[0][i + 5] : 0)),
            (x, y, u, g) -> Arrays.setAll(g[0], i -> u[i] + (i >= 5 ? 1e-9 * u[i - 5] : 0)));
    return Mutant.of("protocol", "takes a little of the next row", layer);
  }

  private static void change(Tensor tensor, double factor) {
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setFlat(i, tensor.getFlat(i) * factor);
    }
  }

  private static void set(double[] values, Tensor tensor) {
    for (int i = 0; i < values.length; i++) {
      tensor.setFlat(i, values[i]);
    }
  }
}
