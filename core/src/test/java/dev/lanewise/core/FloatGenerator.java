package dev.lanewise.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Makes the `float` twins of the hand-written `double` sources by replacing tokens. The twins are
/// committed; [FloatGeneratorTest] compares them. Run it from the repository's root:
///
/// ```
/// java core/src/test/java/dev/lanewise/core/FloatGenerator.java
/// ```
///
/// Double is the master because a cast or an `f` that float would need is then a compile error in
/// the twin; the other way round it would be a silent loss of precision. What differs by more than
/// tokens (polynomials, bit patterns) is in hand-written pairs, which the masters call. A line that
/// ends in `// double in both` stays as it is. The formatter leaves the twins alone (see the root
/// `pom.xml`): their lines break where the master's do.
public final class FloatGenerator {
  /// The masters, as paths in the repository.
  static final List<String> MASTERS =
      List.of(
          "core/src/main/java/dev/lanewise/core/internal/scalar/ScalarDoubleKernels.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleCrossEntropy.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleElementwise.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemm.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmEpilogue.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmKernel.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmPacking.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmSmall.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmTen.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmTile.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemmTranspose.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleGemv.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleJdkFunctions.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleLanes.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoublePeak.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleRectifiers.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleReductions.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleRowsOfTen.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleSoftmax.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/DoubleUpdates.java",
          "core/src/main/java/dev/lanewise/core/internal/vector/VectorDoubleKernels.java",
          "core/src/main/java/dev/lanewise/core/kernel/DoubleKernels.java",
          "core/src/main/java/dev/lanewise/core/tensor/DoubleTensor.java",
          "core/src/test/java/dev/lanewise/core/internal/vector/DoubleGemmEpilogueAllocationTest.java",
          "core/src/test/java/dev/lanewise/core/internal/vector/DoubleGemmEpilogueProperties.java",
          "core/src/test/java/dev/lanewise/core/internal/vector/DoubleGemmProperties.java",
          "core/src/test/java/dev/lanewise/core/kernel/DoubleCrossEntropyTest.java",
          "core/src/test/java/dev/lanewise/core/kernel/DoubleKernelAllocationTest.java",
          "core/src/test/java/dev/lanewise/core/kernel/DoubleKernelCases.java",
          "core/src/test/java/dev/lanewise/core/kernel/DoubleKernelsTest.java");

  static final String COMMAND = "java core/src/test/java/dev/lanewise/core/FloatGenerator.java";

  private static final String KEEP = "// double in both";
  private static final Pattern DECIMAL =
      Pattern.compile("(?<![\\w.])(\\d+\\.\\d+(?:[eE][-+]?\\d+)?|0x1\\.[0-9a-f]*p-?\\d+)(?!\\w)");

  private FloatGenerator() {}

  /// Writes all twins.
  ///
  /// @param arguments none
  /// @throws IOException if a file cannot be read or written
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of("");
    for (String master : MASTERS) {
      Files.writeString(root.resolve(twinOf(master)), twin(root, master));
    }
  }

  /// The path of a master's twin.
  static String twinOf(String master) {
    int name = master.lastIndexOf('/') + 1;
    return master.substring(0, name) + master.substring(name).replace("Double", "Float");
  }

  /// The text of a master's twin.
  static String twin(Path root, String master) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("// Generated from " + Path.of(master).getFileName() + " by FloatGenerator:");
    lines.add("// do not edit, but run `" + COMMAND + "`.");
    for (String line : Files.readAllLines(root.resolve(master))) {
      lines.add(line.endsWith(KEEP) ? line : toFloat(line));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String toFloat(String line) {
    int comment = line.indexOf("//");
    String code = comment < 0 ? line : line.substring(0, comment);
    String rest = comment < 0 ? "" : line.substring(comment);
    return tokens(DECIMAL.matcher(code).replaceAll("$1f") + rest);
  }

  private static String tokens(String text) {
    return text.replace("doubleToRawLongBits", "floatToRawIntBits")
        .replaceAll("\\bdouble\\b", "float")
        .replace("Double", "Float")
        .replace("FLOAT64", "FLOAT32")
        .replaceAll("DOUBLE", "FLOAT");
  }
}
