package dev.lanewise.gradcheck.mutant;

import static dev.lanewise.gradcheck.diagnosis.Cause.ALL_ZERO;
import static dev.lanewise.gradcheck.diagnosis.Cause.BATCH_ROWS;
import static dev.lanewise.gradcheck.diagnosis.Cause.CONSTANT_RATIO;
import static dev.lanewise.gradcheck.diagnosis.Cause.IGNORES_UPSTREAM;
import static dev.lanewise.gradcheck.diagnosis.Cause.LEAK;
import static dev.lanewise.gradcheck.diagnosis.Cause.LOW_PRECISION;
import static dev.lanewise.gradcheck.diagnosis.Cause.NOT_FINITE;
import static dev.lanewise.gradcheck.diagnosis.Cause.NOT_LINEAR_IN_UPSTREAM;
import static dev.lanewise.gradcheck.diagnosis.Cause.ONE_COORDINATE;
import static dev.lanewise.gradcheck.diagnosis.Cause.SUBSET;

import dev.lanewise.gradcheck.diagnosis.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Mistakes that any layer can have: rounding, factors near 1, single coordinates, parts,
/// additions, and what is done to the upstream.
final class WrongNumbers {
  private static final double[] SIZES = {1e-3, 1e-5, 1e-7, 1e-9};

  private WrongNumbers() {}

  private static PlainLayer layerNorm() {
    return Normalisations.layerNorm(Normalisations.Terms.RIGHT);
  }

  private static PlainLayer convolution() {
    return Sequences.Convolution.RIGHT.layer();
  }

  /// Layers of different kinds.
  private static List<PlainLayer> some() {
    return List.of(
        Structures.linear(),
        Activations.TANH.layer(),
        layerNorm(),
        convolution(),
        Losses.crossEntropy(),
        Structures.attention());
  }

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>(rounded());
    all.addAll(scaled());
    all.addAll(oneCoordinate());
    all.addAll(parts());
    all.addAll(upstreams());
    return all;
  }

  private static List<Mutant> rounded() {
    List<Mutant> all = new ArrayList<>();
    for (PlainLayer layer : some()) {
      all.add(
          Mutant.of("rounding", "rounded to float32", layer.mapped(g -> (float) g), LOW_PRECISION));
    }
    all.add(
        Mutant.of(
            "rounding",
            "rounded to bfloat16",
            Structures.linear().mapped(1, WrongNumbers::bfloat16),
            LOW_PRECISION));
    all.add(
        Mutant.of(
            "rounding",
            "rounded to bfloat16",
            Activations.SIGMOID.layer().mapped(WrongNumbers::bfloat16),
            LOW_PRECISION));
    all.add(
        Mutant.of(
            "rounding", "upstream rounded to float32", convolution().upstream(u -> (float) u)));
    all.add(
        Mutant.of(
            "rounding",
            "sum in float32",
            Structures.linear()
                .changed(
                    (x, y, u, g) -> {
                      for (int j = 0; j < 2; j++) {
                        float sum = 0;
                        for (int i = j; i < u.length; i += 2) {
                          sum += (float) u[i];
                        }
                        g[2][j] = sum;
                      }
                    }),
            LOW_PRECISION));
    return all;
  }

  private static double bfloat16(double g) {
    return Float.intBitsToFloat(Float.floatToIntBits((float) g) & 0xffff0000);
  }

  private static List<Mutant> scaled() {
    List<Mutant> all = new ArrayList<>();
    for (double size : new double[] {1e-3, 1e-5, 1e-7, 1e-9, 1e-11}) {
      for (PlainLayer layer : some()) {
        all.add(
            Mutant.of(
                "all × (1 + e)",
                String.format(Locale.ROOT, "all × (1 + %.0e)", size),
                layer.mapped(g -> g * (1 + size)),
                CONSTANT_RATIO));
      }
    }
    return all;
  }

  private static List<Mutant> oneCoordinate() {
    List<Mutant> all = new ArrayList<>();
    for (double size : SIZES) {
      for (PlainLayer layer : some()) {
        all.add(
            Mutant.of(
                "one coordinate",
                String.format(Locale.ROOT, "one coordinate × (1 + %.0e)", size),
                layer.changed((x, y, u, g) -> g[0][1] *= 1 + size),
                ONE_COORDINATE));
      }
    }
    return all;
  }

  private static Mutant part(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("subset, addition", mistake, layer, causes);
  }

  private static List<Mutant> parts() {
    return List.of(
        part(
            "last element forgotten",
            Activations.TANH.layer().changed((x, y, u, g) -> g[0][g[0].length - 1] = 0),
            ONE_COORDINATE),
        part(
            "last column forgotten",
            Activations.SILU
                .layer()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 4; i < g[0].length; i += 5) {
                        g[0][i] = 0;
                      }
                    }),
            SUBSET),
        part(
            "first row doubled",
            layerNorm()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < 5; i++) {
                        g[0][i] *= 2;
                      }
                    }),
            SUBSET),
        part(
            "remainder after groups of four forgotten",
            Structures.linear().changed((x, y, u, g) -> Arrays.fill(g[1], 8, 10, 0)),
            SUBSET),
        part("1e-6 added", Activations.SOFTPLUS.layer().mapped(g -> g + 1e-6), LEAK),
        part("1e-10 added", convolution().mapped(1, g -> g + 1e-10), LEAK),
        part(
            "weight decay 1e-4",
            Structures.linear().changed((x, y, u, g) -> Matrices.add(1e-4, x[1], g[1])),
            LEAK),
        part(
            "weight decay 1e-8",
            layerNorm().changed((x, y, u, g) -> Matrices.add(1e-8, x[1], g[1])),
            LEAK),
        part(
            "the upstream added",
            Activations.SIGMOID.layer().changed((x, y, u, g) -> Matrices.add(1e-3, u, g[0])),
            Cause.ERROR_LIKE_UPSTREAM),
        part(
            "the input added, times the mean upstream",
            layerNorm()
                .changed(
                    (x, y, u, g) -> Matrices.add(Arrays.stream(u).sum() / u.length, x[0], g[0])),
            Cause.ERROR_LIKE_INPUT),
        part(
            "the mean upstream added",
            layerNorm()
                .changed(
                    (x, y, u, g) -> {
                      double mean = Arrays.stream(u).sum() / u.length;
                      Arrays.setAll(g[0], i -> g[0][i] + mean);
                    }),
            Cause.CONSTANT_ERROR),
        part("zero", Structures.residual().mapped(0, g -> 0), ALL_ZERO),
        part("not a number", Activations.ELU.layer().mapped(g -> Double.NaN), NOT_FINITE),
        part(
            "infinite in one place",
            Structures.bilinear().changed((x, y, u, g) -> g[1][7] = Double.POSITIVE_INFINITY),
            NOT_FINITE));
  }

  private static Mutant upstream(String mistake, PlainLayer layer, Cause... causes) {
    return Mutant.of("upstream", mistake, layer, causes);
  }

  private static List<Mutant> upstreams() {
    return List.of(
        upstream("ignored", Structures.linear().upstream(u -> 1), IGNORES_UPSTREAM),
        upstream("ignored", Activations.GELU.layer().upstream(u -> 1), IGNORES_UPSTREAM),
        upstream(
            "clipped to ±0.5",
            Activations.TANH.layer().upstream(u -> Math.clamp(u, -0.5, 0.5)),
            NOT_LINEAR_IN_UPSTREAM),
        upstream(
            "magnitude taken",
            Structures.matrixChain().upstream(Math::abs),
            NOT_LINEAR_IN_UPSTREAM),
        upstream(
            "positive part only, as in guided backpropagation",
            Activations.RELU.layer().upstream(u -> Math.max(u, 0)),
            NOT_LINEAR_IN_UPSTREAM),
        upstream(
            "gradient clipped to norm 1",
            Structures.linear().changed((x, y, u, g) -> normalise(g[1])),
            NOT_LINEAR_IN_UPSTREAM),
        upstream(
            "small ones dropped",
            convolution().upstream(u -> Math.abs(u) < 0.2 ? 0 : u),
            NOT_LINEAR_IN_UPSTREAM),
        upstream(
            "of the first row only",
            layerNorm()
                .with(
                    (x, y, u, g) -> {
                      double[] first = u.clone();
                      Arrays.fill(first, 5, u.length, 0);
                      layerNorm().plain().backward().apply(x, y, first, g);
                    }),
            BATCH_ROWS,
            SUBSET),
        upstream(
            "times the output",
            Activations.SOFTSIGN
                .layer()
                .changed(
                    (x, y, u, g) -> {
                      for (int i = 0; i < u.length; i++) {
                        g[0][i] *= y[i];
                      }
                    }),
            Cause.ELEMENT_FORMULA),
        upstream(
            "squared", Activations.SQUARE.layer().upstream(u -> u * u), NOT_LINEAR_IN_UPSTREAM));
  }

  private static void normalise(double[] g) {
    double norm = Math.sqrt(Functions.dot(g, g));
    WrongStructures.scale(g, Math.min(1, 0.5 / norm));
  }
}
