/// The lecture's experiments: each a short program with a claim, and a test of the claim.
@NullMarked
package dev.lanewise.experiments.lecture;

import org.jspecify.annotations.NullMarked;
