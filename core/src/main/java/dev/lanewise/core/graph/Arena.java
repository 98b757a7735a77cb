package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One worker's scratch memory: handed out from the start for each call of an op, grown to the
/// largest demand seen, and then never allocated again.
final class Arena {
  private final Map<DType, Pile> piles = new EnumMap<>(DType.class);

  Tensor take(DType dtype, Shape shape) {
    return pile(dtype).take(shape);
  }

  Tensor take(DType dtype, int elements) {
    return pile(dtype).take(elements);
  }

  private Pile pile(DType dtype) {
    return piles.computeIfAbsent(dtype, Pile::new);
  }

  /// Takes everything back.
  void reset() {
    for (Pile pile : piles.values()) {
      pile.used = 0;
    }
  }

  private static final class Pile {
    private final DType dtype;
    private Tensor memory;
    private int used;

    /// Every (offset, shape) handed out before: ops ask for the same few again and again.
    private final List<Tensor> views = new ArrayList<>();

    Pile(DType dtype) {
      this.dtype = dtype;
      this.memory = Tensor.zeros(dtype, Shape.of(0));
    }

    Tensor take(Shape shape) {
      int start = reserve(shape.size());
      for (int i = 0; i < views.size(); i++) {
        Tensor view = views.get(i);
        if (view.offset() == start && view.shape().equals(shape)) {
          return view;
        }
      }
      return view(start, shape);
    }

    /// A vector, without making its shape only to look for it.
    Tensor take(int elements) {
      int start = reserve(elements);
      for (int i = 0; i < views.size(); i++) {
        Tensor view = views.get(i);
        if (view.offset() == start && view.size() == elements && view.shape().rank() == 1) {
          return view;
        }
      }
      return view(start, Shape.of(elements));
    }

    private int reserve(int elements) {
      int start = used;
      int end = Math.addExact(start, elements);
      if (end > memory.size()) {
        // What was handed out before in this call keeps the old memory.
        memory = Tensor.zeros(dtype, Shape.of(Math.addExact(end, end / 2)));
        views.clear();
      }
      used = end;
      return start;
    }

    private Tensor view(int start, Shape shape) {
      Tensor view = memory.rows(start, used).reshape(shape);
      views.add(view);
      return view;
    }
  }
}
