/// A training on disk. A checkpoint is a folder that is complete or not there: it is written beside
/// its place, synced, and renamed. It holds data alone, tensors and numbers, and says by checksums
/// whether it is still what was written.
@NullMarked
package dev.lanewise.optim.checkpoint;

import org.jspecify.annotations.NullMarked;
