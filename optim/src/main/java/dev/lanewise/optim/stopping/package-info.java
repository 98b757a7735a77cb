/// When training ends and whose weights are the best.
@NullMarked
package dev.lanewise.optim.stopping;

import org.jspecify.annotations.NullMarked;
