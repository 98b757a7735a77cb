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
    return piles.computeIfAbsent(dtype, Pile::new).take(shape);
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
      int end = Math.addExact(used, shape.size());
      if (end > memory.size()) {
        // What was handed out before in this call keeps the old memory.
        memory = Tensor.zeros(dtype, Shape.of(Math.addExact(end, end / 2)));
        views.clear();
      }
      int start = used;
      used = end;
      for (Tensor view : views) {
        if (view.offset() == start && view.shape().equals(shape)) {
          return view;
        }
      }
      Tensor view = memory.rows(start, end).reshape(shape);
      views.add(view);
      return view;
    }
  }
}
