// Generated from DoubleGemmEpilogueProperties.java by FloatGenerator:
// do not edit, but run `java core/src/test/java/dev/lanewise/core/FloatGenerator.java`.
package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.FloatKernels.GEMM_K_BLOCK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.core.internal.scalar.ScalarFloatKernels;
import dev.lanewise.core.kernel.FloatKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// A product with an epilogue against the product and then the kernels that the epilogue names, bit
/// by bit.
class FloatGemmEpilogueProperties {
  @Property(tries = 600, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void anEpilogueIsWhatItsKernelsDoAfterwards(
      @ForAll GemmVariant variant,
      @ForAll Epilogue epilogue,
      @ForAll boolean packed,
      @ForAll boolean scalar,
      @ForAll @IntRange(max = 1) int beta,
      @ForAll("sides") int m,
      @ForAll("sides") int n,
      @ForAll("lengths") int k,
      @ForAll @IntRange(max = 5) int gap,
      @ForAll @IntRange(max = 1000) int seed) {
    FloatKernels kernels = scalar ? new ScalarFloatKernels() : new VectorFloatKernels();
    Random random = new Random(seed);
    int ldc = n + gap;
    float[] a = random(m * k, random);
    float[] b = random(k * n, random);
    float[] e = random(m * ldc + n, random);
    float[] c = random(m * ldc + 2, random);
    float[] expected = c.clone();
    float[] scratch = new float[kernels.gemmScratch(variant, m, n, k)];
    int lda = variant == GemmVariant.TN ? m : k;
    int ldb = variant == GemmVariant.NT ? k : n;
    kernels.gemm(variant, m, n, k, a, 0, lda, b, 0, ldb, beta, expected, 1, ldc, scratch, 0);
    for (int i = 0; i < m; i++) {
      afterwards(kernels, epilogue, n, e, i * ldc, expected, 1 + i * ldc);
    }
    if (packed) {
      float[] panels = new float[kernels.packedSize(n, k)];
      for (int panel = 0; panel < kernels.packedPanels(n); panel++) {
        kernels.packPanel(variant, panel, n, k, b, 0, ldb, panels, 0);
      }
      float[] room = new float[kernels.gemmPackedScratch()];
      kernels.gemmPacked(
          variant, m, n, k, a, 0, lda, panels, 0, beta, c, 1, ldc, epilogue, e, 0, room, 0);
    } else {
      kernels.gemm(
          variant, m, n, k, a, 0, lda, b, 0, ldb, beta, c, 1, ldc, epilogue, e, 0, scratch, 0);
    }
    assertArrayEquals(expected, c, "C or what lies around it");
  }

  @Property(tries = 60, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void alsoInASecondBlockOfColumns(
      @ForAll GemmVariant variant,
      @ForAll Epilogue epilogue,
      @ForAll boolean packed,
      @ForAll @IntRange(min = 1, max = 20) int m,
      @ForAll @IntRange(min = 2049, max = 2200) int n,
      @ForAll @IntRange(min = 1, max = 9) int k) {
    anEpilogueIsWhatItsKernelsDoAfterwards(variant, epilogue, packed, false, m % 2, m, n, k, 3, n);
  }

  private static void afterwards(
      FloatKernels kernels,
      Epilogue epilogue,
      int n,
      float[] e,
      int eOffset,
      float[] c,
      int cOffset) {
    switch (epilogue) {
      case ADD_ROW, ADD_ROW_RELU, ADD_ROW_TANH, ADD_ROW_LOGISTIC ->
          kernels.addRowVector(1, n, c, cOffset, e, 0, c, cOffset);
      default -> {}
    }
    switch (epilogue) {
      case NONE, ADD_ROW -> {}
      case RELU, ADD_ROW_RELU -> kernels.relu(n, c, cOffset, c, cOffset);
      case TANH, ADD_ROW_TANH -> kernels.tanh(n, c, cOffset, c, cOffset);
      case LOGISTIC, ADD_ROW_LOGISTIC -> kernels.logistic(n, c, cOffset, c, cOffset);
      case RELU_BACKWARD -> kernels.reluBackward(n, e, eOffset, c.clone(), cOffset, 0, c, cOffset);
      case TANH_BACKWARD -> kernels.tanhBackward(n, e, eOffset, c.clone(), cOffset, 0, c, cOffset);
      case LOGISTIC_BACKWARD ->
          kernels.logisticBackward(n, e, eOffset, c.clone(), cOffset, 0, c, cOffset);
    }
  }

  /// Some of them special.
  private static float[] random(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (random.nextInt(200)) {
            case 0 -> 0;
            case 1 -> -0.0f;
            case 2 -> Float.NaN;
            case 3 -> Float.POSITIVE_INFINITY;
            case 4 -> -100;
            default -> 4 * random.nextFloat() - 2;
          };
    }
    return values;
  }

  /// Around the tiles, the vectors and the blocks.
  @Provide
  Arbitrary<Integer> sides() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 70),
        Arbitraries.of(95, 97, 192, 193),
        Arbitraries.integers().between(120, 300));
  }

  /// Around the pieces of the inner product.
  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 80),
        Arbitraries.of(GEMM_K_BLOCK - 1, GEMM_K_BLOCK, GEMM_K_BLOCK + 1, 2 * GEMM_K_BLOCK + 1));
  }
}
