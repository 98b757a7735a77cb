package dev.lanewise.experiments.run;

import dev.lanewise.core.tensor.DType;
import java.util.List;

/// What a user can set about a run: the flags of `train`.
///
/// @param data a built-in set or a folder
/// @param hidden the units of each hidden layer
/// @param activation the activation's name
/// @param loss the loss's name; `auto` until the data decided
/// @param optimizer the optimizer's name
/// @param lr the learning rate
/// @param batch the rows of a batch
/// @param epochs how many epochs at most
/// @param l2 λ of the penalty ½λ‖w‖²
/// @param dropout the rate of dropout after each hidden layer
/// @param average the decay per step of the weights' moving average, which is the model; 0 for none
/// @param patience how many epochs without progress end the run
/// @param minDelta what counts as progress
/// @param validation the fraction of the training part for validation
/// @param seed what everything random derives from
/// @param dtype the element type's name
/// @param threads how many threads compute; changes no result
public record TrainSettings(
    String data,
    List<Integer> hidden,
    String activation,
    String loss,
    String optimizer,
    double lr,
    int batch,
    int epochs,
    double l2,
    double dropout,
    double average,
    int patience,
    double minDelta,
    double validation,
    long seed,
    String dtype,
    int threads) {
  /// Settings.
  public TrainSettings {
    hidden = List.copyOf(hidden);
  }

  /// The element type.
  ///
  /// @return what `dtype` names
  /// @throws InputException if it names none
  public DType elementType() {
    try {
      return DType.of(dtype);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  TrainSettings withLoss(String name) {
    return new TrainSettings(
        data,
        hidden,
        activation,
        name,
        optimizer,
        lr,
        batch,
        epochs,
        l2,
        dropout,
        average,
        patience,
        minDelta,
        validation,
        seed,
        dtype,
        threads);
  }
}
