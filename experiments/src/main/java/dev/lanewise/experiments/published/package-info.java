/// Experiments that repeat published results, and print both beside each other.
@NullMarked
package dev.lanewise.experiments.published;

import org.jspecify.annotations.NullMarked;
