/// What a check may cost: threads, progress, and how tensors too large for a look at every
/// coordinate are checked by a sample, with the wrong coordinates found along directions.
@NullMarked
package dev.lanewise.gradcheck.large;

import org.jspecify.annotations.NullMarked;
