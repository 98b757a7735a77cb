/// The vector kernels: the only package that imports `jdk.incubator.vector`. Internal to `core`.
@NullMarked
package dev.lanewise.core.internal.vector;

import org.jspecify.annotations.NullMarked;
