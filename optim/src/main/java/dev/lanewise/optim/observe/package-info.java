/// Observers that write files: what happened in a training, for other programs and for comparison.
@NullMarked
package dev.lanewise.optim.observe;

import org.jspecify.annotations.NullMarked;
