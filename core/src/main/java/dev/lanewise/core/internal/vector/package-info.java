/// The vector kernels: the only package that imports `jdk.incubator.vector`. Internal to `core`.
///
/// How a loop stays fast, in every start of the JVM. A vector is an object until the compiler has
/// inlined every method that it passes through; one call left over, and each vector is boxed, at
/// ten times the cost. The Vector API's own methods are always inlined. Methods of ours are not: C2
/// refuses them once a compilation has grown to 18,000 nodes (`NodeCountInliningCutoff`), which
/// some thirty vector operations reach; where they have machine code of more than 2,500 bytes
/// (`already compiled into a big method`); and beside a long loop (`low call site frequency`). How
/// far a compilation has grown depends on the method it began with, and that one is whichever got
/// hot first: a race, lost in some starts. So no method here takes or gives a vector. A loop is
/// written out, from load to store, in one method over arrays, and a polynomial stands there as
/// often as it is needed. `VectorSignaturesTest` holds the rule.
///
/// What a loop accumulates is of no class but the abstract one to C2, and a call on it is inlined
/// by profile, if at all. So accumulators are arguments in loops, and cast to their class after
/// them. `DoubleKernelAllocationTest` notices when a vector is boxed all the same.
///
/// A call leaves no vector register alone. So where a quick loop and a careful one take turns in a
/// loop, the quick one must not be inlined there: its constants would be read anew for each vector,
/// which took `exp` twice the time. It takes as many vectors at a time as make it too large for
/// that, more than 325 bytes. `QuickLoopsTest` holds this rule.
@NullMarked
package dev.lanewise.core.internal.vector;

import org.jspecify.annotations.NullMarked;
