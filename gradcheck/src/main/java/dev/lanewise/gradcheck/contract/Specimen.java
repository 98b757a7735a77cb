package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.GradientReport;
import dev.lanewise.gradcheck.Regime;
import java.util.stream.Stream;

/// Something to check at a point, as a value that can be made simpler and be written down.
///
/// @param <S> what this is itself
interface Specimen<S extends Specimen<S>> {
  /// What is checked and how large it is, `MatMul [2,3] [3,5]`.
  String label();

  /// Checks it.
  GradientReport check(GradientChecker checker);

  /// The same with other numbers.
  S in(Regime regime, Key key);

  /// What is simpler, the boldest step first; lazily.
  Stream<S> simpler();

  /// The statements of a test that checks it.
  ///
  /// @param checker the checker as a Java expression
  String statements(String checker);
}
