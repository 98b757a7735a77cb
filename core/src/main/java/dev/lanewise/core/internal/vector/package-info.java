/// The vector kernels: the only package that imports `jdk.incubator.vector`. Internal to `core`.
///
/// How a loop stays fast. A vector is an object until the compiler has inlined every method that it
/// passes through; one call left over, and each vector is boxed, at ten times the cost. C2 stops
/// inlining methods of ours into a compilation that has grown to 18,000 nodes
/// (`NodeCountInliningCutoff`), which some thirty vector operations reach; the Vector API's own
/// methods are exempt. So in a loop all calls of ours that take or give a vector come before
/// the long arithmetic, and what follows it is written out. `KernelAllocationTest` notices when a
/// vector is boxed.
@NullMarked
package dev.lanewise.core.internal.vector;

import org.jspecify.annotations.NullMarked;
