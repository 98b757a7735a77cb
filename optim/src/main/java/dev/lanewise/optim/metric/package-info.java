/// How good a model is on a dataset.
@NullMarked
package dev.lanewise.optim.metric;

import org.jspecify.annotations.NullMarked;
