/// The scalar kernels: obvious loops, the oracle of the vector kernels, their fallback and their
/// twin in benchmarks. Internal to `core`.
@NullMarked
package dev.lanewise.core.internal.scalar;

import org.jspecify.annotations.NullMarked;
