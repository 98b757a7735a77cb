/// Tensors: dense arrays of numbers with a shape, in float32 and float64, and the kernels once more
/// on tensors ([dev.lanewise.core.tensor.TensorMath], [dev.lanewise.core.tensor.MatrixProduct]).
@NullMarked
package dev.lanewise.core.tensor;

import org.jspecify.annotations.NullMarked;
