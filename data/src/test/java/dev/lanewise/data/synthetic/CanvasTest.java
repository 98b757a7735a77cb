package dev.lanewise.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.random.Key;
import org.junit.jupiter.api.Test;

class CanvasTest {
  @Test
  void aPixelsInkFallsWithItsDistanceToTheLine() {
    Canvas canvas = new Canvas(7);
    canvas.line(-1, 0, 1, 1, 0, 1, 1, 1); // half-width 1, border from 0.5 to 1.5
    byte[] pixels = develop(canvas);
    assertEquals(255, at(pixels, 3, 3)); // on the line
    assertEquals(128, at(pixels, 2, 3)); // at distance 1: half covered
    assertEquals(0, at(pixels, 1, 3)); // at distance 2
    assertEquals(128, at(pixels, 3, 1)); // beyond the round end, at distance 1
    assertEquals((int) ((1.5 - Math.sqrt(2)) * 255 + 0.5), at(pixels, 2, 1));
  }

  @Test
  void theWidthGoesFromOneEndToTheOther() {
    Canvas canvas = new Canvas(9);
    canvas.line(-3, 0, 1, 3, 0, 2, 1, 1);
    byte[] pixels = develop(canvas);
    assertEquals(128, pixels[3 * 9 + 1] & 0xff); // distance 1 where the half-width is 1
    assertEquals(255, pixels[3 * 9 + 4] & 0xff); // distance 1 where it is 1.5
    assertEquals(128, pixels[2 * 9 + 7] & 0xff); // distance 2 where it is 2
  }

  @Test
  void linesDoNotAddUpAndMayLeaveThePaper() {
    Canvas canvas = new Canvas(7);
    canvas.line(-20, 0, 1, 20, 0, 1, 1, 0.5);
    canvas.line(0, 0, 1, 0, 0, 1, 1, 0.5);
    byte[] pixels = develop(canvas);
    assertEquals(128, at(pixels, 3, 0));
    assertEquals(128, at(pixels, 3, 3));
    assertEquals(0, develop(canvas)[3 * 7 + 3], "developing clears the canvas");
  }

  private static byte[] develop(Canvas canvas) {
    byte[] pixels = new byte[7 * 7 + 32];
    canvas.develop(new Draws(Key.of(1)), 0, pixels, 0);
    return pixels;
  }

  private static int at(byte[] pixels, int row, int column) {
    return pixels[row * 7 + column] & 0xff;
  }
}
