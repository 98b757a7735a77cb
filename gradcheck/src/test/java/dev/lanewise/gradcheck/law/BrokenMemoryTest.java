package dev.lanewise.gradcheck.law;

import static dev.lanewise.gradcheck.law.Breaking.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Wrong ops that break the laws of memory.
class BrokenMemoryTest {
  @TestFactory
  Stream<DynamicTest> ofOps() {
    return Breaking.tests(memory(), "x");
  }

  private static List<Breaking.Wrong> memory() {
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
}
