/// Measurements, by JMH: kernels against the processor's peak, and training steps. One command runs
/// them, [dev.lanewise.bench.BenchMain]. Every benchmark says how much [dev.lanewise.bench.Work] it
/// does, is held against the [dev.lanewise.bench.Peak] measured beside it, and asserts its result.
@NullMarked
package dev.lanewise.bench;

import org.jspecify.annotations.NullMarked;
