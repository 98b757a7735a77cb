/// The primitives of the computation graph: each is one record with a hand-written derivative.
@NullMarked
package dev.lanewise.core.op;

import org.jspecify.annotations.NullMarked;
