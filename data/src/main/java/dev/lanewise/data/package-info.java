/// Datasets and what is done to them before training: splitting, transforming, batching.
///
/// Everything that yields rows is a [dev.lanewise.data.Dataset]; a split, a transform or a subset
/// is again one, as a view. Readers of files and generators are in the packages below.
@NullMarked
package dev.lanewise.data;

import org.jspecify.annotations.NullMarked;
