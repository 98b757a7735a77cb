package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Variable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The numbers that a factor may be: sizes of the tensors, their roots, products and reciprocals,
/// and a few constants. The name is unique where the test's sizes are pairwise different.
final class NamedNumbers {
  private static final double CLOSE = 1e-9;

  private final List<Named> candidates = new ArrayList<>();

  /// A number with an explanation, for example `3 is the number of rows of x`.
  private record Named(double value, String name) {}

  private NamedNumbers() {}

  static NamedNumbers of(Evidence evidence) {
    Map<Integer, List<String>> sizes = new LinkedHashMap<>();
    for (Variable variable : evidence.variables()) {
      addSizes(sizes, variable.shape(), variable.path());
    }
    addSizes(sizes, evidence.outputShape(), "the output");
    NamedNumbers numbers = new NamedNumbers();
    sizes.forEach((d, names) -> numbers.add(d, d + " is " + String.join(" and ", firstFew(names))));
    numbers.add(2, "");
    numbers.add(0.5, "");
    sizes.forEach((d, names) -> numbers.addFunctions(d, names.getFirst()));
    numbers.addPairs(sizes);
    numbers.add(4, "");
    numbers.add(Math.sqrt(2), "the square root of 2");
    numbers.add(Math.log(2), "the natural logarithm of 2");
    numbers.add(Math.log(10), "the natural logarithm of 10");
    numbers.add(Math.PI, "pi");
    numbers.add(Math.sqrt(2 / Math.PI), "the square root of 2/pi");
    numbers.add(3, "");
    numbers.add(1.5, "");
    return numbers;
  }

  /// Says what a factor does and what the number is:
  /// `are 3 times too large: 3 is the number of rows of x`.
  String describe(double factor) {
    double size = Math.abs(factor);
    String sign = factor < 0 ? " and of the wrong sign" : "";
    if (Math.abs(size - 1) <= CLOSE && factor < 0) {
      return "have the wrong sign";
    }
    Optional<Named> direct = find(size);
    Optional<Named> inverse = find(1 / size);
    if (direct.isPresent() && (size > 1 || inverse.isEmpty())) {
      return (size > 1
              ? "are " + number(size) + " times too large"
              : "are " + number(size) + " times what they should be")
          + sign
          + because(direct.get());
    }
    if (inverse.isPresent()) {
      return (size < 1
              ? "are " + number(1 / size) + " times too small"
              : "are " + number(size) + " times too large")
          + sign
          + because(inverse.get());
    }
    return "are off by the constant factor " + exactly(factor);
  }

  /// What a number is, for example `2/3` or `3 is the number of rows of x`, if it has a name.
  Optional<String> name(double value) {
    return find(Math.abs(value))
        .or(() -> find(1 / Math.abs(value)))
        .map(Named::name)
        .filter(name -> !name.isEmpty());
  }

  /// Whether a factor is a nameable number, or the reciprocal of one.
  boolean isNamed(double factor) {
    double size = Math.abs(factor);
    return (Math.abs(size - 1) <= CLOSE && factor < 0)
        || find(size).isPresent()
        || find(1 / size).isPresent();
  }

  /// A number as a reader wants it: `3`, `0.333333`.
  static String number(double value) {
    double whole = Math.rint(value);
    if (Math.abs(value - whole) <= CLOSE * Math.abs(value) && Math.abs(whole) < 1e6) {
      return Long.toString((long) whole);
    }
    return digits(value, 6);
  }

  private static String exactly(double factor) {
    double excess = factor - 1;
    return Math.abs(excess) < 0.01
        ? "1 " + (excess < 0 ? "-" : "+") + " " + digits(Math.abs(excess), 3)
        : number(factor);
  }

  private static String digits(double value, int digits) {
    return Double.isFinite(value)
        ? String.valueOf(new BigDecimal(value).round(new MathContext(digits)).doubleValue())
        : String.valueOf(value);
  }

  private static String because(Named named) {
    return named.name.isEmpty() ? "" : ": " + named.name;
  }

  private Optional<Named> find(double value) {
    return candidates.stream()
        .filter(named -> Math.abs(named.value - value) <= CLOSE * named.value)
        .findFirst();
  }

  private static void addSizes(Map<Integer, List<String>> sizes, Shape shape, String path) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      addSize(sizes, shape.dim(axis), Axes.count(shape, axis) + " of " + path);
    }
    if (shape.rank() > 1) {
      addSize(sizes, shape.size(), "the number of elements of " + path);
    }
  }

  private static void addSize(Map<Integer, List<String>> sizes, int d, String name) {
    if (d > 1) {
      sizes.computeIfAbsent(d, size -> new ArrayList<>()).add(name);
    }
  }

  private static List<String> firstFew(List<String> names) {
    return names.size() > 3 ? names.subList(0, 3) : names;
  }

  private void addFunctions(double d, String name) {
    String is = ", with " + number(d) + " = " + name;
    String n = number(d);
    add(Math.sqrt(d), "the square root of " + n + is);
    add(d * d, n + " squared" + is);
    add(d / (d - 1), n + "/" + number(d - 1) + is + " (Bessel's correction)");
    add(
        Math.sqrt(d / (d - 1)),
        "the square root of " + n + "/" + number(d - 1) + is + " (Bessel's correction)");
    add(d - 1, n + " - 1" + is);
    add(d + 1, n + " + 1" + is);
    add(d / 2, n + "/2" + is);
    add(2 * d, "2*" + n + is);
  }

  private void addPairs(Map<Integer, List<String>> sizes) {
    List<Integer> all = List.copyOf(sizes.keySet());
    for (int p = 0; p < all.size(); p++) {
      for (int q = p + 1; q < all.size(); q++) {
        int d = all.get(p);
        int e = all.get(q);
        String is = ", with " + d + " = " + name(sizes, d) + " and " + e + " = " + name(sizes, e);
        add((double) d * e, d + "*" + e + is);
        add((double) d / e, d + "/" + e + is);
        add(Math.sqrt((double) d * e), "the square root of " + d + "*" + e + is);
      }
    }
  }

  private static String name(Map<Integer, List<String>> sizes, int d) {
    return sizes.getOrDefault(d, List.of("")).getFirst();
  }

  private void add(double value, String name) {
    if (Math.abs(value - 1) > CLOSE) {
      candidates.add(new Named(value, name));
    }
  }
}
