package dev.lanewise.data;

import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dataset, epoch after epoch, in batches of rows.
///
/// ```java
/// Batches batches = Batches.shuffled(training, 128, DType.FLOAT32, Key.of(1));
/// for (int step = 0; step < batches.perEpoch(); step++) {
///   Batches.Batch batch = batches.load(epoch, step);
///   …
/// }
/// ```
///
/// Which rows a batch holds depends on the key, the epoch and the step alone, so training resumes
/// anywhere by asking for the step that comes next. Each epoch has every row exactly once; its last
/// batch is smaller when the batch size does not divide the number of rows, unless
/// [#withoutPartial()] leaves that one out.
///
/// The tensors are made once, and each load overwrites them: a batch is good until the next one is
/// loaded. An object serves one thread at a time, which may share the copying out to others.
public final class Batches {
  /// How many features a thread copies at a time, at least: with fewer it takes longer to call it.
  private static final int SMALLEST_PIECE = 1 << 13;

  private final Dataset dataset;
  private final int batchSize;
  private final DType dtype;
  private final @Nullable Key key;
  private final boolean keepPartial;
  private final int[] order;
  private final Block full;
  private final Block partial;
  private long orderedEpoch = -1;

  /// Features and targets of the same rows.
  ///
  /// @param features the features, of shape `[n, …]`
  /// @param targets the targets, of shape `[n, …]`
  public record Batch(Tensor features, Tensor targets) {}

  /// The tensors of a batch, and the pieces in which they are filled.
  private static final class Block {
    final Batch batch;
    final List<Piece> pieces = new ArrayList<>();

    Block(int rows, Tensor features, Tensor targets) {
      this.batch = new Batch(features.rows(0, rows), targets.rows(0, rows));
      int each = Math.ceilDiv(SMALLEST_PIECE, Math.max(1, features.shape().rowSize()));
      for (int from = 0; from < rows; from += each) {
        pieces.add(new Piece(from, Math.min(from + each, rows), features, targets));
      }
    }
  }

  /// Some rows of a batch.
  private static final class Piece {
    final int from;
    final int[] rows;
    final Tensor features;
    final Tensor targets;

    Piece(int from, int to, Tensor features, Tensor targets) {
      this.from = from;
      this.rows = new int[to - from];
      this.features = features.rows(from, to);
      this.targets = targets.rows(from, to);
    }

    void fill(Dataset dataset, int[] order, int start) {
      System.arraycopy(order, start + from, rows, 0, rows.length);
      dataset.copyRows(rows, features, targets);
    }
  }

  private Batches(
      Dataset dataset, int batchSize, DType dtype, @Nullable Key key, boolean keepPartial) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "The batch size must be at least 1, but is " + batchSize + ".");
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.dtype = dtype;
    this.key = key;
    this.keepPartial = keepPartial;
    this.order = new int[dataset.size()];
    int fullRows = Math.min(batchSize, dataset.size());
    int partialRows = dataset.size() % batchSize;
    Tensor features = Tensor.zeros(dtype, dataset.featureBatch(fullRows));
    Tensor targets = Tensor.zeros(dtype, dataset.targetBatch(fullRows));
    this.full = new Block(fullRows, features, targets);
    this.partial = new Block(partialRows, features, targets);
  }

  /// Batches in a random order, another one in each epoch.
  ///
  /// @param dataset the rows
  /// @param batchSize how many rows make a full batch
  /// @param dtype the element type of the batches
  /// @param key the key of the order
  /// @return the batches
  /// @throws IllegalArgumentException if the batch size is not positive
  public static Batches shuffled(Dataset dataset, int batchSize, DType dtype, Key key) {
    return new Batches(dataset, batchSize, dtype, key, true);
  }

  /// Batches in the order of the rows, the same in each epoch.
  ///
  /// @param dataset the rows
  /// @param batchSize how many rows make a full batch
  /// @param dtype the element type of the batches
  /// @return the batches
  /// @throws IllegalArgumentException if the batch size is not positive
  public static Batches inOrder(Dataset dataset, int batchSize, DType dtype) {
    return new Batches(dataset, batchSize, dtype, null, true);
  }

  /// The same batches, but without a last one that is smaller than the others; the rows left out
  /// differ from epoch to epoch when the order does.
  ///
  /// @return new batches with their own tensors
  public Batches withoutPartial() {
    return new Batches(dataset, batchSize, dtype, key, false);
  }

  /// The number of batches in one epoch.
  ///
  /// @return the number of steps; 0 for a dataset without rows
  public int perEpoch() {
    int fullBatches = dataset.size() / batchSize;
    return keepPartial && dataset.size() % batchSize > 0 ? fullBatches + 1 : fullBatches;
  }

  /// Fills the tensors with one batch.
  ///
  /// @param epoch the epoch, from 0 on
  /// @param step the step within the epoch, from 0 on
  /// @return the batch, good until the next one is loaded
  /// @throws IndexOutOfBoundsException if there is no such epoch or step
  public Batch load(long epoch, int step) {
    Block block = begin(epoch, step);
    int start = step * batchSize;
    for (Piece piece : block.pieces) {
      piece.fill(dataset, order, start);
    }
    return block.batch;
  }

  /// Fills the tensors with one batch, to the bit as [#load(long, int)]; threads share the rows.
  ///
  /// @param epoch the epoch, from 0 on
  /// @param step the step within the epoch, from 0 on
  /// @param workspace whose threads they are
  /// @return the batch, good until the next one is loaded
  /// @throws IndexOutOfBoundsException if there is no such epoch or step
  public Batch load(long epoch, int step, Workspace workspace) {
    Block block = begin(epoch, step);
    int start = step * batchSize;
    workspace.share(
        block.pieces.size(),
        (piece, worker) -> block.pieces.get(piece).fill(dataset, order, start));
    return block.batch;
  }

  private Block begin(long epoch, int step) {
    if (epoch < 0 || step < 0 || step >= perEpoch()) {
      throw new IndexOutOfBoundsException(
          "There is no step "
              + step
              + " of epoch "
              + epoch
              + ": an epoch has "
              + perEpoch()
              + " steps.");
    }
    if (epoch != orderedEpoch) {
      setOrder(epoch);
    }
    return order.length - step * batchSize >= batchSize ? full : partial;
  }

  private void setOrder(long epoch) {
    Arrays.setAll(order, row -> row);
    if (key != null) {
      Shuffle.shuffle(order, key.with("order").with(epoch));
    }
    orderedEpoch = epoch;
  }
}
