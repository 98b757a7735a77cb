/// The library that tests the checker: right layers, whose gradients must never be called wrong,
/// and mutants of them, whose wrong gradients must always be.
@NullMarked
package dev.lanewise.gradcheck.mutant;

import org.jspecify.annotations.NullMarked;
