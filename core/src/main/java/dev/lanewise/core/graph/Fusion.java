package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Activation;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rules by which a plan computes several nodes in one go. They change who computes a value and
/// where its gradient goes, and nothing else: the nodes stay as they were recorded, and all bits
/// are the same.
///
/// A rule applies where what lies between is used once, so that nobody misses it; all nodes of a
/// rule are of one stage, and so cut into the same shards. A value or gradient that was left out is
/// computed when somebody asks for it.
final class Fusion {
  private final List<Slot> slots;
  private final int[] uses;

  private Fusion(List<Slot> slots) {
    this.slots = slots;
    this.uses = new int[slots.size()];
    for (Slot slot : slots) {
      for (int input : slot.recordedInputs()) {
        uses[input]++;
      }
    }
  }

  /// Applies the rules to all nodes of a plan, whatever was applied to some of them before.
  static void apply(List<Slot> slots) {
    Fusion fusion = new Fusion(slots);
    slots.forEach(Slot::asRecorded);
    for (int i = 0; i < slots.size(); i++) {
      fusion.addTheRowInTheProduct(i);
      fusion.finishTheProductWithTheActivation(i);
      fusion.multiplyTheGradientWithTheDerivative(i);
    }
  }

  /// `A·B`, then `+ v` ⟶ `A·B + v`: the product adds the row, and its gradient is that of the sum.
  ///
  /// Nothing else may be computed in between, so that contributions to a gradient keep their order.
  private void addTheRowInTheProduct(int i) {
    int between = onlyInput(i);
    Op<?> op = slots.get(i).recordedOp();
    if (between < 0 || op == null || !(slots.get(between).op() instanceof Product product)) {
      return;
    }
    Product both = product.with(op);
    boolean adjacent = IntStream.range(between + 1, i).noneMatch(j -> slots.get(j).isApplied());
    if (both != null && adjacent) {
      slots.get(i).replace(both, between);
    }
  }

  /// A product, then `f` ⟶ `f(product)`: the product's epilogue. Only forward is concerned. While
  /// training, it must be an f whose derivative does not ask for the product.
  private void finishTheProductWithTheActivation(int i) {
    int between = onlyInput(i);
    Activation activation = activation(i);
    if (between >= 0 && activation != null && slots.get(between).op() instanceof Product) {
      slots.get(i).finish(slots.get(between), activation);
    }
  }

  /// `y = f(x)`, then a product of y ⟶ the gradient by y is not stored, but multiplied by `f'` in
  /// the epilogue of the product that computes it, and so becomes the gradient by x.
  private void multiplyTheGradientWithTheDerivative(int i) {
    if (!(slots.get(i).op() instanceof Product)) {
      return;
    }
    int y = slots.get(i).inputs()[0];
    Activation activation = activation(y);
    boolean onlyUse = uses[y] == 1 && sameStage(y, i) && onlyInput(y) >= 0;
    if (activation != null && onlyUse && slots.get(y).wantsGradient()) {
      slots.get(i).multiply(slots.get(y), activation);
    }
  }

  /// The node's input 0, if it has no other use and is of the same stage; else −1.
  private int onlyInput(int i) {
    int[] inputs = slots.get(i).recordedInputs();
    return inputs.length > 0 && uses[inputs[0]] == 1 && sameStage(inputs[0], i) ? inputs[0] : -1;
  }

  private boolean sameStage(int i, int j) {
    return slots.get(i).stage() == slots.get(j).stage();
  }

  private @Nullable Activation activation(int i) {
    Op<?> op = slots.get(i).recordedOp();
    return op == null ? null : op.activation();
  }
}
