/// The matrix products of public libraries beside ours, in the same run and on the same operands.
/// Compiled by the Maven profile `peers` alone, so that nobody else downloads the libraries. One
/// command runs them, [dev.lanewise.bench.peers.PeersMain]; a library is one adapter that makes a
/// [dev.lanewise.bench.peers.Product] and one constant of [dev.lanewise.bench.peers.Library].
@NullMarked
package dev.lanewise.bench.peers;

import org.jspecify.annotations.NullMarked;
