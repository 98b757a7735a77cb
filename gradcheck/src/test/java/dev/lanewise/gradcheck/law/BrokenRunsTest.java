package dev.lanewise.gradcheck.law;

import static dev.lanewise.gradcheck.law.Breaking.broken;
import static dev.lanewise.gradcheck.law.Breaking.of;
import static dev.lanewise.gradcheck.law.Breaking.wrong;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Wrong ops that break the laws of repeated, interleaved and parallel runs.
class BrokenRunsTest {
  @TestFactory
  Stream<DynamicTest> ofForward() {
    return Breaking.tests(forward(), "x");
  }

  private static List<Breaking.Wrong> forward() {
    return List.of(
        wrong(
            "a state that drifts by 1e-9 with each call",
            new ForwardRepeats(),
            new Square() {
              private double state = 1;

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                state += 1e-9;
                y.setFlat(0, y.getFlat(0) * state);
              }
            }),
        wrong(
            "a counter that changes every third call",
            new ForwardRepeats(),
            new Square() {
              private int calls;

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                if (++calls % 3 == 0) {
                  y.setFlat(1, y.getFlat(1) + 1e-6);
                }
              }
            }),
        wrong(
            "the first input decides all later ones",
            new ForwardRepeats(),
            new Square() {
              private double last = 1;

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                y.setFlat(0, y.getFlat(0) + 1e-8 * last);
                last = x.getFlat(0);
              }
            }),
        wrong(
            "draws of its own",
            new ForwardRepeats(),
            new Square() {
              private final SplittableRandom random = new SplittableRandom(1);

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                y.setFlat(2, y.getFlat(2) * (1 + 1e-12 * random.nextDouble()));
              }
            }),
        wrong(
            "an element of the output is never written",
            new ForwardRepeats(),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                for (int i = 0; i < y.size() - 1; i++) {
                  y.setFlat(i, value(x.getFlat(i)));
                }
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> ofBackward() {
    return Breaking.tests(backward(), "x");
  }

  private static List<Breaking.Wrong> backward() {
    return List.of(
        wrong(
            "backward adds to a buffer of its own",
            new BackwardRepeats(),
            new Square() {
              private final Tensor own = Tensor.zeros(DType.FLOAT64, Breaking.SHAPE);

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                for (int i = 0; i < u.size(); i++) {
                  own.setFlat(i, own.getFlat(i) + gradient(x.getFlat(i), u.getFlat(i)));
                }
                give(sink, 0, own::getFlat);
              }
            }),
        wrong(
            "a random mask in backward",
            new BackwardRepeats(),
            new Square() {
              private final SplittableRandom random = new SplittableRandom(1);

              @Override
              double gradient(double x, double u) {
                return random.nextInt(4) == 0 ? 0 : 2 * x * u;
              }
            }),
        wrong(
            "an element of the gradient is never written",
            new BackwardRepeats(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                Tensor buffer = sink.buffer(0);
                for (int i = 1; i < u.size(); i++) {
                  buffer.setFlat(i, gradient(x.getFlat(i), u.getFlat(i)));
                }
              }
            }),
        wrong(
            "backward changes what forward saved",
            new BackwardRepeats(),
            new SavingSquare() {
              @Override
              void used(Tensor saved) {
                TensorMath.scale(1 + 1e-9, saved, saved);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> ofWhatMayOnlyBeRead() {
    return Breaking.tests(hands(), "x");
  }

  private static List<Breaking.Wrong> hands() {
    Square scalesUpstream =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            TensorMath.scale(2, u, u);
            give(sink, 0, i -> x.getFlat(i) * u.getFlat(i));
          }
        };
    return List.of(
        wrong(
            "the activation is computed in place",
            new LeavesAloneWhatIsNotItsOwn(),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                x.setFlat(3, Math.abs(x.getFlat(3)) + 1e-9);
              }
            }),
        wrong("the upstream is scaled in place", new LeavesAloneWhatIsNotItsOwn(), scalesUpstream),
        new Breaking.Wrong(
            "the upstream of an inner node is scaled in place",
            new LeavesAloneWhatIsNotItsOwn(),
            (graph, inputs) ->
                graph.apply(new Square(), graph.apply(scalesUpstream, inputs.get("x")))),
        wrong(
            "backward writes to its input",
            new LeavesAloneWhatIsNotItsOwn(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                super.backward(x, u, sink, pass);
                x.setFlat(0, x.getFlat(0) + 1e-9);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> ofOpenRuns() {
    return Breaking.tests(runs(), "x");
  }

  private static List<Breaking.Wrong> runs() {
    Tensor scratch = Tensor.zeros(DType.FLOAT64, Breaking.SHAPE);
    return List.of(
        wrong(
            "forward saves in the op",
            new RunsAreIndependent(),
            new Square() {
              private Tensor last = Tensor.zeros(DType.FLOAT64, Breaking.SHAPE);

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                last = x.copy();
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                super.backward(last, u, sink, pass);
              }
            }),
        wrong(
            "saved values stand in a static buffer",
            new RunsAreIndependent(),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                TensorMath.scale(2, x, scratch);
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> scratch.getFlat(i) * u.getFlat(i));
              }
            }),
        wrong(
            "an output is used again while its run is open",
            new RunsAreIndependent(),
            new Square() {
              private @Nullable Tensor earlier;

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                if (earlier != null) {
                  try {
                    earlier.setFlat(0, y.getFlat(0));
                  } catch (IllegalStateException closed) {
                    // The run of the earlier output is over.
                  }
                }
                earlier = y;
              }
            }),
        wrong(
            "a gradient is used again while its run is open",
            new RunsAreIndependent(),
            new Square() {
              private @Nullable Tensor earlier;

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                super.backward(x, u, sink, pass);
                if (earlier != null && earlier != sink.buffer(0)) {
                  earlier.setFlat(0, 0);
                }
                earlier = sink.buffer(0);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> ofEarlierRuns() {
    return Breaking.tests(stale(), "x");
  }

  /// Ops with a memory, made anew whenever the function is recorded, as layers with fields are.
  private static List<Breaking.Wrong> stale() {
    return List.of(
        new Breaking.Wrong(
            "backward uses the input of the first forward",
            new NothingStale(),
            (graph, inputs) ->
                graph.apply(
                    new Square() {
                      private @Nullable Tensor first;

                      @Override
                      void forward(Tensor x, Tensor y, Pass pass) {
                        super.forward(x, y, pass);
                        first = first == null ? x.copy() : first;
                      }

                      @Override
                      void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                        super.backward(first == null ? x : first, u, sink, pass);
                      }
                    },
                    inputs.get("x"))),
        wrong(
            "a cache that only backward empties",
            new NothingStale(),
            new Square() {
              private @Nullable Tensor cache;

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                cache = cache == null ? x.copy() : cache;
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                super.backward(cache == null ? x : cache, u, sink, pass);
                cache = null;
              }
            }),
        new Breaking.Wrong(
            "backward keeps its first factor",
            new NothingStale(),
            (graph, inputs) ->
                graph.apply(
                    new Square() {
                      private double kept;

                      @Override
                      void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                        kept = kept == 0 ? x.getFlat(0) : kept;
                        give(sink, 0, i -> 2 * (i == 0 ? kept : x.getFlat(i)) * u.getFlat(i));
                      }
                    },
                    inputs.get("x"))));
  }

  /// Another thread's values are used while four threads compute: each waits for a second one in
  /// the middle of backward, so that they surely meet.
  @Test
  void sharedScratchDisturbsThreads() {
    Map<String, Double> shared = new ConcurrentHashMap<>();
    Square op =
        new Square() {
          @Override
          double gradient(double x, double u) {
            shared.put("factor", 2 * x);
            Thread.yield();
            return shared.getOrDefault("factor", 0.0) * u;
          }
        };
    List<Finding> findings = List.of();
    for (int i = 0; i < 200 && findings.isEmpty(); i++) {
      findings = broken(new ThreadSafe(), of(op), "x");
    }
    assertFalse(findings.isEmpty());
    assertTrue(findings.getFirst().sentence().contains("threads"), findings::toString);
  }

  @Test
  void aFailureInOneThreadIsAFinding() {
    long main = Thread.currentThread().threadId();
    Square op =
        new Square() {
          @Override
          double gradient(double x, double u) {
            if (Thread.currentThread().threadId() != main) {
              throw new IllegalStateException("not my thread");
            }
            return 2 * x * u;
          }
        };
    List<Finding> findings = broken(new ThreadSafe(), of(op), "x");
    assertTrue(findings.getFirst().sentence().contains("not my thread"), findings::toString);
  }
}
