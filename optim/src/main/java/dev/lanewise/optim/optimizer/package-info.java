/// Optimizers by name: each is a short [dev.lanewise.optim.transform.Chain] of transforms, in the
/// convention that is asked for.
@NullMarked
package dev.lanewise.optim.optimizer;

import org.jspecify.annotations.NullMarked;
