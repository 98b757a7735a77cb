package dev.lanewise.core.kernel;

import dev.lanewise.core.internal.vector.VectorDoubleKernels;
import dev.lanewise.core.internal.vector.VectorFloatKernels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What `docs/accuracy.md` says: the largest error of each elementary function of the vector
/// kernels, and where it was found.
///
/// In float32 the arguments are all floats, or every so manieth of them, and the oracle is the
/// float64 kernel, whose own error is a few 2⁻²⁹ of a float's last place. In float64 they are
/// drawn, a quarter of them as random bits and the others where the function is interesting, and
/// the oracle is [Exact].
final class AccuracyPage {
  /// The draws of float64 for the page.
  static final int DRAWS = 100_000;

  /// How many floats a kernel gets at a time.
  private static final int AT_A_TIME = 1 << 12;

  /// The shares of the floats, which all cores take one after another.
  private static final int SHARES = 1 << 9;
  private static final long FLOATS = 1L << 32;

  private AccuracyPage() {}

  /// What a sweep found.
  ///
  /// @param function the function
  /// @param dtype `float32` or `float64`
  /// @param max the largest error in ULP
  /// @param at the argument that has it, as [Double#toString] writes it
  /// @param mean the mean error in ULP
  /// @param points the finite results that were compared
  record Row(
      ElementaryFunction function, String dtype, double max, String at, double mean, long points) {
    String line() {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.0f | %.3f | %s | %.3f | %,d |",
          function.name().toLowerCase(Locale.ROOT),
          dtype,
          function.bound,
          max,
          at,
          mean,
          points);
    }

    /// The row of a line of the page.
    static Row parse(String line) {
      String[] cells = line.split("\\s*\\|\\s*");
      return new Row(
          ElementaryFunction.valueOf(cells[1].toUpperCase(Locale.ROOT)),
          cells[2],
          Double.parseDouble(cells[4]),
          cells[5],
          Double.parseDouble(cells[6]),
          Long.parseLong(cells[7].replace(",", "")));
    }
  }

  /// All rows, with one in so many floats and one in so many draws.
  static List<Row> sweep(int floatStride, int drawStride) {
    List<Row> rows = new ArrayList<>();
    for (ElementaryFunction function : ElementaryFunction.values()) {
      rows.add(floats(function, floatStride));
      rows.add(doubles(function, drawStride));
    }
    return rows;
  }

  /// The error at one argument.
  static double errorAt(ElementaryFunction function, String dtype, double x) {
    if (dtype.equals("float32")) {
      Sum sum = new Sum();
      compareFloats(function, new float[] {(float) x}, sum);
      return sum.max;
    }
    double[] y = new double[1];
    function.run(new VectorDoubleKernels(), new double[] {x}, new double[] {1}, y);
    return error(function, x, y[0]);
  }

  private static Row floats(ElementaryFunction function, int stride) {
    long perShare = FLOATS / SHARES;
    Sum total = new Sum();
    IntStream.range(0, SHARES)
        .parallel()
        .mapToObj(
            share -> {
              Sum sum = new Sum();
              long end = (share + 1) * perShare;
              for (long from = share * perShare; from < end; from += (long) AT_A_TIME * stride) {
                float[] x =
                    new float[(int) Math.min(AT_A_TIME, (end - from + stride - 1) / stride)];
                for (int i = 0; i < x.length; i++) {
                  x[i] = Float.intBitsToFloat((int) (from + (long) i * stride));
                }
                compareFloats(function, x, sum);
              }
              return sum;
            })
        .forEachOrdered(total::add);
    return total.row(function, "float32", Float.toString((float) total.at));
  }

  private static void compareFloats(ElementaryFunction function, float[] x, Sum sum) {
    int n = x.length;
    double[] wide = new double[n];
    for (int i = 0; i < n; i++) {
      wide[i] = x[i];
    }
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    double[] wideOnes = new double[n];
    Arrays.fill(wideOnes, 1);
    float[] y = new float[n];
    double[] exact = new double[n];
    function.run(new VectorFloatKernels(), x, ones, y);
    function.run(new VectorDoubleKernels(), wide, wideOnes, exact);
    for (int i = 0; i < n; i++) {
      float nearest = (float) exact[i];
      if (Float.isFinite(nearest) && Float.isFinite(y[i])) {
        sum.add(Math.abs(y[i] - exact[i]) / Math.ulp(nearest), x[i]);
      } else if (Float.compare(nearest, y[i]) != 0) {
        sum.add(Double.POSITIVE_INFINITY, x[i]);
      }
    }
  }

  private static Row doubles(ElementaryFunction function, int stride) {
    double[] x = new double[DRAWS / stride];
    for (int i = 0; i < x.length; i++) {
      x[i] = draw(function, (long) i * stride);
    }
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    double[] y = new double[x.length];
    function.run(new VectorDoubleKernels(), x, ones, y);
    double[] errors =
        IntStream.range(0, x.length)
            .parallel()
            .mapToDouble(i -> error(function, x[i], y[i]))
            .toArray();
    Sum total = new Sum();
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(errors[i])) {
        total.add(errors[i], x[i]);
      }
    }
    return total.row(function, "float64", Double.toString(total.at));
  }

  /// The argument with a number; always the same.
  private static double draw(ElementaryFunction function, long number) {
    SplittableRandom random = new SplittableRandom(number);
    return switch ((int) (number & 3)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextDouble() * 2 - 1;
      default -> function.low + random.nextDouble() * (function.high - function.low);
    };
  }

  /// The error in ULP; NaN where there is nothing to compare.
  private static double error(ElementaryFunction function, double x, double y) {
    if (!Double.isFinite(x) || !function.isDefined(x) || function.isTrivial(x)) {
      return Double.NaN;
    }
    BigDecimal exact = function.exact.apply(x);
    double nearest = exact.doubleValue();
    if (!Double.isFinite(nearest) || !Double.isFinite(y)) {
      return nearest == y ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    BigDecimal difference = exact.subtract(new BigDecimal(y)).abs();
    return difference
        .divide(new BigDecimal(Math.ulp(nearest)), MathContext.DECIMAL64)
        .doubleValue();
  }

  /// A running maximum and mean.
  private static final class Sum {
    private double max = -1;
    private double at;
    private double sum;
    private long points;

    void add(double error, double x) {
      if (error > max) {
        max = error;
        at = x;
      }
      sum += error;
      points++;
    }

    void add(Sum other) {
      if (other.max > max) {
        max = other.max;
        at = other.at;
      }
      sum += other.sum;
      points += other.points;
    }

    Row row(ElementaryFunction function, String dtype, String where) {
      return new Row(function, dtype, max, where, sum / points, points);
    }
  }
}
