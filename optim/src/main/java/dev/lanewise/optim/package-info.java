/// Training: gradient transforms and the optimizers chained from them, early stopping, evaluation,
/// and the trainer. A transform's state belongs to whoever runs it, early stopping is a function
/// from state to verdict, and observers are told what happens but cannot alter it. Epochs and steps
/// are counted from 1.
@NullMarked
package dev.lanewise.optim;

import org.jspecify.annotations.NullMarked;
