/// Laws that every derivative obeys and that differences cannot see: whether runs repeat and do not
/// disturb each other, backward is linear in its upstream, and an op keeps its hands off what is
/// not its own. Bitwise where it can be.
///
/// A [dev.lanewise.gradcheck.law.Law] is a name and a look at a
/// [dev.lanewise.gradcheck.law.Subject]; [dev.lanewise.gradcheck.law.Laws] lists those that hold
/// for everything. Differences see a wrong formula; laws see a wrong protocol: a stale cache,
/// shared scratch, a leak from row to row.
@NullMarked
package dev.lanewise.gradcheck.law;

import org.jspecify.annotations.NullMarked;
