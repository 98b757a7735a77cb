/// Contracts: a new op, layer or loss gets all checks from a test of about ten lines.
///
/// ```java
/// class SwishContractTest implements LayerContract {
///   @Override
///   public Layer layer(Shape input) {
///     return new Swish();
///   }
/// }
/// ```
///
/// jqwik draws shapes, values and graphs, always the same ones; a failure is made as small as it
/// can be, and its message holds the whole report and a test to paste. JUnit and jqwik are needed
/// by this package alone and are optional dependencies, so a project that uses it names jqwik
/// itself.
@NullMarked
package dev.lanewise.gradcheck.contract;

import org.jspecify.annotations.NullMarked;
