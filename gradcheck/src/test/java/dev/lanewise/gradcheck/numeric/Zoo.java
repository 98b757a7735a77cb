package dev.lanewise.gradcheck.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Functions of every temper: smooth, saturated, badly scaled, steep, cancelling, with kinks beside
/// the point, with derivatives that are zero.
///
/// @param name what it is
/// @param draw draws a point
/// @param formula the outputs at a point
record Zoo(
    String name, Function<RandomGenerator, double[]> draw, Function<Real[], List<Real>> formula) {

  static List<Zoo> all() {
    List<Zoo> zoo = new ArrayList<>();
    zoo.add(new Zoo("linear, squared error", normal(14, 1), Zoo::linear));
    zoo.add(new Zoo("linear, raw features 1e4", scaled(14, i -> i < 6 ? 1e4 : 1), Zoo::linear));
    zoo.add(new Zoo("bilinear", normal(8, 1), Zoo::bilinear));
    mlp(zoo, "tanh", Real::tanh);
    mlp(zoo, "logistic", Zoo::logistic);
    mlp(zoo, "softplus", Zoo::softplus);
    mlp(zoo, "relu", Real::relu);
    mlp(zoo, "gelu", Zoo::gelu);
    mlp(zoo, "gelu by tanh", Zoo::geluByTanh);
    mlp(zoo, "silu", z -> z.times(logistic(z)));
    mlp(zoo, "elu", z -> z.positive() ? z : z.exp().plus(-1));
    zoo.add(new Zoo("saturated tanh", normal(8, 12), each(Real::tanh)));
    zoo.add(new Zoo("saturated logistic", normal(8, 20), each(Zoo::logistic)));
    zoo.add(new Zoo("cross-entropy", normal(6, 1), x -> List.of(crossEntropy(x))));
    zoo.add(new Zoo("cross-entropy, logits 40", normal(6, 40), x -> List.of(crossEntropy(x))));
    zoo.add(new Zoo("binary cross-entropy", normal(6, 3), each(Zoo::softplus)));
    zoo.add(new Zoo("huber", normal(8, 2), each(Zoo::huber)));
    zoo.add(new Zoo("layer norm", normal(7, 1), x -> layerNorm(x, 1e-5)));
    zoo.add(new Zoo("rms norm at 1e-4", normal(6, 1e-4), x -> rmsNorm(x, 1e-12)));
    zoo.add(new Zoo("attention", normal(18, 1), Zoo::attention));
    zoo.add(new Zoo("recurrent, 10 steps", normal(10, 0.7), Zoo::recurrent));
    zoo.add(new Zoo("cosine", normal(8, 1), x -> List.of(cosine(x))));
    zoo.add(new Zoo("max of three", normal(9, 1), Zoo::maxima));
    zoo.add(new Zoo("log-sum-exp at 1e4", offset(6, 1e4), x -> List.of(logSumExp(x))));
    zoo.add(new Zoo("offset 1e6", normal(6, 1), each(x -> x.tanh().plus(1e6))));
    zoo.add(new Zoo("steep", normal(6, 0.5), each(Zoo::steep)));
    zoo.add(
        new Zoo(
            "scales 1e-8 … 1e8",
            scaled(10, i -> Math.pow(10, i < 5 ? 4 * i - 8 : 8 - 4 * (i - 5))),
            x -> List.of(product(x, 0, 5, 5).tanh())));
    zoo.add(new Zoo("dead units", normal(8, 1), each(x -> x.minus(x.of(1)).relu())));
    zoo.add(new Zoo("cancelling gelu", around(8, -4, 1.5), each(Zoo::gelu)));
    zoo.add(new Zoo("staircase", normal(6, 1), each(x -> x.plus(0x1p20).plus(-0x1p20).times(3))));
    zoo.add(
        new Zoo("fine staircase", normal(6, 1), each(x -> x.plus(0x1p10).plus(-0x1p10).tanh())));
    return List.copyOf(zoo);
  }

  private static void mlp(List<Zoo> zoo, String name, UnaryOperator<Real> activation) {
    zoo.add(new Zoo(name + " network", normal(26, 1), x -> network(x, activation)));
  }

  // Points.

  private static Function<RandomGenerator, double[]> normal(int size, double scale) {
    return scaled(size, i -> scale);
  }

  private static Function<RandomGenerator, double[]> around(int size, double mean, double spread) {
    return draws -> {
      double[] x = new double[size];
      for (int i = 0; i < size; i++) {
        x[i] = mean + spread * (2 * draws.nextDouble() - 1);
      }
      return x;
    };
  }

  private static Function<RandomGenerator, double[]> offset(int size, double mean) {
    return around(size, mean, 3);
  }

  private static Function<RandomGenerator, double[]> scaled(
      int size, Function<Integer, Double> scale) {
    return draws -> {
      double[] x = new double[size];
      for (int i = 0; i < size; i++) {
        x[i] = scale.apply(i) * draws.nextGaussian();
      }
      return x;
    };
  }

  // Formulas.

  private static Function<Real[], List<Real>> each(UnaryOperator<Real> f) {
    return x -> java.util.Arrays.stream(x).map(f).toList();
  }

  /// `Σ a[i]·b[i]` of two parts of the variables.
  private static Real product(Real[] x, int a, int b, int length) {
    Real sum = x[0].of(0);
    for (int i = 0; i < length; i++) {
      sum = sum.plus(x[a + i].times(x[b + i]));
    }
    return sum;
  }

  /// Two rows of three features, weights 3×2, a bias of 2: squared error against ±1.
  private static List<Real> linear(Real[] x) {
    List<Real> losses = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      for (int unit = 0; unit < 2; unit++) {
        Real y = product(x, 3 * row, 6 + 3 * unit, 3).plus(x[12 + unit]);
        losses.add(y.plus(unit == 0 ? 1 : -1).squared().times(0.5));
      }
    }
    return losses;
  }

  private static List<Real> bilinear(Real[] x) {
    return List.of(product(x, 0, 4, 4), x[0].times(x[4]).times(x[1]).times(x[5]));
  }

  /// Two rows of three features, 3×4 and 4×2 weights.
  private static List<Real> network(Real[] x, UnaryOperator<Real> activation) {
    List<Real> outputs = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      Real[] hidden = new Real[4];
      for (int unit = 0; unit < 4; unit++) {
        hidden[unit] = activation.apply(product(x, 3 * row, 6 + 3 * unit, 3));
      }
      for (int unit = 0; unit < 2; unit++) {
        Real y = x[0].of(0);
        for (int i = 0; i < 4; i++) {
          y = y.plus(hidden[i].times(x[18 + 4 * unit + i]));
        }
        outputs.add(y);
      }
    }
    return outputs;
  }

  private static Real logistic(Real z) {
    if (z.positive()) {
      return z.of(1).over(z.times(-1).exp().plus(1));
    }
    Real e = z.exp();
    return e.over(e.plus(1));
  }

  private static Real softplus(Real z) {
    Real small = z.positive() ? z.times(-1).exp() : z.exp();
    return small.plus(1).log().plus(z.relu());
  }

  /// As frameworks compute it: without a correct digit left of −6.
  private static Real gelu(Real z) {
    return z.times(z.times(Math.sqrt(0.5)).erf().plus(1)).times(0.5);
  }

  private static Real geluByTanh(Real z) {
    Real inner = z.plus(z.squared().times(z).times(0.044715)).times(Math.sqrt(2 / Math.PI));
    return z.times(inner.tanh().plus(1)).times(0.5);
  }

  private static Real huber(Real z) {
    Real size = z.positive() ? z : z.times(-1);
    return size.plus(-1).positive() ? size.plus(-0.5) : z.squared().times(0.5);
  }

  private static Real logSumExp(Real[] x) {
    Real largest = x[0];
    for (Real each : x) {
      largest = largest.max(each);
    }
    // The largest as a number without a derivative, which cancels.
    Real shift = x[0].of(largest.value());
    Real sum = x[0].of(0);
    for (Real each : x) {
      sum = sum.plus(each.minus(shift).exp());
    }
    return sum.log().plus(shift);
  }

  private static Real crossEntropy(Real[] x) {
    return logSumExp(x).minus(x[2]);
  }

  private static Real mean(Real[] x) {
    Real sum = x[0].of(0);
    for (Real each : x) {
      sum = sum.plus(each);
    }
    return sum.over(x[0].of(x.length));
  }

  private static List<Real> layerNorm(Real[] x, double epsilon) {
    Real mean = mean(x);
    Real[] centred = new Real[x.length];
    for (int i = 0; i < x.length; i++) {
      centred[i] = x[i].minus(mean);
    }
    return rmsNorm(centred, epsilon);
  }

  private static List<Real> rmsNorm(Real[] x, double epsilon) {
    Real[] squares = new Real[x.length];
    for (int i = 0; i < x.length; i++) {
      squares[i] = x[i].squared();
    }
    Real size = mean(squares).plus(epsilon).sqrt();
    return java.util.Arrays.stream(x).map(each -> each.over(size)).toList();
  }

  /// One query of three numbers, two keys and two values… and a second query.
  private static List<Real> attention(Real[] x) {
    List<Real> outputs = new ArrayList<>();
    for (int query = 0; query < 2; query++) {
      Real first = product(x, 3 * query, 6, 3);
      Real second = product(x, 3 * query, 9, 3);
      Real weight = logistic(first.minus(second));
      for (int i = 0; i < 3; i++) {
        outputs.add(x[15 + i].plus(weight.times(x[12 + i].minus(x[15 + i]))));
      }
    }
    return outputs;
  }

  private static List<Real> recurrent(Real[] x) {
    Real a = x[8];
    Real b = x[9];
    for (int step = 0; step < 10; step++) {
      Real nextA = a.times(x[0]).plus(b.times(x[1])).plus(x[2]).tanh();
      Real nextB = a.times(x[3]).plus(b.times(x[4])).plus(x[5]).tanh();
      a = nextA;
      b = nextB;
    }
    return List.of(a.times(x[6]), b.times(x[7]));
  }

  private static Real cosine(Real[] x) {
    return product(x, 0, 4, 4).over(product(x, 0, 0, 4).sqrt().times(product(x, 4, 4, 4).sqrt()));
  }

  private static List<Real> maxima(Real[] x) {
    return List.of(x[0].max(x[1]).max(x[2]), x[3].max(x[4]).max(x[5]), x[6].max(x[7]).max(x[8]));
  }

  private static Real steep(Real x) {
    return x.times(10).tanh().times(x.times(3).exp());
  }
}
