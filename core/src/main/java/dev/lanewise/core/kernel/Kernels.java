package dev.lanewise.core.kernel;

import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.internal.vector.VectorFloatKernels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kernels this JVM uses, chosen once.
///
/// With the module `jdk.incubator.vector` they are the vector kernels, without it the scalar ones,
/// with one warning. The system property `lanewise.kernels` (`scalar` or `vector`) forces a choice,
/// and fails when it cannot be met.
public final class Kernels {
  /// The system property that forces a choice.
  public static final String PROPERTY = "lanewise.kernels";

  /// The kernels for `double`.
  public static final DoubleKernels DOUBLE;

  /// The kernels for `float`.
  public static final FloatKernels FLOAT;

  private static final String MODULE = "jdk.incubator.vector";

  static {
    Logger log = LoggerFactory.getLogger(Kernels.class);
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    if (useVector(System.getProperty(PROPERTY), present)) {
      DOUBLE = new VectorDoubleKernels();
      FLOAT = new VectorFloatKernels();
    } else {
      DOUBLE = new ScalarDoubleKernels();
      FLOAT = new ScalarFloatKernels();
      if (!present) {
        log.warn(
            "The module {} is missing, so the scalar kernels are used, which are many times slower:"
                + " start Java with --add-modules {}.",
            MODULE,
            MODULE);
      }
    }
    log.info("{}", description());
  }

  private Kernels() {}

  /// Which kernels are in use and how wide, for example
  /// `vector kernels, 16 float lanes, 8 double lanes`.
  ///
  /// @return a phrase
  public static String description() {
    return FLOAT.name()
        + " kernels, "
        + FLOAT.lanes()
        + " float lanes, "
        + DOUBLE.lanes()
        + " double lanes";
  }

  static boolean useVector(@Nullable String wish, boolean present) {
    if (wish == null) {
      return present;
    }
    return switch (wish) {
      case "scalar" -> false;
      case "vector" -> {
        if (!present) {
          throw new IllegalStateException(
              "-D"
                  + PROPERTY
                  + "=vector cannot be met: start Java with --add-modules "
                  + MODULE
                  + ".");
        }
        yield true;
      }
      default ->
          throw new IllegalStateException(
              "-D" + PROPERTY + "=" + wish + " is not a choice: expected scalar or vector.");
    };
  }
}
