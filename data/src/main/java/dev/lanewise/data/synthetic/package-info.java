/// Datasets that are computed, not loaded: small problems with a known difficulty, and handwritten
/// digits for a full-sized one. Each is determined, bit for bit, by its parameters and a key.
@NullMarked
package dev.lanewise.data.synthetic;

import org.jspecify.annotations.NullMarked;
