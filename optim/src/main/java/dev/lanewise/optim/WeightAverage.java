package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.transform.PerParameter;
import java.util.ArrayList;
import java.util.List;

/// The average of the weights of a running training.
final class WeightAverage {
  /// How many elements a thread takes at once, unless one row has more.
  private static final int PIECE = 1 << 14;

  private final Averaging averaging;
  private final PerParameter averages;
  private final List<Piece> pieces = new ArrayList<>();
  private final Workspace workspace;

  /// Some rows of a parameter's weights and of their average.
  private record Piece(Tensor weights, Tensor average) {
    void follow(double rate) {
      if (rate == 1) {
        TensorMath.copy(weights, average);
      } else {
        TensorMath.scale(1 - rate, average, average);
        TensorMath.axpy(rate, weights, average);
      }
    }

    void exchange(Tensor spare) {
      TensorMath.copy(weights, spare);
      TensorMath.copy(average, weights);
      TensorMath.copy(spare, average);
    }
  }

  /// An average that is the present weights.
  WeightAverage(Averaging averaging, Parameters parameters, Workspace workspace) {
    this.averaging = averaging;
    this.averages = PerParameter.copiesOf(parameters);
    this.workspace = workspace;
    List<Parameter> all = parameters.list();
    for (int i = 0; i < all.size(); i++) {
      cut(all.get(i).value(), averages.get(i));
    }
  }

  /// Looks at the weights after a step.
  void follow(long step) {
    double rate = averaging.rate(step);
    if (rate > 0) {
      workspace.share(pieces.size(), (piece, worker) -> pieces.get(piece).follow(rate));
    }
  }

  /// Puts the average in the place of the weights and the weights in that of the average; once more
  /// brings them back.
  void exchange() {
    for (Piece piece : pieces) {
      piece.exchange(Tensor.zeros(piece.weights.dtype(), piece.weights.shape()));
    }
  }

  /// The averages, one for each parameter.
  PerParameter averages() {
    return averages;
  }

  private void cut(Tensor weights, Tensor average) {
    if (weights.size() <= PIECE) {
      pieces.add(new Piece(weights, average));
      return;
    }
    int rows = weights.shape().rows();
    int each = Math.max(1, PIECE / weights.shape().rowSize());
    for (int from = 0; from < rows; from += each) {
      int to = Math.min(from + each, rows);
      pieces.add(new Piece(weights.rows(from, to), average.rows(from, to)));
    }
  }
}
