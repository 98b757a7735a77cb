package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.BATCH_ROWS;
import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.ELEMENT_FORMULA;
import static dev.lanewise.gradcheck.diagnosis.Cause.SUBSET;
import static dev.lanewise.gradcheck.mutant.Activations.ABSOLUTE;
import static dev.lanewise.gradcheck.mutant.Activations.CAP;
import static dev.lanewise.gradcheck.mutant.Activations.COLUMNS;
import static dev.lanewise.gradcheck.mutant.Activations.ELU;
import static dev.lanewise.gradcheck.mutant.Activations.GELU;
import static dev.lanewise.gradcheck.mutant.Activations.GELU_SCALE;
import static dev.lanewise.gradcheck.mutant.Activations.GELU_TANH;
import static dev.lanewise.gradcheck.mutant.Activations.HARD_TANH;
import static dev.lanewise.gradcheck.mutant.Activations.IDENTITY;
import static dev.lanewise.gradcheck.mutant.Activations.LEAK;
import static dev.lanewise.gradcheck.mutant.Activations.LEAKY_RELU;
import static dev.lanewise.gradcheck.mutant.Activations.RELU;
import static dev.lanewise.gradcheck.mutant.Activations.SIGMOID;
import static dev.lanewise.gradcheck.mutant.Activations.SILU;
import static dev.lanewise.gradcheck.mutant.Activations.SOFTPLUS;
import static dev.lanewise.gradcheck.mutant.Activations.SOFTSIGN;
import static dev.lanewise.gradcheck.mutant.Activations.SOFT_CAP;
import static dev.lanewise.gradcheck.mutant.Activations.SQUARE;
import static dev.lanewise.gradcheck.mutant.Activations.TANH;
import static dev.lanewise.gradcheck.mutant.Activations.geluInner;
import static dev.lanewise.gradcheck.mutant.Activations.geluInnerSlope;
import static dev.lanewise.gradcheck.mutant.Functions.normalCdf;
import static dev.lanewise.gradcheck.mutant.Functions.normalDensity;
import static dev.lanewise.gradcheck.mutant.Functions.sigmoid;
import static dev.lanewise.gradcheck.mutant.Functions.siluSlope;

import dev.lanewise.gradcheck.diagnosis.Cause;
import java.util.List;

/// Wrong derivatives of activations: mostly another formula for each element.
final class WrongActivations {
  private WrongActivations() {}

  private static Mutant of(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("activation", mistake, layer, causes);
  }

  static List<Mutant> all() {
    return List.of(
        of("mask flipped", RELU.with((x, y) -> x > 0 ? 0 : 1), ELEMENT_FORMULA),
        of("mask forgotten", RELU.with((x, y) -> 1), SUBSET),
        of("slope 2 at 0", RELU.with((x, y) -> x > 0 ? 1 : x == 0 ? 2 : 0), SUBSET),
        of("slope −1 at 0", RELU.with((x, y) -> x > 0 ? 1 : x == 0 ? -1 : 0), SUBSET),
        of("positive from 0.1 on", RELU.with((x, y) -> x > 0.1 ? 1 : 0)),
        of("capped at 6", RELU.with((x, y) -> x > 0 && x < 6 ? 1 : 0), SUBSET),
        of("slope x", RELU.with((x, y) -> x > 0 ? x : 0), SUBSET, ELEMENT_FORMULA),
        of("leak forgotten", LEAKY_RELU.with((x, y) -> x > 0 ? 1 : 0), SUBSET),
        of("leak squared", LEAKY_RELU.with((x, y) -> x > 0 ? 1 : LEAK * LEAK), SUBSET),
        of("leak on the other side", LEAKY_RELU.with((x, y) -> x > 0 ? LEAK : 1), ELEMENT_FORMULA),
        of("leak negative", LEAKY_RELU.with((x, y) -> x > 0 ? 1 : -LEAK), SUBSET),
        of("y for negative x", ELU.with((x, y) -> x > 0 ? 1 : y), SUBSET, ELEMENT_FORMULA),
        of("1 for negative x", ELU.with((x, y) -> 1), SUBSET, ELEMENT_FORMULA),
        of(
            "exp −x for negative x",
            ELU.with((x, y) -> x > 0 ? 1 : Math.exp(-x)),
            SUBSET,
            ELEMENT_FORMULA),
        of("exp x for positive x, too", ELU.with((x, y) -> Math.exp(x)), SUBSET, ELEMENT_FORMULA),
        of("density forgotten", GELU.with((x, y) -> normalCdf(x)), ELEMENT_FORMULA),
        of(
            "density not times x",
            GELU.with((x, y) -> normalCdf(x) + normalDensity(x)),
            ELEMENT_FORMULA),
        of(
            "density without 1/√2π",
            GELU.with((x, y) -> normalCdf(x) + x * Math.exp(-x * x / 2)),
            ELEMENT_FORMULA),
        of("slope of the approximation by tanh", GELU.with(GELU_TANH.slope()), ELEMENT_FORMULA),
        of(
            "slope of the approximation by sigmoid",
            GELU.with((x, y) -> sigmoid(1.702 * x) * (1 + 1.702 * x * sigmoid(-1.702 * x))),
            ELEMENT_FORMULA),
        of("slope of the exact function", GELU_TANH.with(GELU.slope()), ELEMENT_FORMULA),
        of(
            "factor 3 of the cubic forgotten",
            GELU_TANH.with((x, y) -> geluTanhSlope(x, geluInner(x) / x)),
            ELEMENT_FORMULA),
        of(
            "cubic forgotten",
            GELU_TANH.with((x, y) -> geluTanhSlope(x, GELU_SCALE)),
            ELEMENT_FORMULA),
        of(
            "cubic's factor 0.0447",
            GELU_TANH.with((x, y) -> geluTanhSlope(x, GELU_SCALE * (1 + 3 * 0.0447 * x * x))),
            ELEMENT_FORMULA),
        of(
            "second term half",
            GELU_TANH.with((x, y) -> geluTanhSlope(x, geluInnerSlope(x) / 2)),
            ELEMENT_FORMULA),
        of("slope of the sigmoid forgotten", SILU.with((x, y) -> sigmoid(x)), ELEMENT_FORMULA),
        of("1 − s forgotten", SILU.with((x, y) -> sigmoid(x) * (1 + x)), ELEMENT_FORMULA),
        of(
            "sign of the second term",
            SILU.with((x, y) -> sigmoid(x) * (1 - x * sigmoid(-x))),
            ELEMENT_FORMULA),
        of(
            "with y in the place of x",
            SILU.with((x, y) -> sigmoid(x) * (1 + y * sigmoid(-x))),
            ELEMENT_FORMULA),
        of("tanh for sigmoid", SOFTPLUS.with((x, y) -> Math.tanh(x)), ELEMENT_FORMULA),
        of("sigmoid of −x", SOFTPLUS.with((x, y) -> sigmoid(-x)), ELEMENT_FORMULA),
        of("1 from 8 on", SOFTPLUS.with((x, y) -> x > 8 ? 1 : sigmoid(x)), SUBSET),
        of("of y instead of x", SOFTPLUS.with((x, y) -> sigmoid(y)), ELEMENT_FORMULA),
        of("1 − x²", TANH.with((x, y) -> 1 - x * x), ELEMENT_FORMULA),
        of("1 − y", TANH.with((x, y) -> 1 - y), ELEMENT_FORMULA),
        of("sigmoid's", TANH.with((x, y) -> y * (1 - y)), ELEMENT_FORMULA),
        of("1 + y²", TANH.with((x, y) -> 1 + y * y), ELEMENT_FORMULA),
        of("slope forgotten", TANH.with((x, y) -> 1), ELEMENT_FORMULA),
        of("zero where saturated", TANH.with((x, y) -> Math.abs(x) > 3 ? 0 : 1 - y * y), SUBSET),
        of("y", SIGMOID.with((x, y) -> y), ELEMENT_FORMULA),
        of("tanh's", SIGMOID.with((x, y) -> 1 - y * y), ELEMENT_FORMULA),
        of("of x instead of y", SIGMOID.with((x, y) -> x * (1 - x)), ELEMENT_FORMULA),
        of(
            "at least 0.001",
            SIGMOID.with((x, y) -> Math.max(y * sigmoid(-x), 1e-3)),
            SUBSET,
            ELEMENT_FORMULA),
        of("slope 1 outside", HARD_TANH.with((x, y) -> 1), SUBSET),
        of("slope 1 up to 2", HARD_TANH.with((x, y) -> Math.abs(x) < 2 ? 1 : 0)),
        of("cut above only", HARD_TANH.with((x, y) -> x < 1 ? 1 : 0), SUBSET),
        of("cap forgotten", SOFT_CAP.with((x, y) -> 1 - y * y), ELEMENT_FORMULA),
        of(
            "divided by the cap",
            SOFT_CAP.with((x, y) -> (1 - y / CAP) * (1 + y / CAP) / CAP),
            CONSTANT_RATIO),
        of("square forgotten", SOFT_CAP.with((x, y) -> 1 - y / CAP), ELEMENT_FORMULA),
        of("square forgotten", SOFTSIGN.with((x, y) -> 1 / (1 + Math.abs(x))), ELEMENT_FORMULA),
        of("magnitude forgotten", SOFTSIGN.with((x, y) -> 1 / ((1 + x) * (1 + x))), SUBSET),
        of("sign forgotten", ABSOLUTE.with((x, y) -> 1), SUBSET),
        of("sign reversed", ABSOLUTE.with((x, y) -> -Math.signum(x)), CONSTANT_RATIO),
        of("slope 2 at 0", ABSOLUTE.with((x, y) -> x == 0 ? 2 : Math.signum(x)), SUBSET),
        of("2 forgotten", SQUARE.with((x, y) -> x), CONSTANT_RATIO),
        of("sign lost", SQUARE.with((x, y) -> 2 * Math.abs(x)), SUBSET),
        of("y", SQUARE.with((x, y) -> y), ELEMENT_FORMULA),
        of("−1", IDENTITY.with((x, y) -> -1), CONSTANT_RATIO),
        of(
            "slope's gradient from the last row only",
            Activations.prelu()
                .changed(
                    (x, y, u, g) -> {
                      for (int j = 0; j < COLUMNS; j++) {
                        int last = x[0].length - COLUMNS + j;
                        g[1][j] = x[0][last] > 0 ? 0 : u[last] * x[0][last];
                      }
                    }),
            BATCH_ROWS),
        of(
            "slope's gradient from positive x, too",
            Activations.prelu()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < y.length; i++) {
                        g[1][i % COLUMNS] += x[0][i] > 0 ? u[i] * x[0][i] : 0;
                      }
                    })),
        of(
            "slope of the first column for all",
            Activations.prelu()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < y.length; i++) {
                        g[0][i] = x[0][i] > 0 ? u[i] : u[i] * x[1][0];
                      }
                    })),
        of(
            "slope forgotten",
            Activations.prelu()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < y.length; i++) {
                        g[0][i] = u[i];
                      }
                    }),
            SUBSET),
        of(
            "1 − s forgotten",
            Activations.glu()
                .with(
                    Activations.gated("glu", Functions::sigmoid, Functions::sigmoid)
                        .plain()
                        .backward()),
            SUBSET),
        of(
            "gate's slope of silu",
            Activations.glu()
                .with(
                    Activations.gated("glu", Functions::sigmoid, Functions::siluSlope)
                        .plain()
                        .backward()),
            SUBSET),
        of(
            "values not gated",
            Activations.glu()
                .with(
                    Activations.gated("glu", b -> 1, b -> sigmoid(b) * sigmoid(-b))
                        .plain()
                        .backward()),
            SUBSET),
        of(
            "gradients of W and V swapped",
            Activations.swiglu()
                .changed(
                    (x, y, u, g) -> {
                      double[] w = g[1];
                      g[1] = g[2];
                      g[2] = w;
                    }),
            Cause.OTHER_VARIABLE),
        of(
            "gate's path missing in x",
            Activations.swiglu()
                .changed(
                    (x, y, u, g) -> {
                      double[] b = Matrices.product(x[0], x[2], 2);
                      double[] a = Matrices.product(x[0], x[1], 2);
                      double[] da = new double[u.length];
                      for (int i = 0; i < u.length; i++) {
                        da[i] = u[i] * b[i] * siluSlope(a[i]);
                      }
                      Matrices.add(-1, Matrices.product(da, Matrices.transposed(x[1], 5), 5), g[0]);
                    })));
  }

  private static double geluTanhSlope(double x, double innerSlope) {
    double s = sigmoid(2 * geluInner(x));
    return s + x * s * sigmoid(-2 * geluInner(x)) * 2 * innerSlope;
  }
}
