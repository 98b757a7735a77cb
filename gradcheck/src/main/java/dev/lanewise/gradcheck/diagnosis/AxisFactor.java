package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.gradcheck.problem.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Off by a factor for each row, each column or each slice; a vector by another tensor of its size.
final class AxisFactor implements Hypothesis {
  private static final double CLOSE = 1e-7;
  private static final double[] POWERS = {1, -1, 2, -2, 0.5, -0.5};

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    for (Groups groups : Groups.of(clues.shape())) {
      if (groups.count() == clues.size()) {
        continue;
      }
      Optional<double[]> factors = factors(clues, groups);
      if (factors.isPresent()) {
        return Hypothesis.found(
            Cause.ROW_OR_COLUMN_RATIO,
            "each "
                + groups.noun()
                + " of "
                + clues.path()
                + " is off by a factor of its own, "
                + values(factors.get())
                + name(clues, groups, factors.get()).map(name -> ": " + name).orElse(""));
      }
    }
    return clues.shape().rank() == 1 ? byElement(clues) : Optional.empty();
  }

  /// Any vector is off by a factor for each element, so this one must have a name.
  private static Optional<Diagnosis> byElement(Clues clues) {
    double[] factors = new double[clues.size()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = clues.informative(i) ? clues.a()[i] / clues.n()[i] : Double.NaN;
    }
    return tensor(clues, factors)
        .flatMap(
            name ->
                Hypothesis.found(
                    Cause.ROW_OR_COLUMN_RATIO,
                    "each element of "
                        + clues.path()
                        + " is off by a factor of its own, "
                        + values(factors)
                        + ": "
                        + name));
  }

  private static Optional<double[]> factors(Clues clues, Groups groups) {
    double[] factors = new double[groups.count()];
    int spare = 0;
    for (int g = 0; g < factors.length; g++) {
      Part part = groups.part(g);
      int telling = 0;
      for (int i = 0; i < clues.size(); i++) {
        telling += part.holds(i) && clues.informative(i) ? 1 : 0;
      }
      OptionalDouble ratio = clues.ratio(part);
      factors[g] = ratio.orElse(Double.NaN);
      boolean unexplained = !clues.explainedBy(clues.truth().times(zero(ratio)), part);
      if ((ratio.isEmpty() && telling > 1) || (unexplained && telling != 1)) {
        return Optional.empty();
      }
      spare += Math.max(0, telling - 1);
    }
    return spare >= 2 && factors.length > 1 ? Optional.of(factors) : Optional.empty();
  }

  private static double zero(OptionalDouble ratio) {
    return ratio.orElse(0);
  }

  private static String values(double[] factors) {
    List<String> first =
        Arrays.stream(factors)
            .filter(Double::isFinite)
            .limit(4)
            .mapToObj(NamedNumbers::number)
            .toList();
    return String.join(", ", first) + (factors.length > first.size() ? ", ..." : "");
  }

  /// What the factors are: a power of another tensor, or of a statistic of the rows.
  private static Optional<String> name(Clues clues, Groups groups, double[] factors) {
    return tensor(clues, factors).or(() -> statistic(clues, groups, factors));
  }

  private static Optional<String> tensor(Clues clues, double[] factors) {
    double[][] point = clues.evidence().evaluator().problem().point();
    List<Variable> variables = clues.evidence().variables();
    for (int v = 0; v < point.length; v++) {
      if (point[v].length == factors.length) {
        Optional<String> power = power(factors, point[v], variables.get(v).path());
        if (power.isPresent()) {
          return power;
        }
      }
    }
    return clues.y().length == factors.length
        ? power(factors, clues.y(), "the output")
        : Optional.empty();
  }

  private static Optional<String> statistic(Clues clues, Groups groups, double[] factors) {
    for (Statistic statistic : Statistic.values()) {
      Optional<String> power =
          power(
              factors,
              statistic.of(clues.x(), groups),
              statistic.label() + " of each " + groups.noun());
      if (power.isPresent()) {
        return power;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> power(double[] factors, double[] base, String name) {
    for (double p : POWERS) {
      double c = Double.NaN;
      boolean fits = true;
      int telling = 0;
      for (int g = 0; g < factors.length && fits; g++) {
        double quotient = factors[g] / Math.pow(base[g], p);
        if (Double.isFinite(quotient)) {
          c = Double.isNaN(c) ? quotient : c;
          fits = Math.abs(quotient - c) <= CLOSE * Math.abs(c);
          telling++;
        }
      }
      boolean plain = Math.abs(Math.abs(c) - 1) <= CLOSE;
      if (fits && telling > (plain ? 1 : 2)) {
        return Optional.of(
            "the factor is "
                + (plain ? (c < 0 ? "minus " : "") : NamedNumbers.number(c) + " times ")
                + raised(name, p));
      }
    }
    return Optional.empty();
  }

  private static String raised(String name, double power) {
    if (power == 1) {
      return name;
    }
    String size = Math.abs(power) == 2 ? "the square of " : "the square root of ";
    String base = Math.abs(power) == 1 ? name : size + name;
    return power < 0 ? "1 over " + base : base;
  }
}
