package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.op.MatMul;
import dev.lanewise.gradcheck.GradientChecker;
import java.util.Map;
import net.jqwik.api.Property;

class CompletenessTest {
  @Property(tries = 1, seed = "1")
  void everyOpOfCoreHasAContractTest() {
    Completeness.require(MatMul.class, getClass(), Map.of());
  }

  @Property(tries = 1, seed = "1")
  void whatHasNoContractTestIsNamed() {
    // The checker's own ops stand beside its classes, and have none.
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> Completeness.require(GradientChecker.class, getClass(), Map.of()));
    assertTrue(
        error.getMessage().contains("dev.lanewise.gradcheck.problem.PickRows"), error::getMessage);
  }

  @Property(tries = 1, seed = "1")
  void aDeclarationThatIsOutOfDateIsNamed() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Completeness.require(
                    MatMul.class,
                    getClass(),
                    Map.of("dev.lanewise.core.op.Gone", TanhContractTest.class)));
    assertTrue(error.getMessage().contains("Gone"), error::getMessage);
  }
}
