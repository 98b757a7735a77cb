package dev.lanewise.bench.peers;

/// A network of some library that trains on a [TrainingProblem].
interface Trainee extends AutoCloseable {
  /// Trains for some epochs.
  ///
  /// @return the loss at the last step of each, before its update; ours gives the epoch's mean
  double[] train(int epochs);

  @Override
  void close();
}
