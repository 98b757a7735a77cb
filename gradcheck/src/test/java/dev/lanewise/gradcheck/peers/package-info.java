/// The rules by which others check gradients, implemented again from their documentation, to be
/// compared on the same layers and mutants.
@NullMarked
package dev.lanewise.gradcheck.peers;

import org.jspecify.annotations.NullMarked;
