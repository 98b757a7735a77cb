package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GemmPiecesProperties {
  @Property
  void piecesAreTheWholeAndNoneIsEmpty(
      @ForAll @IntRange(min = 1, max = 3000) int m,
      @ForAll @IntRange(min = 1, max = 3000) int n,
      @ForAll @IntRange(min = 1, max = 3000) int k,
      @ForAll @IntRange(min = 1, max = 32) int panel,
      @ForAll @IntRange(min = 1, max = 64) int threads) {
    GemmPieces pieces = GemmPieces.of(m, n, k, panel, threads);
    int rows = 0;
    for (int row = 0; row < pieces.rows(); row++) {
      assertEquals(rows, pieces.fromRow(row));
      assertTrue(pieces.height(row) > 0, pieces::toString);
      rows += pieces.height(row);
    }
    assertEquals(m, rows);
    int columns = 0;
    for (int column = 0; column < pieces.columns(); column++) {
      assertEquals(columns, pieces.fromColumn(column));
      assertEquals(0, columns % panel, "a column of pieces begins with a panel");
      assertTrue(pieces.width(column) > 0, pieces::toString);
      columns += pieces.width(column);
    }
    assertEquals(n, columns);
  }

  @Test
  void fourThreadsHaveManyPiecesOfALayersProductAndAFewOfASmallOne() {
    GemmPieces large = GemmPieces.of(128, 512, 784, 32, 4);
    assertTrue(large.packs());
    assertTrue(large.count() >= 32, large::toString);
    GemmPieces small = GemmPieces.of(128, 10, 256, 32, 4);
    assertFalse(small.packs());
    assertEquals(4, small.count());
    GemmPieces ofOneExample = GemmPieces.of(1, 512, 784, 32, 4);
    assertFalse(ofOneExample.packs());
    assertEquals(4, ofOneExample.columns());
  }

  @Test
  void aSmallSquareIsNotPackedForItsPieces() {
    assertFalse(GemmPieces.of(80, 80, 80, 32, 4).packs());
    assertTrue(GemmPieces.of(128, 128, 128, 32, 4).packs());
  }

  @Test
  void manyThreadsGetNoMorePiecesThanAreWorthMeetingFor() {
    assertEquals(12, GemmPieces.of(1, 784, 512, 16, 64).count());
  }

  @Test
  void oneThreadAndSmallProductsShareNothing() {
    assertFalse(GemmPieces.pay(1000, 1000, 1000, 1));
    assertFalse(GemmPieces.pay(40, 40, 40, 4));
    assertFalse(GemmPieces.pay(32, 10, 256, 4));
    assertTrue(GemmPieces.pay(128, 10, 256, 4));
    assertTrue(GemmPieces.pay(1, 512, 784, 4));
    assertTrue(GemmPieces.pay(32, 128, 784, 4));
  }
}
