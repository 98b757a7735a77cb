package dev.lanewise.gradcheck.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.op.AddRowVector;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.problem.GradientFunction;
import dev.lanewise.gradcheck.problem.PickRows;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every law is broken by small wrong ops, and kept by the right ones they are made from.
class BrokenLawsTest {
  private static final Shape SHAPE = Shape.of(5, 3);
  private static final List<String> X = List.of("x");

  /// A wrong op and the law it must break.
  private record Wrong(String mistake, Law law, GradientFunction function) {}

  private static Wrong wrong(String mistake, Law law, Op<?> op) {
    return new Wrong(mistake, law, of(op));
  }

  private static GradientFunction of(Op<?> op) {
    return (graph, inputs) -> graph.apply(op, inputs.byName().values().toArray(Node[]::new));
  }

  private static Problem problem(GradientFunction function, String... inputs) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (String name : inputs) {
      named.put(name, CheckInputs.normal(SHAPE, Key.of(7).with(name)));
    }
    return new Problem("wrong", Key.of(3), named, new Parameters(Map.of()), function);
  }

  private static List<Finding> broken(Law law, GradientFunction function, String... inputs) {
    return Laws.broken(problem(function, inputs), Key.of(4), List.of(law));
  }

  private static void requireBroken(Wrong each, String... inputs) {
    List<Finding> findings = broken(each.law(), each.function(), inputs);
    assertFalse(findings.isEmpty(), () -> each.law().name() + " does not see: " + each.mistake());
    assertEquals(each.law().name(), findings.getFirst().law());
  }

  @TestFactory
  Stream<DynamicTest> wrongOpsOfOneInputBreakTheirLaw() {
    return Stream.of(
            forward(), backward(), hands(), runs(), stale(), upstream(), memory(), rows(), more())
        .flatMap(List::stream)
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.law().name() + ": " + each.mistake(), () -> requireBroken(each, "x")));
  }

  private static List<Wrong> forward() {
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

  private static List<Wrong> backward() {
    return List.of(
        wrong(
            "backward adds to a buffer of its own",
            new BackwardRepeats(),
            new Square() {
              private final Tensor own = Tensor.zeros(DType.FLOAT64, SHAPE);

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

  private static List<Wrong> hands() {
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
        new Wrong(
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

  private static List<Wrong> runs() {
    Tensor scratch = Tensor.zeros(DType.FLOAT64, SHAPE);
    return List.of(
        wrong(
            "forward saves in the op",
            new RunsAreIndependent(),
            new Square() {
              private Tensor last = Tensor.zeros(DType.FLOAT64, SHAPE);

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

  /// Ops with a memory, made anew whenever the function is recorded, as layers with fields are.
  private static List<Wrong> stale() {
    return List.of(
        new Wrong(
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
        new Wrong(
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

  private static Square gradient(Gradient gradient) {
    return new Square() {
      @Override
      double gradient(double x, double u) {
        return gradient.of(x, u);
      }
    };
  }

  @FunctionalInterface
  private interface Gradient {
    double of(double x, double u);
  }

  private static List<Wrong> upstream() {
    return List.of(
        wrong("weight decay", new ZeroUpstream(), gradient((x, u) -> 2 * x * u + 1e-4 * x)),
        wrong("1e-12 added", new ZeroUpstream(), gradient((x, u) -> 2 * x * u + 1e-12)),
        wrong(
            "a write where the upstream is zero",
            new ZeroUpstream(),
            gradient((x, u) -> u == 0 ? 1 : 2 * x * u)),
        wrong("clipping", new Homogeneous(), gradient((x, u) -> Math.clamp(2 * x * u, -1.0, 1.0))),
        wrong(
            "clipping of what is a thousand times as large",
            new Homogeneous(),
            gradient((x, u) -> Math.clamp(2 * x * u, -1e3, 1e3))),
        wrong(
            "what is small is flushed",
            new Homogeneous(),
            gradient((x, u) -> Math.abs(u) < 1e-4 ? 0 : 2 * x * u)),
        wrong(
            "normalising",
            new Homogeneous(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                double norm = Math.sqrt(TensorMath.dot(u, u));
                give(sink, 0, i -> norm == 0 ? 0 : 2 * x.getFlat(i) * u.getFlat(i) / norm);
              }
            }),
        wrong("the upstream is ignored", new Homogeneous(), gradient((x, u) -> 2 * x)),
        wrong("guided backward", new Homogeneous(), gradient((x, u) -> 2 * x * Math.max(u, 0))),
        wrong(
            "1e-13 of its magnitude added",
            new Homogeneous(),
            gradient((x, u) -> 2 * x * u + 1e-13 * Math.abs(2 * x * u))),
        wrong("rounded to float32 inside", new Additive(), gradient((x, u) -> 2 * x * (float) u)),
        wrong(
            "the signs of the upstream count apart",
            new Additive(),
            gradient((x, u) -> u > 0 ? 2 * x * u : 1.9 * x * u)),
        wrong(
            "assigned instead of added",
            new FanOut(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                Tensor buffer = sink.buffer(0);
                for (int i = 0; i < u.size(); i++) {
                  buffer.setFlat(i, gradient(x.getFlat(i), u.getFlat(i)));
                }
              }
            }));
  }

  private static List<Wrong> memory() {
    Square assigns =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            Tensor buffer = sink.buffer(0);
            for (int i = 0; i < u.size(); i++) {
              buffer.setFlat(i, gradient(x.getFlat(i), u.getFlat(i)));
            }
          }
        };
    Square addsAlways =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            Tensor buffer = sink.buffer(0);
            for (int i = 0; i < u.size(); i++) {
              buffer.setFlat(i, buffer.getFlat(i) + gradient(x.getFlat(i), u.getFlat(i)));
            }
          }
        };
    Square doublesWhatIsThere =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            super.backward(x, u, sink, pass);
            if (sink.beta(0) == 1) {
              sink.buffer(0).setFlat(0, sink.buffer(0).getFlat(0) * 2);
            }
          }
        };
    SavingSquare changesSaved =
        new SavingSquare() {
          @Override
          void used(Tensor saved) {
            saved.setFlat(0, -saved.getFlat(0));
          }
        };
    SavingSquare savesScratch =
        new SavingSquare() {
          @Override
          Tensor memory(Shape shape, Pass pass) {
            return pass.scratch(shape);
          }
        };
    return List.of(
        wrong("beta is ignored", new AddsToBuffers(assigns), assigns),
        wrong("the sum is doubled", new AddsToBuffers(doublesWhatIsThere), doublesWhatIsThere),
        wrong("beta 0 is not overwriting", new UndefinedMemory(addsAlways), addsAlways),
        wrong("scratch is saved", new UndefinedMemory(savesScratch), savesScratch),
        wrong("backward works in what was saved", new SavedValuesKept(changesSaved), changesSaved));
  }

  private static List<Wrong> rows() {
    RowIndependence independence = new RowIndependence(X);
    Mean leak = new Mean(1e-9);
    return List.of(
        wrong("1e-9 of the batch's mean leaks, with its gradient", independence, leak),
        wrong(
            "a divisor that is the number of rows",
            independence,
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                TensorMath.scale(1.0 / x.shape().rows(), y, y);
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> 2 * x.getFlat(i) * u.getFlat(i) / x.shape().rows());
              }
            }),
        wrong(
            "a gradient that leaks to the next row",
            independence,
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                int size = x.size();
                give(
                    sink,
                    0,
                    i ->
                        2 * x.getFlat(i) * u.getFlat(i)
                            + 1e-12 * u.getFlat((i + x.shape().rowSize()) % size));
              }
            }),
        wrong(
            "a factor that depends on the position",
            new RowPermutation(X),
            new Square() {
              private double factor(Tensor x, int i) {
                return 1 + 1e-12 * (i / x.shape().rowSize());
              }

              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                for (int i = 0; i < y.size(); i++) {
                  y.setFlat(i, factor(x, i) * x.getFlat(i) * x.getFlat(i));
                }
              }

              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> factor(x, i) * 2 * x.getFlat(i) * u.getFlat(i));
              }
            }),
        new Wrong(
            "the batch's mean in each shard",
            new ShardsAgree((graph, inputs) -> graph.apply(leak, PickRows.all(inputs.get("x")))),
            of(leak)),
        wrong(
            "the first row is needed",
            BatchSizes.zeroAndOne(X),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                y.setFlat(0, x.getFlat(0) * x.getFlat(0));
              }
            }),
        wrong(
            "the second row is needed",
            BatchSizes.zeroAndOne(X),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                if (x.shape().rows() > 0) {
                  y.setFlat(0, y.getFlat(0) + 0 * x.get(1, 0));
                }
              }
            }),
        wrong(
            "a variance of one row by n − 1",
            BatchSizes.zeroAndOne(X),
            new Square() {
              @Override
              void forward(Tensor x, Tensor y, Pass pass) {
                super.forward(x, y, pass);
                double n = x.shape().rows();
                TensorMath.scale((n - 1) / (n - 1), y, y);
              }
            }));
  }

  private static List<Wrong> more() {
    Square otherInFloat =
        new Square() {
          @Override
          void forward(Tensor x, Tensor y, Pass pass) {
            for (int i = 0; i < y.size(); i++) {
              double eps = x.dtype() == DType.FLOAT32 ? 1e-4 : 1e-12;
              y.setFlat(i, x.getFlat(i) * x.getFlat(i) + eps);
            }
          }
        };
    Square offInFloat =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            double factor = x.dtype() == DType.FLOAT32 ? 1 + 1e-4 : 1;
            give(sink, 0, i -> factor * gradient(x.getFlat(i), u.getFlat(i)));
          }
        };
    Square halfPrecision =
        new Square() {
          @Override
          void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
            boolean single = x.dtype() == DType.FLOAT32;
            give(
                sink,
                0,
                i -> {
                  double g = gradient(x.getFlat(i), u.getFlat(i));
                  int bits = Float.floatToRawIntBits((float) g) & 0xffff0000;
                  return single ? Float.intBitsToFloat(bits) : g;
                });
          }
        };
    return List.of(
        wrong("another epsilon in float32", AgreesInFloat32.of(otherInFloat), otherInFloat),
        wrong("a part in 10,000 off in float32", AgreesInFloat32.of(offInFloat), offInFloat),
        wrong("bfloat16 on the way", AgreesInFloat32.of(halfPrecision), halfPrecision),
        wrong(
            "a millionth off at one element",
            new GradientTheorem(),
            new Square() {
              @Override
              void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                give(sink, 0, i -> (i == 7 ? 1 + 1e-6 : 1) * gradient(x.getFlat(i), u.getFlat(i)));
              }
            }),
        new Wrong(
            "a gradient of the neighbour",
            new SymmetricSecondDerivative(),
            of(
                new Square() {
                  @Override
                  void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
                    int size = x.size();
                    give(sink, 0, i -> 2 * x.getFlat((i + 1) % size) * u.getFlat(i));
                  }
                })));
  }

  /// Adds part of the mean over all rows, with the right gradient, and calls itself row-wise.
  private static final class Mean extends Square {
    private final double part;

    Mean(double part) {
      this.part = part;
    }

    @Override
    void forward(Tensor x, Tensor y, Pass pass) {
      super.forward(x, y, pass);
      double mean = TensorMath.sum(x) / x.size();
      for (int i = 0; i < y.size(); i++) {
        y.setFlat(i, y.getFlat(i) + part * mean);
      }
    }

    @Override
    void backward(Tensor x, Tensor u, GradientSink sink, Pass pass) {
      double mean = TensorMath.sum(u) / x.size();
      give(sink, 0, i -> gradient(x.getFlat(i), u.getFlat(i)) + part * mean);
    }
  }

  /// A square that saves 2x.
  private static class SavingSquare extends Square {
    Tensor memory(Shape shape, Pass pass) {
      return pass.saved(shape);
    }

    void used(Tensor saved) {}

    @Override
    public @Nullable Object forward(List<Tensor> inputs, Tensor output, Pass pass) {
      super.forward(inputs, output, pass);
      Tensor saved = memory(output.shape(), pass);
      TensorMath.scale(2, inputs.get(0), saved);
      return saved;
    }

    @Override
    public void backward(
        @Nullable Object saved,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        GradientSink sink,
        Pass pass) {
      if (saved instanceof Tensor factor) {
        give(sink, 0, i -> factor.getFlat(i) * outputGradient.getFlat(i));
        used(factor);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> wrongOpsOfTwoInputsBreakTheirLaw() {
    return Stream.of(
            wrong(
                "writes to a gradient that nobody wants",
                new UnneededInputs(),
                new Product() {
                  @Override
                  public void backward(
                      @Nullable Object saved,
                      List<Tensor> inputs,
                      Tensor output,
                      Tensor outputGradient,
                      GradientSink sink,
                      Pass pass) {
                    give(0, inputs, outputGradient, sink);
                    give(1, inputs, outputGradient, sink);
                  }
                }),
            wrong(
                "skips both where one is not wanted",
                new UnneededInputs(),
                new Product() {
                  @Override
                  public void backward(
                      @Nullable Object saved,
                      List<Tensor> inputs,
                      Tensor output,
                      Tensor outputGradient,
                      GradientSink sink,
                      Pass pass) {
                    if (sink.needs(0) && sink.needs(1)) {
                      super.backward(saved, inputs, output, outputGradient, sink, pass);
                    }
                  }
                }),
            wrong(
                "adds for the first input only",
                new FanOut(),
                new Product() {
                  @Override
                  public void backward(
                      @Nullable Object saved,
                      List<Tensor> inputs,
                      Tensor output,
                      Tensor outputGradient,
                      GradientSink sink,
                      Pass pass) {
                    give(0, inputs, outputGradient, sink);
                    Tensor buffer = sink.buffer(1);
                    TensorMath.multiply(inputs.get(0), outputGradient, 0, buffer);
                  }
                }))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.law().name() + ": " + each.mistake(),
                    () -> requireBroken(each, "x", "w")));
  }

  /// Another thread's values are used while four threads compute: each waits for a second one in
  /// the
  /// middle of backward, so that they surely meet.
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

  @Test
  void noExampleGivesParametersNoGradient() {
    Parameter bias = Parameter.of(Tensor.of(DType.FLOAT64, Shape.of(3), 1, 2, 3));
    Op<?> decaying =
        new Product() {
          @Override
          public Shape outputShape(List<Shape> inputs) {
            return new AddRowVector().outputShape(inputs);
          }

          @Override
          public @Nullable Object forward(List<Tensor> inputs, Tensor output, Pass pass) {
            TensorMath.addRowVector(inputs.get(0), inputs.get(1), output);
            return null;
          }

          @Override
          public void backward(
              @Nullable Object saved,
              List<Tensor> inputs,
              Tensor output,
              Tensor outputGradient,
              GradientSink sink,
              Pass pass) {
            Square.give(sink, 0, outputGradient::getFlat);
            Square.give(sink, 1, i -> inputs.get(1).getFlat(i));
          }
        };
    Problem problem =
        new Problem(
            "decaying",
            Key.of(1),
            Map.of("x", CheckInputs.normal(SHAPE, Key.of(2))),
            new Parameters(Map.of("bias", bias)),
            (graph, inputs) -> graph.apply(decaying, inputs.get("x"), graph.parameter(bias)));
    List<Finding> findings = Laws.broken(problem, Key.of(3), List.of(BatchSizes.zeroAndOne(X)));
    assertEquals(
        List.of(
            "batches of any size are batches: with a batch of 0: the gradient by bias[0] is 1.0,"
                + " expected 0.0 (3 of 3 elements differ)"),
        findings.stream().map(Finding::toString).toList());
  }

  @Test
  void aFindingSaysWhereAndWhat() {
    Square op =
        new Square() {
          @Override
          double gradient(double x, double u) {
            return u == 0 ? 0.5 : 2 * x * u;
          }
        };
    assertEquals(
        "the gradient of a zero upstream is zero: backward(0): the gradient by x[0,0] is 0.5,"
            + " expected 0.0 (15 of 15 elements differ)",
        broken(new ZeroUpstream(), of(op), "x").getFirst().toString());
  }

  @Test
  void memoryIsSharedByOverlappingViewsOnly() {
    Tensor whole = Tensor.zeros(DType.FLOAT64, Shape.of(4, 2));
    NoSharedMemory.Memory a = new NoSharedMemory.Memory("a", whole.rows(0, 2));
    NoSharedMemory.Memory b = new NoSharedMemory.Memory("b", whole.rows(2, 4));
    NoSharedMemory.Memory c = new NoSharedMemory.Memory("c", whole.rows(1, 3));
    assertEquals(List.of(), NoSharedMemory.shared(List.of(a, b)));
    assertEquals(
        List.of("c shares memory with a", "c shares memory with b"),
        NoSharedMemory.shared(List.of(a, b, c)));
  }

  @Test
  void theRightOpsBreakNoLaw() {
    Square square = new Square();
    SavingSquare saving = new SavingSquare();
    List<Law> laws =
        Stream.of(
                Laws.ofFunctions(),
                Laws.ofOp(square),
                List.of(
                    new RowIndependence(X),
                    new RowPermutation(X),
                    new ShardsAgree((graph, in) -> graph.apply(square, PickRows.all(in.get("x")))),
                    BatchSizes.zeroAndOne(X),
                    AgreesInFloat32.of(square),
                    new SymmetricSecondDerivative(),
                    new GradientTheorem()))
            .<Law>flatMap(List::stream)
            .toList();
    assertEquals(List.of(), Laws.broken(problem(of(square), "x"), Key.of(1), laws));
    assertEquals(List.of(), Laws.broken(problem(of(saving), "x"), Key.of(1), Laws.ofOp(saving)));
    assertEquals(
        List.of(),
        Laws.broken(problem(of(new Product()), "x", "w"), Key.of(1), Laws.ofFunctions()));
  }
}
