package dev.lanewise.gradcheck.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/// Each output depends on its own element alone, or the loss is a sum over elements: then the
/// formula of one element is wrong. Names it where it is a common one.
final class ElementFormula implements Hypothesis {
  /// A function that derivatives are made of.
  private record Form(String name, DoubleUnaryOperator of) {}

  private static final Form[] FORMS = {
    new Form("%s", v -> v),
    new Form("%s^2", v -> v * v),
    new Form("1 - %s", v -> 1 - v),
    new Form("1 + %s", v -> 1 + v),
    new Form("1 - %s^2", v -> 1 - v * v),
    new Form("1 + %s^2", v -> 1 + v * v),
    new Form("%1$s(1 - %1$s)", v -> v * (1 - v)),
    new Form("%1$s(1 + %1$s)", v -> v * (1 + v)),
    new Form("%s^3", v -> v * v * v),
    new Form("|%s|", Math::abs),
    new Form("the sign of %s", Math::signum),
    new Form("sqrt |%s|", v -> Math.sqrt(Math.abs(v))),
    new Form("exp %s", Math::exp),
    new Form("exp(-%s)", v -> Math.exp(-v)),
    new Form("exp(-%s^2)", v -> Math.exp(-v * v)),
    new Form("exp(-%s^2/2)", v -> Math.exp(-v * v / 2)),
    new Form("log |%s|", v -> Math.log(Math.abs(v))),
    new Form("sin %s", Math::sin),
    new Form("cos %s", Math::cos),
    new Form("tanh %s", Math::tanh),
    new Form("the logistic of %s", ElementFormula::logistic),
    new Form("the logistic of -%s", v -> logistic(-v)),
    new Form("the derivative of the logistic at %s", v -> logistic(v) * logistic(-v)),
    new Form("the derivative of tanh at %s", v -> 1 - Math.tanh(v) * Math.tanh(v)),
  };

  @Override
  public Optional<Diagnosis> explain(Clues clues) {
    boolean elementwise = clues.u().length == clues.size() && clues.size() > 1 && diagonal(clues);
    if (!elementwise && !separable(clues)) {
      return Optional.empty();
    }
    String what =
        elementwise
            ? "each output depends on its own element of "
                + clues.path()
                + " alone, and the formula of one element is wrong"
            : "the loss is a sum over the elements of "
                + clues.path()
                + ", and the formula of one element is wrong";
    return Hypothesis.found(
        Cause.ELEMENT_FORMULA,
        what
            + particulars(clues).map(form -> ": " + form).orElse("")
            + (2 * clues.wrongCount() <= clues.size() ? " (at " + clues.extent() + ")" : ""));
  }

  private static double logistic(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  private static boolean diagonal(Clues clues) {
    Optional<Jacobian> jacobian = clues.jacobian();
    if (jacobian.isEmpty()) {
      return false;
    }
    for (int i = 0; i < clues.size(); i++) {
      for (int j = 0; j < clues.size(); j++) {
        if (i != j && jacobian.get().depends(i, j)) {
          return false;
        }
      }
    }
    return backwardIsDiagonal(clues);
  }

  /// Whether a change of one upstream changes one element of the gradient.
  private static boolean backwardIsDiagonal(Clues clues) {
    for (int j : new int[] {0, clues.size() / 2, clues.size() - 1}) {
      double[] u = clues.u().clone();
      u[j] *= 2;
      double[] changed = clues.backward(u);
      for (int i = 0; i < changed.length; i++) {
        if (i != j && changed[i] != clues.a()[i]) {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether the output is one number and a change of one element changes its own derivative only,
  /// by backward and by differences.
  private static boolean separable(Clues clues) {
    if (clues.u().length != 1 || clues.size() < 2 || clues.jacobian().isEmpty()) {
      return false;
    }
    int[] some = {0, clues.size() / 2, clues.size() - 1};
    return Arrays.stream(some).allMatch(i -> backwardIsSeparable(clues, i))
        && Arrays.stream(some).allMatch(i -> functionIsSeparable(clues, i));
  }

  private static boolean backwardIsSeparable(Clues clues, int i) {
    double[] backward = moved(clues, i).backward();
    for (int k = 0; k < backward.length; k++) {
      if (k != i && backward[k] != clues.a()[k]) {
        return false;
      }
    }
    return true;
  }

  private static boolean functionIsSeparable(Clues clues, int i) {
    Approximate numeric = moved(clues, i).gradient();
    for (int k = 0; k < numeric.size(); k++) {
      if (k != i && !same(clues, numeric, k)) {
        return false;
      }
    }
    return true;
  }

  private static Elsewhere moved(Clues clues, int i) {
    double[] moved = clues.x().clone();
    moved[i] = moved[i] * 1.25 + 0.125;
    return new Elsewhere(clues, clues.evidence().accused(), moved);
  }

  private static boolean same(Clues clues, Approximate numeric, int k) {
    double difference = Math.abs(numeric.value()[k] - clues.n()[k]);
    return !clues.known(k)
        || difference
            <= clues.tolerance(numeric.value()[k], numeric.width()[k] + clues.truth().width()[k]);
  }

  private static Optional<String> particulars(Clues clues) {
    double[] u = clues.u();
    double[] upstream = u.length == 1 ? new double[clues.size()] : u;
    if (u.length == 1) {
      Arrays.fill(upstream, u[0]);
    }
    Optional<String> elsewhere = clues.u().length == 1 ? Optional.empty() : elsewhere(clues);
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    if (fits(clues, none(clues), Approximate.exact(upstream)).isPresent()) {
      double c = fits(clues, none(clues), Approximate.exact(upstream)).getAsDouble();
      return Optional.of(
          Math.abs(c - 1) < 1e-9
              ? "the upstream is passed on unchanged"
              : "its derivative is the constant " + NamedNumbers.number(c));
    }
    Optional<String> form =
        clues.y().length == clues.size()
            ? forms(clues, upstream, "y", clues.y())
            : Optional.empty();
    form = form.or(() -> forms(clues, upstream, clues.path(), clues.x()));
    double[][] point = clues.evidence().evaluator().problem().point();
    for (int v = 0; v < point.length && form.isEmpty(); v++) {
      if (v != clues.evidence().accused() && point[v].length == clues.size()) {
        form = forms(clues, upstream, clues.evidence().variables().get(v).path(), point[v]);
      }
    }
    return form;
  }

  /// The derivative at another place: at the output, at −x.
  private static Optional<String> elsewhere(Clues clues) {
    double[] x = clues.x();
    record Place(String name, double[] values) {}
    Place[] places = {
      new Place("at the output instead of at the input", clues.y()),
      new Place("at -" + clues.path(), Arrays.stream(x).map(v -> -v).toArray()),
      new Place("at |" + clues.path() + "|", Arrays.stream(x).map(Math::abs).toArray()),
      new Place("at 2 " + clues.path(), Arrays.stream(x).map(v -> 2 * v).toArray()),
      new Place("at " + clues.path() + "/2", Arrays.stream(x).map(v -> v / 2).toArray())
    };
    for (Place place : places) {
      if (new Elsewhere(clues, clues.evidence().accused(), place.values()).explains()) {
        return Optional.of("it is the derivative " + place.name());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> forms(
      Clues clues, double[] upstream, String symbol, double[] values) {
    for (Form form : FORMS) {
      String name = String.format(form.name, symbol);
      for (boolean inverse : new boolean[] {false, true}) {
        double[] f = Arrays.stream(values).map(form.of).map(v -> inverse ? 1 / v : v).toArray();
        String called = inverse ? "1/(" + name + ")" : name;
        Approximate direction = Approximate.exact(product(upstream, f));
        OptionalDouble derivative = fits(clues, none(clues), direction);
        if (derivative.isPresent()) {
          return Optional.of("its derivative is " + multiple(derivative) + called);
        }
        OptionalDouble factor = fits(clues, none(clues), times(clues.truth(), f));
        if (factor.isPresent()) {
          return Optional.of("it is off by the factor " + multiple(factor) + called);
        }
        OptionalDouble error = fits(clues, clues.truth(), direction);
        if (error.isPresent()) {
          return Optional.of("the derivative has " + multiple(error) + called + " too much");
        }
      }
    }
    return Optional.empty();
  }

  private static OptionalDouble fits(Clues clues, Approximate base, Approximate direction) {
    return Arrays.stream(direction.value()).allMatch(Double::isFinite)
        ? clues.multiple(base, direction, Part.ALL)
        : OptionalDouble.empty();
  }

  private static String multiple(OptionalDouble factor) {
    double c = factor.getAsDouble();
    if (Math.abs(Math.abs(c) - 1) < 1e-9) {
      return c < 0 ? "-" : "";
    }
    return NamedNumbers.number(c) + " times ";
  }

  private static Approximate none(Clues clues) {
    return Approximate.exact(new double[clues.size()]);
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  private static Approximate times(Approximate numbers, double[] f) {
    double[] width = new double[f.length];
    for (int i = 0; i < f.length; i++) {
      width[i] = Math.abs(f[i]) * numbers.width()[i];
    }
    return new Approximate(product(numbers.value(), f), width);
  }
}
