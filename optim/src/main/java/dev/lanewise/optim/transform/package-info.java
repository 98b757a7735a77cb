/// The parts that optimizers are made of: transforms that rewrite gradients into updates, in the
/// manner of the library optax.
@NullMarked
package dev.lanewise.optim.transform;

import org.jspecify.annotations.NullMarked;
