/// Random draws that are a function of their address: seed, purpose, epoch or step, node, shard.
@NullMarked
package dev.lanewise.core.random;

import org.jspecify.annotations.NullMarked;
