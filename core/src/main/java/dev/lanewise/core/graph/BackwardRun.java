package dev.lanewise.core.graph;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One backward pass over a plan, with its gradients: error signals go from a root back through the
/// stages, and are summed where a value fanned out ([Sink]). [Fusion] may leave some out.
///
/// The gradient of a whole (a parameter, say) by an op on the batch's rows comes in one of two
/// ways. Most ops of that kind sum it over all rows at once when the shards are done
/// ([Op#sumOverBatch]), in pieces of rows of the gradient. Otherwise what every shard contributes
/// is kept apart at first and then added in the shards' order, `((g₀ + g₁) + g₂) + …`, each element
/// by itself. Either way the pieces are shared out over threads, and bits do not depend on how.
final class BackwardRun {
  /// How many elements one worker adds at a time.
  private static final int CHUNK = 1 << 14;

  /// How many elements a piece of a sum over the batch has at least.
  private static final int SMALLEST_PIECE = 1 << 12;

  /// And about how many at most: such a piece of a product stays in the caches.
  private static final int LARGEST_PIECE = 1 << 17;

  /// How many such pieces there are for each of several workers: they rarely get ahead evenly.
  private static final int PIECES_PER_WORKER = 2;

  private final List<Slot> slots;
  private Place[] places = new Place[0];

  BackwardRun(List<Slot> slots) {
    this.slots = slots;
  }

  /// The gradient of a node, or null if it has none.
  @Nullable Tensor gradient(int index) {
    return index < places.length && places[index].active ? places[index].whole() : null;
  }

  /// Whether a node has a gradient that fusion left out.
  boolean isLeftOut(int index) {
    return index < places.length && places[index].leftOut && !places[index].active;
  }

  void execute(
      int root, Tensor outputGradient, int shards, @Nullable Key key, Workspace workspace) {
    activate(root, shards);
    TensorMath.copy(outputGradient, places[root].whole());
    places[root].wholeWritten = true;
    backward(root, Node.Stage.LATE, 0, key, workspace, 0);
    workspace
        .workers()
        .run(
            shards,
            (shard, worker) -> backward(root, Node.Stage.ROWS, shard, key, workspace, worker));
    addShards(root, workspace);
    sumOverBatch(root, key != null, workspace);
    backward(root, Node.Stage.EARLY, 0, key, workspace, 0);
  }

  private void activate(int root, int shards) {
    int known = places.length;
    if (known < slots.size()) {
      places = Arrays.copyOf(places, slots.size());
      for (int i = known; i < places.length; i++) {
        places[i] = new Place(slots.get(i), shards);
        int[] inputs = slots.get(i).inputs();
        for (int input = 0; input < inputs.length; input++) {
          if (slots.get(i).isSummedOverBatch(input)) {
            places[inputs[input]].sums.addFirst(new BatchSum(places[i], input));
          }
        }
      }
    }
    for (Place place : places) {
      place.reset();
    }
    places[root].active = true;
    places[root].whole();
    for (int i = root; i >= 0; i--) {
      if (!places[i].active) {
        continue;
      }
      boolean rows = slots.get(i).stage() == Node.Stage.ROWS;
      for (int each : slots.get(i).leftOut()) {
        places[each].leftOut |= slots.get(each).wantsGradient();
      }
      int[] inputs = slots.get(i).gradientInputs();
      for (int input = 0; input < inputs.length; input++) {
        Place place = places[inputs[input]];
        if (place.slot.wantsGradient()) {
          place.active = true;
          place.whole(); // allocated here, before the shards' workers could both try
        }
        place.summedOverShards |=
            rows && place.slot.stage() != Node.Stage.ROWS && !slots.get(i).isSummedOverBatch(input);
      }
    }
  }

  private void backward(
      int root, Node.Stage stage, int lane, @Nullable Key key, Workspace workspace, int worker) {
    for (int i = root; i >= 0; i--) {
      Place place = places[i];
      Slot slot = place.slot;
      if (place.active && slot.isApplied() && slot.stage() == stage) {
        Sink sink = place.sink(lane);
        sink.begin();
        slot.backward(lane, place.of(lane), sink, key, workspace, worker);
        sink.end();
      }
    }
  }

  /// All gradients at once, so that the workers meet once and not for every parameter.
  private void addShards(int root, Workspace workspace) {
    List<Tensor[]> chunks = new ArrayList<>();
    for (int i = root; i >= 0; i--) {
      if (places[i].active && places[i].summedOverShards) {
        chunks.addAll(places[i].chunks());
      }
    }
    workspace.workers().run(chunks.size(), (chunk, worker) -> addInOrder(chunks.get(chunk)));
    for (int i = root; i >= 0; i--) {
      Place place = places[i];
      if (place.active && place.summedOverShards) {
        if (place.wholeWritten) {
          TensorMath.add(place.whole(), place.fromShard(0), place.whole());
        }
        place.wholeWritten = true;
      }
    }
  }

  /// Again all gradients at once; the first layers' first, since theirs are the largest as a rule.
  private void sumOverBatch(int root, boolean training, Workspace workspace) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i <= root; i++) {
      if (places[i].active && places[i].hasActiveSum()) {
        pieces.addAll(places[i].pieces(workspace.threads()));
      }
    }
    workspace
        .workers()
        .run(
            pieces.size(),
            (piece, worker) -> pieces.get(piece).sum(training, workspace.arena(worker)));
    for (int i = 0; i <= root; i++) {
      places[i].wholeWritten |= places[i].active && places[i].hasActiveSum();
    }
  }

  private static void addInOrder(Tensor[] parts) {
    for (int shard = 1; shard < parts.length; shard++) {
      TensorMath.add(parts[0], parts[shard], parts[0]);
    }
  }

  /// An op on the batch's rows that leaves the gradient by an input to [Op#sumOverBatch].
  private record BatchSum(Place consumer, int input) {}

  /// Some rows of a gradient that is summed over the batch.
  private static final class Piece {
    private final Place place;
    private final int from;
    private final int to;
    private final Tensor rows;
    private final NodePass pass;

    /// All of it.
    Piece(Place place) {
      this(place, 0, place.slot.shape().rank() == 0 ? 1 : place.slot.shape().rows(), place.whole());
    }

    Piece(Place place, int from, int to) {
      this(place, from, to, place.whole().rows(from, to));
    }

    private Piece(Place place, int from, int to, Tensor rows) {
      this.place = place;
      this.from = from;
      this.to = to;
      this.rows = rows;
      this.pass = new NodePass(0, 0, rows.dtype());
    }

    void sum(boolean training, Arena arena) {
      boolean written = place.wholeWritten;
      for (BatchSum each : place.sums) {
        if (each.consumer.active) {
          pass.beginSum(training, arena);
          try {
            each.consumer.slot.sumOverBatch(
                each.input, from, to, each.consumer.whole(), written ? 1 : 0, rows, pass);
          } finally {
            pass.end();
          }
          written = true;
        }
      }
    }
  }

  /// The gradient of one node: as a whole, by lanes, and as every shard contributes to it.
  private final class Place {
    private final Slot slot;
    private final int shards;
    private final @Nullable Tensor[] lanes;
    private final @Nullable Tensor[] contributions;
    private final boolean[] laneWritten;
    private final @Nullable Sink[] sinks;
    private final List<BatchSum> sums = new ArrayList<>(); // the last to consume this node first
    private @Nullable List<Piece> batchPieces;
    private @Nullable Tensor whole;
    private @Nullable Tensor firstContribution;
    private @Nullable List<Tensor[]> chunks;
    private @Nullable Tensor chunksOf;

    boolean active;
    boolean leftOut;
    boolean wholeWritten;
    boolean summedOverShards;

    Place(Slot slot, int shards) {
      this.slot = slot;
      this.shards = shards;
      this.lanes = new Tensor[shards];
      this.contributions = new Tensor[shards];
      this.laneWritten = new boolean[shards];
      this.sinks = new Sink[shards];
    }

    void reset() {
      active = false;
      leftOut = false;
      wholeWritten = false;
      summedOverShards = false;
      Arrays.fill(laneWritten, false);
    }

    Tensor whole() {
      if (whole == null) {
        whole = Tensor.zeros(slot.dtype(), slot.shape());
      }
      return whole;
    }

    /// The gradient of this node's own lane.
    Tensor of(int lane) {
      Tensor view = lanes[lane];
      if (view == null) {
        view = slot.laneOf(whole(), lane);
        lanes[lane] = view;
      }
      return view;
    }

    /// Where a shard adds to the gradient of a node that is computed in one piece. The first shard
    /// writes straight into the whole, unless something is there already.
    Tensor fromShard(int shard) {
      if (shard == 0) {
        if (!wholeWritten) {
          return whole();
        }
        if (firstContribution == null) {
          firstContribution = Tensor.zeros(slot.dtype(), slot.shape());
        }
        return firstContribution;
      }
      Tensor contribution = contributions[shard];
      if (contribution == null) {
        contribution = Tensor.zeros(slot.dtype(), slot.shape());
        contributions[shard] = contribution;
      }
      return contribution;
    }

    /// The shards' contributions in pieces: `pieces.get(i)[s]` is the i-th piece from shard s.
    List<Tensor[]> chunks() {
      Tensor first = fromShard(0);
      List<Tensor[]> pieces = chunks;
      if (pieces != null && chunksOf == first) {
        return pieces;
      }
      pieces = new ArrayList<>();
      int size = slot.shape().size();
      for (int from = 0; from < size; from += CHUNK) {
        Tensor[] parts = new Tensor[shards];
        for (int shard = 0; shard < shards; shard++) {
          Tensor flat = fromShard(shard).reshape(Shape.of(size));
          parts[shard] = flat.rows(from, Math.min(from + CHUNK, size));
        }
        pieces.add(parts);
      }
      chunks = pieces;
      chunksOf = first;
      return pieces;
    }

    boolean hasActiveSum() {
      for (BatchSum each : sums) {
        if (each.consumer.active) {
          return true;
        }
      }
      return false;
    }

    /// Equal pieces, fewer for one thread alone.
    List<Piece> pieces(int threads) {
      if (batchPieces == null) {
        batchPieces = cut(threads);
      }
      return batchPieces;
    }

    private List<Piece> cut(int threads) {
      Shape shape = slot.shape();
      if (shape.rank() < 2 || shape.size() == 0) {
        return List.of(new Piece(this));
      }
      int most = Math.min(shape.rows(), shape.size() / SMALLEST_PIECE);
      int least = (shape.size() - 1) / LARGEST_PIECE + 1;
      int wanted = threads == 1 ? least : Math.max(least, PIECES_PER_WORKER * threads);
      int count = Math.clamp(wanted, 1, Math.max(1, most));
      List<Piece> cut = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int from = (int) ((long) shape.rows() * i / count);
        int to = (int) ((long) shape.rows() * (i + 1) / count);
        cut.add(new Piece(this, from, to));
      }
      return cut;
    }

    Sink sink(int lane) {
      Sink sink = sinks[lane];
      if (sink == null) {
        sink = new Sink(slot, lane);
        sinks[lane] = sink;
      }
      return sink;
    }
  }

  /// Where one op writes, in one lane. Error signals are summed here and nowhere else: the first to
  /// reach a node's gradient overwrites it, the others add; an op with the same node at several
  /// positions writes the later ones aside, and they are added when it is done.
  private final class Sink implements GradientSink {
    private final Slot consumer;
    private final int lane;
    private final boolean[] asked;
    private final @Nullable Tensor[] aside;

    Sink(Slot consumer, int lane) {
      this.consumer = consumer;
      this.lane = lane;
      this.asked = new boolean[consumer.gradientInputs().length];
      this.aside = new Tensor[consumer.gradientInputs().length];
    }

    void begin() {
      Arrays.fill(asked, false);
    }

    void end() {
      for (int input = 0; input < asked.length; input++) {
        if (!needs(input)) {
          continue;
        }
        if (isRepeated(input)) {
          if (asked[input]) {
            TensorMath.add(target(input), buffer(input), target(input));
          }
          continue;
        }
        if (!asked[input] && !isWritten(input)) {
          TensorMath.fill(0, target(input));
        }
        setWritten(input);
      }
    }

    @Override
    public boolean needs(int input) {
      return place(input).active && !consumer.isSummedOverBatch(input);
    }

    @Override
    public Tensor buffer(int input) {
      if (!needs(input)) {
        throw new IllegalStateException(
            "The gradient by input " + input + " is not needed: ask needs() first.");
      }
      asked[input] = true;
      if (!isRepeated(input)) {
        return target(input);
      }
      Tensor buffer = aside[input];
      if (buffer == null) {
        buffer = Tensor.zeros(place(input).slot.dtype(), target(input).shape());
        aside[input] = buffer;
      }
      return buffer;
    }

    @Override
    public double beta(int input) {
      return isRepeated(input) || !isWritten(input) ? 0 : 1;
    }

    private Place place(int input) {
      return places[consumer.gradientInputs()[input]];
    }

    private boolean isRepeated(int input) {
      int[] inputs = consumer.gradientInputs();
      for (int earlier = 0; earlier < input; earlier++) {
        if (inputs[earlier] == inputs[input] && needs(earlier)) {
          return true;
        }
      }
      return false;
    }

    private boolean byShard(Place place) {
      return consumer.stage() == Node.Stage.ROWS && place.slot.stage() != Node.Stage.ROWS;
    }

    private Tensor target(int input) {
      Place place = place(input);
      if (byShard(place)) {
        return place.fromShard(lane);
      }
      return consumer.stage() == Node.Stage.ROWS ? place.of(lane) : place.whole();
    }

    private boolean isWritten(int input) {
      Place place = place(input);
      if (byShard(place)) {
        return place.laneWritten[lane];
      }
      return consumer.stage() == Node.Stage.ROWS
          ? place.wholeWritten || place.laneWritten[lane]
          : place.wholeWritten;
    }

    private void setWritten(int input) {
      Place place = place(input);
      if (consumer.stage() == Node.Stage.ROWS) {
        place.laneWritten[lane] = true;
      } else {
        place.wholeWritten = true;
      }
    }
  }
}
