package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Arbitrary shapes for gradient checks.
///
/// Sizes that are named differently are drawn differently and without a common factor, so that a
/// swapped axis or a wrong divisor cannot go unseen; only 1 may come twice. All but 1 and 2 are no
/// multiple of any number of vector lanes, and some exceed the lanes of 512 bits. Tensors stay
/// small ([#LARGEST]), because every element is checked.
public final class Shapes {
  /// The most elements that a drawn shape has.
  public static final int LARGEST = 120;

  private static final List<Integer> SIZES = List.of(1, 2, 3, 5, 7, 11, 13, 17);
  private static final Pattern FORM = Pattern.compile("\\[(\\w+(,\\w+)*)?]");

  private Shapes() {}

  /// Shapes of any rank from 0 to 3.
  ///
  /// @return the arbitrary
  public static Arbitrary<Shape> any() {
    return Arbitraries.of("[]", "[n]", "[n,m]", "[n,m,k]").flatMap(Shapes::of).map(List::getFirst);
  }

  /// Shapes of rank 2.
  ///
  /// @return the arbitrary
  public static Arbitrary<Shape> matrices() {
    return of("[n,m]").map(List::getFirst);
  }

  /// Shapes with at least one axis, of rank 1 to 3: the first axis is the batch.
  ///
  /// @return the arbitrary
  public static Arbitrary<Shape> batches() {
    return any().filter(shape -> shape.rank() > 0);
  }

  /// The same shape, of any rank, several times: the inputs of an op that works element by element.
  ///
  /// @param count how many times
  /// @return the arbitrary
  public static Arbitrary<List<Shape>> alike(int count) {
    return any().map(shape -> Collections.nCopies(count, shape));
  }

  /// Shapes that fit each other: `of("[n,k]", "[k,m]")` are the two factors of a matrix product.
  ///
  /// @param forms shapes whose dimensions are letters, to be drawn, or numbers
  /// @return the arbitrary of one shape for each form
  /// @throws IllegalArgumentException if a form is not written like that
  public static Arbitrary<List<Shape>> of(String... forms) {
    List<List<String>> named = Arrays.stream(forms).map(Shapes::dimensions).toList();
    List<String> letters =
        new ArrayList<>(
            named.stream()
                .flatMap(List::stream)
                .filter(name -> !isNumber(name))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    return Arbitraries.of(SIZES)
        .list()
        .ofSize(letters.size())
        .filter(Shapes::coprime)
        .map(
            sizes -> {
              Map<String, Integer> bySize =
                  IntStream.range(0, sizes.size())
                      .boxed()
                      .collect(Collectors.toMap(letters::get, sizes::get));
              return named.stream().map(names -> shape(names, bySize)).toList();
            })
        .filter(shapes -> shapes.stream().allMatch(shape -> shape.size() <= LARGEST));
  }

  private static List<String> dimensions(String form) {
    String text = form.replace(" ", "");
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "Shapes.of: a form is written like [n,k] or [n,3], not '" + form + "'.");
    }
    String inner = text.substring(1, text.length() - 1);
    return inner.isEmpty() ? List.of() : List.of(inner.split(","));
  }

  private static boolean isNumber(String name) {
    return Character.isDigit(name.charAt(0));
  }

  /// The drawn sizes are primes or 1: without a common factor if none comes twice.
  private static boolean coprime(List<Integer> sizes) {
    Set<Integer> seen = new HashSet<>();
    return sizes.stream().allMatch(size -> size == 1 || seen.add(size));
  }

  private static Shape shape(List<String> names, Map<String, Integer> sizes) {
    return Shape.of(
        names.stream()
            .mapToInt(name -> isNumber(name) ? Integer.parseInt(name) : sizes.getOrDefault(name, 0))
            .toArray());
  }
}
