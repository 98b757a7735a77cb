/// The vector kernels: the only package that imports `jdk.incubator.vector`. Internal to `core`.
///
/// How a loop stays fast. A vector is an object until the compiler has inlined every method that it
/// passes through; one call left over, and each vector is boxed, at ten times the cost. The Vector
/// API's own methods are always inlined, but C2 refuses methods of ours in two cases: where a
/// compilation has grown to 18,000 nodes (`NodeCountInliningCutoff`), which some thirty vector
/// operations reach, and beside a long loop (`low call site frequency`). So vectors are made by the
/// Vector API itself; the calls of ours that take or give one come in the loop before the long
/// arithmetic; and what follows that is written out. `DoubleKernelAllocationTest` notices when a
/// vector is boxed.
@NullMarked
package dev.lanewise.core.internal.vector;

import org.jspecify.annotations.NullMarked;
