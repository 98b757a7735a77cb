package dev.lanewise.bench.peers;

import java.util.List;

/// A cell and all who compute it, ours among them.
///
/// @param cell what is computed
/// @param contenders who computes it
/// @param allocatesNothing whether a call of ours must leave no garbage
record Race(Cell cell, List<Contender> contenders, boolean allocatesNothing)
    implements AutoCloseable {
  @Override
  public void close() {
    contenders.forEach(contender -> contender.close().run());
  }
}
