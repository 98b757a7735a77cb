package dev.lanewise.bench.peers;

import java.util.List;
import java.util.Map;

/// What one fork measured at one cell; all lists have an entry for each round.
///
/// @param fork the fork's number, from 1
/// @param cell what was computed
/// @param bandwidth bytes per second of a copy beyond the caches, once in the fork
/// @param peaks FLOP/s of fused multiply-adds
/// @param seconds what a call took
/// @param garbage the bytes that a call of ours left behind where it must leave none: 0, or a
///     failure
record Outcome(
    int fork,
    Cell cell,
    double bandwidth,
    List<Double> peaks,
    Map<Library, List<Double>> seconds,
    double garbage) {}
