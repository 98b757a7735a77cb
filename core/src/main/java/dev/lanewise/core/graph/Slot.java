package dev.lanewise.core.graph;

import dev.lanewise.core.kernel.Activation;
import dev.lanewise.core.kernel.Workers;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The place of one node in a [Plan]: what the node must look like to fit, and the memory that
/// every run of the plan uses again.
///
/// A node whose rows are shared out has one *lane* for each shard, a view of the shard's rows;
/// every other node has one lane, the whole.
final class Slot {
  private static final int[] NONE = {};

  private final List<Slot> slots;
  private final int index;
  private final @Nullable Op<@Nullable Object> recordedOp;
  private final int[] recordedInputs;
  private final Shape shape;
  private final DType dtype;
  private final Node.Stage stage;
  private final @Nullable Parameter parameter;
  private final boolean wantsGradient;
  private final int rowsPerShard;

  private final Tensor[] lanes;
  private final NodePass[] passes;
  private final List<List<Tensor>> laneInputs;
  private final List<Tensor> wholeInputs;
  private final NodePass preparation;
  private final @Nullable Object[] saved;
  private @Nullable Tensor value;
  private boolean computed;

  // How fusion executes the node; see asRecorded, replace, finish and multiply.
  private @Nullable Op<@Nullable Object> op;
  private int[] inputs;
  private int[] gradientInputs;
  private int[] leftOut = NONE;
  private @Nullable Fused finish;
  private @Nullable Fused derivative;

  /// What the product finishes in the present run: this node, or nothing.
  private @Nullable Fused finished;

  /// Another node, and the activation that stands between it and this one.
  private record Fused(Slot slot, Activation activation) {}

  /// The place of a node in a plan whose earlier places are given.
  @SuppressWarnings("unchecked") // what an op saved is given back to the same op only
  Slot(Node node, List<Slot> before, int shards, int rowsPerShard) {
    this.slots = before;
    this.index = node.index();
    this.recordedOp = (Op<@Nullable Object>) node.op();
    this.recordedInputs = node.inputs().stream().mapToInt(Node::index).toArray();
    this.op = recordedOp;
    this.inputs = recordedInputs;
    this.gradientInputs = recordedInputs;
    this.shape = node.shape();
    this.dtype = node.dtype();
    this.stage = node.stage();
    this.parameter = node.parameter();
    this.wantsGradient = node.wantsGradient();
    this.rowsPerShard = rowsPerShard;
    int laneCount = stage == Node.Stage.ROWS ? shards : 1;
    this.lanes = new Tensor[laneCount];
    this.saved = new Object[laneCount];
    this.wholeInputs = new Inputs(Plan.WHOLE);
    this.preparation = new NodePass(index, Plan.WHOLE, dtype);
    if (op == null) {
      this.passes = new NodePass[0];
      this.laneInputs = List.of();
    } else {
      this.passes = new NodePass[laneCount];
      List<List<Tensor>> lists = new ArrayList<>();
      for (int lane = 0; lane < laneCount; lane++) {
        passes[lane] = new NodePass(index, lane, dtype);
        lists.add(stage == Node.Stage.ROWS ? new Inputs(lane) : wholeInputs);
      }
      this.laneInputs = List.copyOf(lists);
    }
  }

  /// Undoes what fusion did.
  void asRecorded() {
    op = recordedOp;
    inputs = recordedInputs;
    gradientInputs = recordedInputs;
    leftOut = NONE;
    finish = null;
    derivative = null;
    for (NodePass pass : passes) {
      pass.setPrepared(null); // it was prepared for another op
    }
  }

  /// Executes another op, that also does what the op of input 0 does.
  @SuppressWarnings("unchecked") // what an op saved is given back to the same op only
  void replace(Op<?> both, int between) {
    Slot first = slots.get(between);
    op = (Op<@Nullable Object>) both;
    inputs = IntStream.concat(Arrays.stream(first.inputs), Arrays.stream(inputs).skip(1)).toArray();
    gradientInputs = inputs;
    leftOut = new int[] {between};
  }

  /// Lets the product of which this is the activation finish it.
  void finish(Slot product, Activation activation) {
    finish = new Fused(product, activation);
  }

  /// Sends the gradient by input 0, an activation, on to the activation's input.
  void multiply(Slot activated, Activation activation) {
    int before = activated.recordedInputs[0];
    boolean ofOutput = activation.derivativeOfOutput();
    derivative = new Fused(ofOutput ? activated : slots.get(before), activation);
    gradientInputs = inputs.clone();
    gradientInputs[0] = before;
    leftOut = IntStream.concat(Arrays.stream(leftOut), IntStream.of(activated.index)).toArray();
  }

  /// The nodes that have no gradient of their own because this one does without.
  int[] leftOut() {
    return leftOut;
  }

  /// Decides how the value will be computed, from which inputs, and has the memory for it.
  int[] begin(boolean training) {
    if (op == null) {
      return NONE;
    }
    if (value == null) {
      bind(Tensor.zeros(dtype, shape));
    }
    boolean goes =
        finish != null
            && !finish.slot.computed
            && (finish.activation.derivativeOfOutput() || !training || !wantsGradient);
    finished = goes ? finish : null;
    return finished != null ? finished.slot.inputs : inputs;
  }

  /// Whether backward reads the value of an input.
  boolean readsInputs() {
    return finished == null || !finished.activation.derivativeOfOutput();
  }

  boolean fits(Node node) {
    Op<?> nodeOp = node.op();
    boolean sameOp = recordedOp == null ? nodeOp == null : recordedOp.equals(nodeOp);
    if (!sameOp
        || node.parameter() != parameter
        || node.stage() != stage
        || node.dtype() != dtype
        || node.wantsGradient() != wantsGradient
        || !node.shape().equals(shape)
        || node.inputs().size() != recordedInputs.length) {
      return false;
    }
    for (int i = 0; i < recordedInputs.length; i++) {
      if (node.inputs().get(i).index() != recordedInputs[i]) {
        return false;
      }
    }
    return true;
  }

  /// Makes a tensor this node's value: for leaves, at the start of a run.
  void bind(Tensor tensor) {
    if (value == tensor) {
      return;
    }
    value = tensor;
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = laneOf(tensor, lane);
    }
  }

  /// The rows of one lane in a tensor of this node's shape.
  Tensor laneOf(Tensor whole, int lane) {
    if (lanes.length == 1) {
      return whole;
    }
    int from = lane * rowsPerShard;
    return whole.rows(from, Math.min(from + rowsPerShard, shape.rows()));
  }

  /// Lets the op prepare what its shards share, if there are several.
  void prepare(@Nullable Key key, Workspace workspace) {
    if (lanes.length == 1) {
      return;
    }
    (finished != null ? finished.slot : this).prepareOp(key, workspace);
  }

  private void prepareOp(@Nullable Key key, Workspace workspace) {
    preparation.beginForward(key, workspace.arena(0), null);
    try {
      Object prepared =
          applied()
              .prepare(
                  wholeInputs,
                  input -> slots.get(inputs[input]).wantsGradient,
                  preparation,
                  workspace.workers());
      for (NodePass pass : passes) {
        pass.setPrepared(prepared);
      }
    } finally {
      preparation.end();
    }
  }

  /// Computes one lane, as the given worker.
  void forward(int lane, @Nullable Key key, Workspace workspace, int worker) {
    NodePass pass = (finished != null ? finished.slot : this).passes[lane];
    pass.beginForward(key, workspace.arena(worker), free(workspace));
    try {
      if (finished != null) {
        Slot product = finished.slot;
        product
            .appliedProduct()
            .forward(product.laneInputs.get(lane), finished.activation, lanes[lane], pass);
        saved[lane] = null;
      } else {
        saved[lane] = applied().forward(laneInputs.get(lane), lanes[lane], pass);
      }
    } finally {
      pass.end();
    }
  }

  /// Computes the gradients of one lane, as the given worker.
  void backward(
      int lane,
      Tensor outputGradient,
      GradientSink sink,
      @Nullable Key key,
      Workspace workspace,
      int worker) {
    NodePass pass = passes[lane];
    pass.beginBackward(key, workspace.arena(worker), free(workspace));
    try {
      if (derivative != null) {
        Tensor operand = derivative.slot.value(stage == Node.Stage.ROWS ? lane : Plan.WHOLE);
        appliedProduct()
            .backward(
                laneInputs.get(lane), outputGradient, derivative.activation, operand, sink, pass);
      } else {
        applied()
            .backward(saved[lane], laneInputs.get(lane), lanes[lane], outputGradient, sink, pass);
      }
    } finally {
      pass.end();
    }
  }

  /// Whether the shards leave the gradient by an input to [#sumOverBatch].
  boolean isSummedOverBatch(int input) {
    return stage == Node.Stage.ROWS
        && !applied().rowwise(input)
        && applied().summedOverBatch(input);
  }

  /// Some rows of the gradient by an input, from all rows of the batch.
  void sumOverBatch(
      int input, int from, int to, Tensor outputGradient, double beta, Tensor rows, Pass pass) {
    applied().sumOverBatch(input, from, to, wholeInputs, outputGradient, beta, rows, pass);
  }

  /// The value of one lane; [Plan#WHOLE] for all of it.
  Tensor value(int lane) {
    if (lane == Plan.WHOLE || lanes.length == 1) {
      if (value == null) {
        throw new IllegalStateException("The leaf " + index + " has no value yet.");
      }
      return value;
    }
    return lanes[lane];
  }

  boolean isComputed() {
    return computed || recordedOp == null;
  }

  void setComputed(boolean now) {
    computed = now;
  }

  boolean isApplied() {
    return recordedOp != null;
  }

  /// The op as recorded.
  @Nullable Op<?> recordedOp() {
    return recordedOp;
  }

  /// The inputs as recorded.
  int[] recordedInputs() {
    return recordedInputs;
  }

  /// The op that is executed; where the product finishes an activation, in backward only.
  @Nullable Op<?> op() {
    return op;
  }

  /// Its inputs.
  int[] inputs() {
    return inputs;
  }

  /// The nodes by which it gives gradients: its inputs, but for an activation's.
  int[] gradientInputs() {
    return gradientInputs;
  }

  Shape shape() {
    return shape;
  }

  DType dtype() {
    return dtype;
  }

  Node.Stage stage() {
    return stage;
  }

  boolean wantsGradient() {
    return wantsGradient;
  }

  /// The workers, unless they are at the lanes.
  private @Nullable Workers free(Workspace workspace) {
    return lanes.length == 1 ? workspace.workers() : null;
  }

  private Op<@Nullable Object> applied() {
    if (op == null) {
      throw new IllegalStateException("The leaf " + index + " is not computed.");
    }
    return op;
  }

  private Product appliedProduct() {
    Op<?> any = op;
    if (any instanceof Product found) {
      return found;
    }
    throw new IllegalStateException("The node " + index + " is no product.");
  }

  /// The inputs of one lane, looked up at each access because leaves are bound anew in each run.
  private final class Inputs extends AbstractList<Tensor> {
    private final int lane;

    Inputs(int lane) {
      this.lane = lane;
    }

    @Override
    public Tensor get(int position) {
      Slot slot = slots.get(inputs[position]);
      return slot.value(slot.stage == Node.Stage.ROWS ? lane : Plan.WHOLE);
    }

    @Override
    public int size() {
      return inputs.length;
    }
  }
}
