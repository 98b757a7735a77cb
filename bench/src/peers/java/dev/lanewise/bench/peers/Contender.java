package dev.lanewise.bench.peers;

/// A library that is ready to compute a cell: operands and result lie where the library likes them
/// best, off the heap or in its own order; only the call is timed.
///
/// @param library who
/// @param call computes the cell anew
/// @param verify throws an [AssertionError] if what was computed last is wrong
/// @param close gives back memory and threads
record Contender(Library library, Runnable call, Runnable verify, Runnable close) {
  Contender(Library library, Runnable call, Runnable verify) {
    this(library, call, verify, () -> {});
  }
}
