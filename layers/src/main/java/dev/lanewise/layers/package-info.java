/// The catalogue of layers, activations and initialisers; what a model looks like
/// ([dev.lanewise.layers.ModelSummary]); weights in files ([dev.lanewise.layers.ModelFile]).
///
/// A layer is a record that implements [dev.lanewise.core.graph.Layer]; layers are composed by
/// ordinary constructors, and there is nothing to register.
@NullMarked
package dev.lanewise.layers;

import org.jspecify.annotations.NullMarked;
