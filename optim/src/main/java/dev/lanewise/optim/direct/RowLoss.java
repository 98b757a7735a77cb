package dev.lanewise.optim.direct;

/// The loss of one row as a convex function of the model's outputs there.
@FunctionalInterface
interface RowLoss {
  /// Computes the loss and its gradient.
  ///
  /// @param outputs y
  /// @param targets the targets of many rows
  /// @param from where this row's begin
  /// @param gradient the output, as long as y
  /// @return the loss
  double evaluate(double[] outputs, double[] targets, int from, double[] gradient);

  /// `½‖y − t‖²`.
  static double halfSquares(double[] outputs, double[] targets, int from, double[] gradient) {
    double loss = 0;
    for (int k = 0; k < outputs.length; k++) {
      gradient[k] = outputs[k] - targets[from + k];
      loss += 0.5 * gradient[k] * gradient[k];
    }
    return loss;
  }

  /// A loss that Newton's method takes.
  interface Curved extends RowLoss {
    /// Computes the second derivatives.
    ///
    /// @param outputs y
    /// @param curvature the output, row-major, symmetric
    void curvature(double[] outputs, double[] curvature);

    /// Whether the row is strictly on its right side: its loss falls to its infimum, which it never
    /// reaches, as y is multiplied by ever larger numbers.
    ///
    /// @param outputs y
    /// @param targets the targets of many rows
    /// @param from where this row's begin
    /// @return whether it is
    boolean isRight(double[] outputs, double[] targets, int from);
  }

  /// `log Σⱼ exp yⱼ − y_t` for the class t.
  final class SoftmaxOfClass implements Curved {
    @Override
    public double evaluate(double[] outputs, double[] targets, int from, double[] gradient) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double y : outputs) {
        largest = Math.max(largest, y);
      }
      double sum = 0;
      for (int k = 0; k < outputs.length; k++) {
        gradient[k] = Math.exp(outputs[k] - largest);
        sum += gradient[k];
      }
      int target = (int) targets[from];
      double others = 0;
      for (int k = 0; k < outputs.length; k++) {
        gradient[k] /= sum;
        others += k == target ? 0 : gradient[k];
      }
      gradient[target] = -others; // p − 1 would cancel where p is nearly 1
      // Where the target's output is the largest, log1p of the others keeps all digits.
      return outputs[target] == largest
          ? Math.log1p(others / (1 - others))
          : Math.log(sum) + largest - outputs[target];
    }

    @Override
    public void curvature(double[] outputs, double[] curvature) {
      int count = outputs.length;
      double largest = Double.NEGATIVE_INFINITY;
      for (double y : outputs) {
        largest = Math.max(largest, y);
      }
      double sum = 0;
      for (double y : outputs) {
        sum += Math.exp(y - largest);
      }
      for (int k = 0; k < count; k++) {
        double diagonal = 0;
        for (int j = 0; j < count; j++) {
          double product =
              Math.exp(outputs[k] - largest) / sum * (Math.exp(outputs[j] - largest) / sum);
          if (j != k) {
            curvature[k * count + j] = -product;
            diagonal += product;
          }
        }
        curvature[k * count + k] = diagonal; // p(1 − p), without cancelling
      }
    }

    @Override
    public boolean isRight(double[] outputs, double[] targets, int from) {
      int target = (int) targets[from];
      for (int k = 0; k < outputs.length; k++) {
        if (k != target && !(outputs[k] < outputs[target])) {
          return false;
        }
      }
      return true;
    }
  }

  /// `t·softplus(−y) + (1 − t)·softplus(y)` of a single output.
  final class Logistic implements Curved {
    @Override
    public double evaluate(double[] outputs, double[] targets, int from, double[] gradient) {
      double y = outputs[0];
      double t = targets[from];
      double tail = Math.exp(-Math.abs(y));
      double positive = y >= 0 ? 1 / (1 + tail) : tail / (1 + tail); // σ(y)
      double negative = y >= 0 ? tail / (1 + tail) : 1 / (1 + tail); // σ(−y)
      gradient[0] = (1 - t) * positive - t * negative;
      double log = Math.log1p(tail);
      return t * (log + Math.max(-y, 0)) + (1 - t) * (log + Math.max(y, 0));
    }

    @Override
    public void curvature(double[] outputs, double[] curvature) {
      double tail = Math.exp(-Math.abs(outputs[0]));
      curvature[0] = tail / ((1 + tail) * (1 + tail));
    }

    @Override
    public boolean isRight(double[] outputs, double[] targets, int from) {
      double t = targets[from];
      return t == 1 ? outputs[0] > 0 : t == 0 && outputs[0] < 0;
    }
  }
}
