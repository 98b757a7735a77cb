/// Laws that every derivative obeys and that differences cannot see: whether backward is
/// repeatable,
/// linear in its upstream, and keeps its hands off what is not its own. Bitwise where it can be.
@NullMarked
package dev.lanewise.gradcheck.law;

import org.jspecify.annotations.NullMarked;
