/// The computation graph: nodes in topological order, forward in order, backward in reverse, error
/// signals summed at fan-out.
///
/// Ordinary Java code records a [dev.lanewise.core.graph.Graph] by applying
/// [dev.lanewise.core.graph.Op]s to [dev.lanewise.core.graph.Node]s; a
/// [dev.lanewise.core.graph.Workspace] owns the threads and the memory that runs reuse. Models are
/// records that implement [dev.lanewise.core.graph.Layer] and hold
/// [dev.lanewise.core.graph.Parameter]s; what they are trained towards is a
/// [dev.lanewise.core.graph.Loss].
@NullMarked
package dev.lanewise.core.graph;

import org.jspecify.annotations.NullMarked;
