package dev.lanewise.core.internal.vector;

import static dev.lanewise.core.kernel.DoubleKernels.GEMM_K_BLOCK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.lanewise.core.internal.scalar.ScalarDoubleKernels;
import dev.lanewise.core.kernel.DoubleKernels;
import dev.lanewise.core.kernel.Epilogue;
import dev.lanewise.core.kernel.GemmVariant;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The vector matrix product against the chain of the contract, written as three loops, bit by bit.
class DoubleGemmProperties {
  /// The compiler works in the background, and may be busy; a product that boxes never gets there.
  /// In nanoseconds of this process, compiler included, so that a busy machine takes nothing away.
  private static final long PATIENCE = 20_000_000_000L;

  private static final int GUARD = 3;

  @Property(tries = 400, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void everyProductIsTheChainOfTheContract(
      @ForAll GemmVariant variant,
      @ForAll("sides") int m,
      @ForAll("sides") int n,
      @ForAll("lengths") int k,
      @ForAll("betas") double beta,
      @ForAll @IntRange(max = 5) int gap,
      @ForAll @IntRange(max = 1000) int seed) {
    Random random = new Random(seed);
    Product product = new Product(variant, m, n, k, gap);
    double[] a = product.randomA(random);
    double[] b = product.randomB(random);
    double[] c = product.randomC(random);
    double[] expected = product.chain(a, b, beta, c);
    product.compute(a, b, beta, c);
    assertArrayEquals(expected, c, "C or what lies around it");
  }

  @Property(tries = 1000, seed = "8", edgeCases = EdgeCasesMode.NONE)
  void aSmallProductIsTheChainOfTheContractWhereverItsTilesOverlap(
      @ForAll GemmVariant variant,
      @ForAll @IntRange(min = 2, max = 40) int m,
      @ForAll @IntRange(min = 2, max = 80) int n,
      @ForAll @IntRange(min = 1, max = 20) int k,
      @ForAll @IntRange(max = 5) int gap,
      @ForAll @IntRange(max = 1000) int seed) {
    everyProductIsTheChainOfTheContract(variant, m, n, k, 0, gap, seed);
  }

  @Property(tries = 300, seed = "9", edgeCases = EdgeCasesMode.NONE)
  void aProductWithTenColumnsIsTheChainOfTheContractToo(
      @ForAll GemmVariant variant,
      @ForAll @IntRange(min = 2, max = 40) int m,
      @ForAll @IntRange(min = 8, max = 11) int n,
      @ForAll("lengths") int k,
      @ForAll @IntRange(max = 5) int gap,
      @ForAll @IntRange(max = 1000) int seed) {
    everyProductIsTheChainOfTheContract(variant, m, n, k, 0, gap, seed);
  }

  @Property(tries = 200, seed = "6", edgeCases = EdgeCasesMode.NONE)
  void aProductWithAVectorIsTheChainOfTheContractToo(
      @ForAll GemmVariant variant,
      @ForAll @IntRange(max = 2) int which,
      @ForAll("vectorSides") int first,
      @ForAll("lengths") int second,
      @ForAll("betas") double beta,
      @ForAll @IntRange(max = 5) int gap,
      @ForAll @IntRange(max = 1000) int seed) {
    Random random = new Random(seed);
    Product product =
        switch (which) {
          case 0 -> new Product(variant, 1, first, second, gap);
          case 1 -> new Product(variant, first, 1, second, gap);
          default -> new Product(variant, first, second, 1, gap);
        };
    double[] a = product.randomA(random);
    double[] b = product.randomB(random);
    double[] c = product.randomC(random);
    double[] expected = product.chain(a, b, beta, c);
    product.compute(a, b, beta, c);
    assertArrayEquals(expected, c, "C or what lies around it");
  }

  @Property(tries = 300, seed = "7", edgeCases = EdgeCasesMode.NONE)
  void aPackedOperandGivesTheSameBits(
      @ForAll GemmVariant variant,
      @ForAll GemmVariant stored,
      @ForAll boolean scalar,
      @ForAll("sides") int m,
      @ForAll("sides") int n,
      @ForAll("lengths") int k,
      @ForAll("betas") double beta,
      @ForAll @IntRange(max = 5) int gap,
      @ForAll @IntRange(max = 1000) int seed) {
    DoubleKernels kernels = scalar ? new ScalarDoubleKernels() : new VectorDoubleKernels();
    Random random = new Random(seed);
    Product product = new Product(variant, m, n, k, gap);
    Product other = new Product(stored, m, n, k, gap);
    double[] a = product.randomA(random);
    double[] b = product.randomB(random);
    double[] c = product.randomC(random);
    double[] storedB = new double[other.sizeB()];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        storedB[other.positionB(p, j)] = b[product.positionB(p, j)];
      }
    }
    double[] packed = guarded(kernels.packedSize(n, k));
    for (int panel = kernels.packedPanels(n) - 1; panel >= 0; panel--) {
      kernels.packPanel(stored, panel, n, k, storedB, GUARD, other.ldb(), packed, GUARD);
    }
    requireGuards(packed, "the packed form");
    double[] expected = product.chain(a, b, beta, c);
    double[] scratch = guarded(kernels.gemmPackedScratch());
    kernels.gemmPacked(
        variant,
        m,
        n,
        k,
        a,
        GUARD,
        product.lda(),
        packed,
        GUARD,
        beta,
        c,
        GUARD,
        product.ldc(),
        scratch,
        GUARD);
    requireGuards(scratch, "the scratch");
    assertArrayEquals(expected, c, "C or what lies around it");
  }

  @Example
  void anEmptyProductMakesNegativeZeroPositive() {
    double[] c = {-0.0, -0.0, -0.0, -0.0};
    for (GemmVariant variant : GemmVariant.values()) {
      DoubleGemm.gemm(
          variant,
          2,
          2,
          0,
          new double[1],
          0,
          2,
          new double[1],
          0,
          2,
          1,
          c,
          0,
          2,
          Epilogue.NONE,
          c,
          0,
          new double[DoubleGemm.gemmScratch(variant, 2, 2, 0)],
          0);
      assertArrayEquals(new double[4], c);
      Arrays.fill(c, -0.0);
    }
  }

  @Property(tries = 60, seed = "2")
  void betaZeroForgetsWhateverWasThere(
      @ForAll GemmVariant variant,
      @ForAll("sides") int m,
      @ForAll("sides") int n,
      @ForAll("lengths") int k) {
    Random random = new Random(4);
    Product product = new Product(variant, m, n, k, 1);
    double[] a = product.randomA(random);
    double[] b = product.randomB(random);
    double[] c = product.randomC(random);
    Arrays.fill(c, Double.NaN);
    double[] expected = product.chain(a, b, 0, c);
    product.compute(a, b, 0, c);
    assertArrayEquals(expected, c);
  }

  @Property(tries = 60, seed = "3")
  void aRowDoesNotDependOnTheOthers(
      @ForAll GemmVariant variant,
      @ForAll @IntRange(min = 1, max = 150) int m,
      @ForAll("sides") int n,
      @ForAll("lengths") int k,
      @ForAll @IntRange(max = 1000) int seed) {
    Random random = new Random(seed);
    Product whole = new Product(variant, m, n, k, 0);
    Product one = new Product(variant, 1, n, k, 0);
    double[] a = whole.randomA(random);
    double[] b = whole.randomB(random);
    double[] c = new double[whole.sizeC()];
    whole.compute(a, b, 0, c);
    int row = random.nextInt(m);
    double[] aRow = new double[one.sizeA()];
    for (int p = 0; p < k; p++) {
      aRow[one.positionA(0, p)] = a[whole.positionA(row, p)];
    }
    double[] cRow = new double[one.sizeC()];
    one.compute(aRow, b, 0, cRow);
    for (int j = 0; j < n; j++) {
      assertEquals(cRow[one.positionC(0, j)], c[whole.positionC(row, j)], "column " + j);
    }
  }

  @Property(tries = 60, seed = "4")
  void infinityAndNaNReachTheirRowAndColumnOnly(
      @ForAll GemmVariant variant,
      @ForAll @IntRange(min = 1, max = 50) int m,
      @ForAll @IntRange(min = 1, max = 50) int n,
      @ForAll @IntRange(min = 1, max = 50) int k) {
    Random random = new Random(5);
    Product product = new Product(variant, m, n, k, 2);
    double[] a = product.randomA(random);
    double[] b = product.randomB(random);
    double[] c = new double[product.sizeC()];
    int row = random.nextInt(m);
    int column = random.nextInt(n);
    a[product.positionA(row, random.nextInt(k))] = Double.NaN;
    b[product.positionB(random.nextInt(k), column)] = Double.POSITIVE_INFINITY;
    product.compute(a, b, 0, c);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double value = c[product.positionC(i, j)];
        boolean expected =
            i == row ? Double.isNaN(value) : Double.isInfinite(value) == (j == column);
        assertTrue(expected, "element " + i + ", " + j + " is " + value);
      }
    }
  }

  /// As m, n and k: low and tall tiles, small products, ten columns, and vectors.
  private static final int[][] SHAPES = {
    {31, 45, GEMM_K_BLOCK + 16},
    {131, 45, GEMM_K_BLOCK + 16},
    {131, 300, GEMM_K_BLOCK + 16},
    {16, 16, 16},
    {13, 33, 70},
    {13, 10, 70},
    {1, 300, 200},
    {300, 1, 200},
    {130, 300, 1}
  };

  @Example
  void nothingIsAllocatedOnceCompiled() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = system.getProcessCpuTime();
    int clean = 0;
    while (clean < 4 && system.getProcessCpuTime() - start < PATIENCE) {
      long allocated = 0;
      for (GemmVariant variant : GemmVariant.values()) {
        for (int[] shape : SHAPES) {
          Product product = new Product(variant, shape[0], shape[1], shape[2], 0);
          double[] a = new double[product.sizeA()];
          double[] b = new double[product.sizeB()];
          double[] c = new double[product.sizeC()];
          double[] scratch = product.scratch();
          long before = threads.getCurrentThreadAllocatedBytes();
          for (int i = 0; i < 10; i++) {
            product.compute(a, b, i % 2, c, scratch);
          }
          allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
      }
      clean = allocated == 0 ? clean + 1 : 0;
    }
    assertEquals(4, clean, "rounds of products in a row that allocated nothing");
  }

  /// Around the tiles, the vectors and the blocks.
  @Provide
  Arbitrary<Integer> sides() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 40),
        Arbitraries.of(47, 48, 49, 63, 64, 65, 95, 97, 128, 256),
        Arbitraries.integers().between(120, 300));
  }

  /// Around the vectors and the blocks of a vector's product.
  @Provide
  Arbitrary<Integer> vectorSides() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 70), Arbitraries.of(1023, 1024, 1025, 2049));
  }

  /// Around the pieces of the inner product.
  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 80),
        Arbitraries.of(
            GEMM_K_BLOCK - 1,
            GEMM_K_BLOCK,
            GEMM_K_BLOCK + 1,
            2 * GEMM_K_BLOCK,
            2 * GEMM_K_BLOCK + 1,
            800));
  }

  @Provide
  Arbitrary<Double> betas() {
    return Arbitraries.of(0.0, 1.0, 0.5, -2.0);
  }

  private static double[] guarded(int size) {
    double[] values = new double[2 * GUARD + size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static void requireGuards(double[] values, String what) {
    for (int i = 0; i < GUARD; i++) {
      assertTrue(Double.isNaN(values[i]), "written in front of " + what);
      assertTrue(Double.isNaN(values[values.length - 1 - i]), "written behind " + what);
    }
  }

  /// The shape of a product and where its operands' elements are, each operand behind a guard and
  /// with a gap between its rows.
  private record Product(GemmVariant variant, int m, int n, int k, int gap) {
    int lda() {
      return (variant == GemmVariant.TN ? m : k) + gap;
    }

    int ldb() {
      return (variant == GemmVariant.NT ? k : n) + gap;
    }

    int ldc() {
      return n + gap;
    }

    int sizeA() {
      return 2 * GUARD + lda() * (variant == GemmVariant.TN ? k : m);
    }

    int sizeB() {
      return 2 * GUARD + ldb() * (variant == GemmVariant.NT ? n : k);
    }

    int sizeC() {
      return 2 * GUARD + ldc() * m;
    }

    int positionA(int i, int p) {
      return GUARD + (variant == GemmVariant.TN ? p * lda() + i : i * lda() + p);
    }

    int positionB(int p, int j) {
      return GUARD + (variant == GemmVariant.NT ? j * ldb() + p : p * ldb() + j);
    }

    int positionC(int i, int j) {
      return GUARD + i * ldc() + j;
    }

    double[] randomA(Random random) {
      return random(sizeA(), random);
    }

    double[] randomB(Random random) {
      return random(sizeB(), random);
    }

    double[] randomC(Random random) {
      return random(sizeC(), random);
    }

    private static double[] random(int size, Random random) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = 2 * random.nextDouble() - 1;
      }
      return values;
    }

    double[] scratch() {
      return guarded(DoubleGemm.gemmScratch(variant, m, n, k));
    }

    void compute(double[] a, double[] b, double beta, double[] c) {
      double[] scratch = scratch();
      compute(a, b, beta, c, scratch);
      requireGuards(scratch, "the scratch");
    }

    void compute(double[] a, double[] b, double beta, double[] c, double[] scratch) {
      DoubleGemm.gemm(
          variant,
          m,
          n,
          k,
          a,
          GUARD,
          lda(),
          b,
          GUARD,
          ldb(),
          beta,
          c,
          GUARD,
          ldc(),
          Epilogue.NONE,
          c,
          GUARD,
          scratch,
          GUARD);
    }

    double[] chain(double[] a, double[] b, double beta, double[] c) {
      double[] result = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          boolean first = true;
          for (int p = 0; p < k; p++) {
            sum = Math.fma(a[positionA(i, p)], b[positionB(p, j)], sum);
            if ((p + 1) % GEMM_K_BLOCK == 0 || p == k - 1) {
              add(sum, first ? beta : 1, result, positionC(i, j));
              sum = 0;
              first = false;
            }
          }
          if (k == 0) {
            add(0, beta, result, positionC(i, j));
          }
        }
      }
      return result;
    }

    private static void add(double sum, double beta, double[] c, int position) {
      c[position] = beta == 0 ? sum : Math.fma(beta, c[position], sum);
    }
  }
}
