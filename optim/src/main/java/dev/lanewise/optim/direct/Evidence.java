package dev.lanewise.optim.direct;

/// How good weights are, measured on the rows themselves.
///
/// @param objective the mean loss of a row, plus `½·λ·‖W‖²`
/// @param gradient the largest element of its gradient by W and b
record Evidence(double objective, double gradient) {
  static Evidence measure(
      Examples examples, double[] weight, double[] bias, RowLoss loss, double l2) {
    int features = examples.features();
    int outputs = bias.length;
    int targets = examples.outputs();
    double[] gradient = new double[(features + 1) * outputs]; // the biases' is last
    double[] y = new double[outputs];
    double[] byOutput = new double[outputs];
    double[] sum = {0};
    examples.forEachBlock(
        (count, x, t) -> {
          for (int row = 0; row < count; row++) {
            System.arraycopy(bias, 0, y, 0, outputs);
            for (int i = 0; i < weight.length; i++) {
              y[i % outputs] += x[row * features + i / outputs] * weight[i];
            }
            sum[0] += loss.evaluate(y, t, row * targets, byOutput);
            for (int i = 0; i < weight.length; i++) {
              gradient[i] += x[row * features + i / outputs] * byOutput[i % outputs];
            }
            for (int output = 0; output < outputs; output++) {
              gradient[weight.length + output] += byOutput[output];
            }
          }
        });
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < gradient.length; i++) {
      double w = i < weight.length ? weight[i] : 0;
      squares += w * w;
      largest = Math.max(largest, Math.abs(gradient[i] / examples.rows() + l2 * w));
    }
    return new Evidence(sum[0] / examples.rows() + 0.5 * l2 * squares, largest);
  }
}
