/// A training run from the data to its folder: where data come from, what model is meant, how it is
/// trained and judged, and the files that let the run be read and repeated.
@NullMarked
package dev.lanewise.experiments.run;

import org.jspecify.annotations.NullMarked;
