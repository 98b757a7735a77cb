/// Silence: what is right must never be called wrong.
@NullMarked
package dev.lanewise.gradcheck.silence;

import org.jspecify.annotations.NullMarked;
