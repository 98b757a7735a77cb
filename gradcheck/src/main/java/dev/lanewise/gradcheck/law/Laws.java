package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.random.Key;
import dev.lanewise.gradcheck.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/// Which laws hold for what, and looking at several.
///
/// What must be declared is not in these lists: [RowIndependence] and [RowPermutation] for layers
/// whose examples do not know of each other, [ShardsAgree], [BatchSizes], [AgreesInFloat32], and
/// [SymmetricSecondDerivative] and [GradientTheorem] for smooth functions.
public final class Laws {
  private Laws() {}

  /// The laws of every function.
  ///
  /// @return the laws
  public static List<Law> ofFunctions() {
    return List.of(
        new ForwardRepeats(),
        new BackwardRepeats(),
        new LeavesAloneWhatIsNotItsOwn(),
        new RunsAreIndependent(),
        new NoSharedMemory(),
        new NothingStale(),
        new ZeroUpstream(),
        new Homogeneous(),
        new Additive(),
        new FanOut(),
        new UnneededInputs(),
        new ThreadSafe());
  }

  /// The laws of an op by itself, besides those of every function. The subject's variables must be
  /// the op's inputs.
  ///
  /// @param op the op
  /// @return the laws
  public static List<Law> ofOp(Op<?> op) {
    return List.of(new SavedValuesKept(op), new UndefinedMemory(op), new AddsToBuffers(op));
  }

  /// Looks whether laws hold.
  ///
  /// @param problem the function, at a normal point
  /// @param key the address of the draws
  /// @param laws the laws
  /// @return what is broken, in the order of the laws
  /// @throws IllegalArgumentException if the output is not float64, or does not depend on a
  ///     variable
  public static List<Finding> broken(Problem problem, Key key, List<Law> laws) {
    List<Finding> findings = new ArrayList<>();
    try (Subject subject = Subject.of(problem, key)) {
      laws.forEach(law -> findings.addAll(law.check(subject)));
    }
    return List.copyOf(findings);
  }
}
