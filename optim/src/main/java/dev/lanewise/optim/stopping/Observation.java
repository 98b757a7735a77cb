package dev.lanewise.optim.stopping;

import dev.lanewise.optim.metric.Metrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is known after an epoch.
///
/// @param values the metrics by name: `train_loss`, `validation_loss`, `validation_accuracy`, …
/// @param seconds how long the epoch took
public record Observation(Map<String, Double> values, double seconds) {
  /// The name of the number that a policy looks at unless it names a metric.
  public static final String MONITORED = "monitored";

  /// The name of the training loss.
  public static final String TRAINING_LOSS = "train_loss";

  /// What the names of validation metrics begin with.
  public static final String VALIDATION = "validation_";

  /// An observation.
  ///
  /// @throws IllegalArgumentException if the time is negative or NaN
  public Observation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException(
          "An epoch's seconds must be at least 0, but are " + seconds + ".");
    }
  }

  /// The usual names for an epoch's metrics.
  ///
  /// @param trainingLoss the mean loss of a row in training
  /// @param validation the metrics on the validation set, if there is one
  /// @param seconds how long the epoch took
  /// @return the observation
  /// @throws IllegalArgumentException if the time is negative or NaN
  public static Observation of(double trainingLoss, Optional<Metrics> validation, double seconds) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TRAINING_LOSS, trainingLoss);
    validation.ifPresent(
        metrics -> {
          values.put(VALIDATION + "loss", metrics.loss());
          metrics.others().forEach((name, value) -> values.put(VALIDATION + name, value));
        });
    return new Observation(values, seconds);
  }

  /// This observation with one more metric, or another value of it.
  ///
  /// @param name the metric's name
  /// @param value its value
  /// @return a new observation
  public Observation with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Observation(more, seconds);
  }

  /// The value of a metric.
  ///
  /// @param metric its name
  /// @return the value
  /// @throws IllegalArgumentException if there is no such metric; the message lists those there are
  public double value(String metric) {
    Double value = values.get(metric);
    if (value == null) {
      throw new IllegalArgumentException(
          "Early stopping cannot monitor '"
              + metric
              + "': there is only "
              + String.join(", ", values.keySet())
              + ".");
    }
    return value;
  }
}
