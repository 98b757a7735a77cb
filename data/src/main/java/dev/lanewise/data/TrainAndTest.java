package dev.lanewise.data;

/// A set that comes in two parts: one to learn from and one that is kept for the final test.
///
/// @param train the training part
/// @param test the test part
/// @param <D> the kind of dataset
public record TrainAndTest<D extends Dataset>(D train, D test) {}
