package dev.lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.kernel.GemmVariant;
import dev.lanewise.core.tensor.DType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PeersTest {
  static Stream<Problem> problems() {
    return Arrays.stream(DType.values())
        .flatMap(
            dtype ->
                Arrays.stream(GemmVariant.values())
                    .flatMap(
                        variant ->
                            Stream.of("5x7x3", "1x40x20", "33x20x10")
                                .map(layer -> Problem.of(dtype, variant, layer))));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyLibraryComputesWhatOursDoes(Problem problem) {
    for (Library library : Library.values()) {
      Product product = library.product(problem);
      product.multiply().run();
      product.multiply().run();
      problem.verify(library, product.result());
    }
  }

  @ParameterizedTest
  @EnumSource(GemmVariant.class)
  void aWrongElementIsNoticed(GemmVariant variant) {
    Problem problem = Problem.of(DType.FLOAT32, variant, "5x7x3");
    Product product = problem.ours();
    product.multiply().run();
    Product.Matrix wrong = (i, j) -> product.result().get(i, j) + (i == 1 && j == 2 ? 1e-3 : 0);
    assertThrows(AssertionError.class, () -> problem.verify(Library.OPENBLAS, wrong));
  }
}
