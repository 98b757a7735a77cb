package dev.lanewise.experiments.lecture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each experiment's claim.
class ExperimentsTest {
  @Test
  void threeThresholdUnitsComputeExclusiveOr() {
    assertArrayEquals(new double[] {0, 1, 1, 0}, XorByHand.answers());
  }

  @Test
  void aHiddenLayerLearnsExclusiveOrAndALinearModelDoesNot() {
    assertEquals(1, XorLearned.accuracy(XorLearned.withHiddenLayer()));
    assertTrue(XorLearned.accuracy(XorLearned.linear()) <= 0.75);
  }

  @Test
  void theGraphAgreesWithEveryDerivativeDerivedByHand() {
    assertAgree(BackpropByHand.logisticLeastSquares(0.7, -0.4, 1.5, 1, 0), 6);
    assertAgree(BackpropByHand.logisticLeastSquares(0.7, -0.4, 1.5, 1, 0.1), 6);
    assertAgree(BackpropByHand.logisticLeastSquares(-2, 0.3, 0.8, 0, 3), 6);
    assertAgree(BackpropByHand.twoLayers(), 25);
  }

  @Test
  void twoSidedDifferencesAreBetterAndBothHaveABestStep() {
    List<GradientCheck.Errors> errors = GradientCheck.errors();
    GradientCheck.Errors one =
        errors.stream().min(Comparator.comparingDouble(GradientCheck.Errors::oneSided)).get();
    GradientCheck.Errors two =
        errors.stream().min(Comparator.comparingDouble(GradientCheck.Errors::twoSided)).get();
    assertTrue(two.twoSided() < one.oneSided() / 10);
    for (double best : new double[] {one.h(), two.h()}) {
      assertTrue(best < errors.getFirst().h() && best > errors.getLast().h());
    }
    assertTrue(errors.getFirst().twoSided() > 1e4 * two.twoSided(), "the left arm of the V");
    assertTrue(errors.getLast().twoSided() > 1e4 * two.twoSided(), "the right arm of the V");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void backwardNeedsTwoProductsForEachLayerButOneForTheFirst(int layers) {
    CostRule.Cost plain = CostRule.operations(new CostRule.Case(layers, 16, false));
    CostRule.Cost ofData = CostRule.operations(new CostRule.Case(layers, 16, true));
    assertEquals(2 - 1.0 / layers, plain.ratio(), 1e-15);
    assertEquals(2, ofData.ratio());
    assertEquals(plain.forward(), ofData.forward());
  }

  @Test
  void theCostGrowsWithTheLayersAndWithTheSquareOfTheUnits() {
    CostRule.Cost one = CostRule.operations(new CostRule.Case(2, 16, true));
    CostRule.Cost deep = CostRule.operations(new CostRule.Case(6, 16, true));
    CostRule.Cost wide = CostRule.operations(new CostRule.Case(2, 48, true));
    assertEquals(2 * 2 * 128 * 16 * 16, one.forward());
    assertEquals(3, deep.forward() / one.forward());
    assertEquals(3, deep.backward() / one.backward());
    assertEquals(9, wide.forward() / one.forward());
    assertEquals(9, wide.backward() / one.backward());
  }

  private static void assertAgree(List<BackpropByHand.Row> rows, int expectedRows) {
    assertEquals(expectedRows, rows.size());
    assertFalse(rows.stream().allMatch(row -> row.byHand() == 0));
    for (BackpropByHand.Row row : rows) {
      assertEquals(row.byHand(), row.byGraph(), 1e-14, row.name());
    }
  }
}
