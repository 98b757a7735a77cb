/// Kernels: whole-array arithmetic behind one stateless interface per element type, chosen once in
/// [dev.lanewise.core.kernel.Kernels]. `FloatKernels` is generated from `DoubleKernels`.
@NullMarked
package dev.lanewise.core.kernel;

import org.jspecify.annotations.NullMarked;
