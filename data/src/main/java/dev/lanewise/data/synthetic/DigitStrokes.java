package dev.lanewise.data.synthetic;

import java.util.List;

/// How the digits are written: for each digit several styles, each a few strokes of the pen.
///
/// A stroke is a list of points that the pen passes on a smooth curve; a sharp corner is where one
/// stroke ends and the next begins. Points are in a box of width and height 1, x to the right and
/// y down, and the shapes are upright; slant and size come with the handwriting.
final class DigitStrokes {
  private static final List<List<double[][]>> ZERO =
      List.of(
          style(
              points(
                  .55, .03, .28, .12, .18, .5, .3, .88, .52, .97, .74, .85, .82, .5, .7, .14, .5,
                  .04)),
          style(
              points(
                  .6, .08, .42, .04, .29, .3, .29, .68, .42, .95, .6, .93, .72, .65, .7, .28, .56,
                  .06)),
          style(
              points(
                  .72, .16, .5, .02, .24, .2, .16, .55, .3, .9, .58, .97, .8, .75, .82, .4, .66, .1,
                  .42, .06)));

  private static final List<List<double[][]>> ONE =
      List.of(
          style(points(.5, .02, .5, .5, .5, .98)),
          style(points(.32, .26, .44, .16, .54, .02), points(.54, .02, .53, .5, .52, .98)),
          style(
              points(.34, .24, .44, .15, .53, .02),
              points(.53, .02, .53, .5, .52, .97),
              points(.3, .97, .52, .97, .74, .96)));

  private static final List<List<double[][]>> TWO =
      List.of(
          style(
              points(.22, .24, .32, .07, .55, .02, .75, .15, .74, .36, .55, .6, .36, .8, .2, .96),
              points(.2, .96, .5, .95, .82, .95)),
          style(
              points(
                  .22, .2, .4, .03, .66, .06, .76, .25, .66, .5, .42, .78, .24, .93, .15, .86, .28,
                  .77, .48, .86, .66, .95, .86, .9)),
          style(
              points(.2, .16, .36, .05, .58, .03, .74, .14),
              points(.74, .14, .68, .4, .44, .7, .2, .94),
              points(.2, .94, .42, .88, .62, .93, .84, .92)));

  private static final List<List<double[][]>> THREE =
      List.of(
          style(
              points(.24, .13, .42, .02, .66, .07, .72, .25, .6, .42, .42, .47),
              points(.42, .47, .66, .52, .78, .7, .68, .9, .44, .98, .2, .88)),
          style(
              points(.22, .05, .5, .05, .76, .04),
              points(.76, .04, .6, .25, .44, .42),
              points(.44, .42, .68, .47, .78, .68, .66, .9, .42, .98, .2, .88)),
          style(
              points(
                  .22, .18, .4, .03, .66, .08, .7, .28, .52, .46, .38, .48, .5, .5, .72, .58, .76,
                  .8, .56, .97, .3, .95, .18, .84)));

  private static final List<List<double[][]>> FOUR =
      List.of(
          style(
              points(.32, .03, .26, .3, .2, .58),
              points(.2, .58, .5, .58, .84, .55),
              points(.66, .08, .64, .5, .62, .98)),
          style(
              points(.62, .02, .4, .32, .16, .66),
              points(.16, .66, .5, .66, .86, .65),
              points(.62, .02, .62, .5, .61, .98)),
          style(
              points(.24, .06, .2, .36, .34, .53, .58, .51, .74, .36),
              points(.77, .04, .71, .5, .66, .98)));

  private static final List<List<double[][]>> FIVE =
      List.of(
          style(
              points(.3, .05, .27, .25, .25, .44),
              points(.25, .44, .5, .37, .74, .5, .76, .75, .56, .96, .34, .97, .18, .87),
              points(.3, .05, .55, .05, .78, .03)),
          style(
              points(
                  .78, .06, .5, .04, .3, .12, .26, .34, .45, .44, .68, .54, .76, .74, .6, .93, .38,
                  .97, .2, .9)));

  private static final List<List<double[][]>> SIX =
      List.of(
          style(
              points(
                  .68, .04, .42, .2, .24, .5, .22, .78, .4, .97, .64, .93, .76, .74, .64, .56, .42,
                  .56, .25, .72)),
          style(
              points(
                  .56, .02, .36, .3, .25, .65, .32, .9, .52, .98, .72, .85, .7, .64, .5, .55, .32,
                  .65, .27, .8)),
          style(
              points(
                  .76, .14, .62, .03, .4, .12, .24, .42, .22, .74, .38, .96, .62, .95, .76, .76,
                  .66, .58, .46, .54, .26, .68)));

  private static final List<List<double[][]>> SEVEN =
      List.of(
          style(points(.2, .07, .5, .06, .8, .05), points(.8, .05, .62, .4, .44, .98)),
          style(
              points(.2, .07, .5, .06, .8, .05),
              points(.8, .05, .62, .4, .44, .98),
              points(.38, .5, .56, .48, .76, .47)),
          style(
              points(.2, .2, .22, .08, .4, .1, .62, .09, .82, .04),
              points(.82, .04, .66, .3, .56, .6, .52, .98)));

  private static final List<List<double[][]>> EIGHT =
      List.of(
          style(
              points(
                  .68, .16, .5, .02, .3, .14, .34, .36, .54, .5, .74, .7, .66, .92, .46, .98, .26,
                  .86, .3, .66, .5, .49, .68, .34, .7, .14)),
          style(
              points(.5, .46, .32, .36, .32, .12, .52, .02, .7, .14, .68, .36, .5, .46),
              points(.5, .46, .26, .6, .24, .84, .5, .98, .76, .85, .74, .6, .5, .46)));

  private static final List<List<double[][]>> NINE =
      List.of(
          style(
              points(.72, .24, .6, .05, .36, .06, .24, .26, .34, .46, .58, .46, .72, .24),
              points(.73, .14, .72, .55, .66, .97)),
          style(
              points(
                  .72, .2, .52, .03, .3, .12, .26, .36, .46, .5, .66, .4, .74, .14, .75, .5, .66,
                  .82, .46, .97, .28, .9)),
          style(
              points(.74, .1, .5, .02, .28, .16, .28, .4, .48, .5, .68, .36, .74, .1),
              points(.74, .1, .66, .5, .5, .98)));

  private static final List<List<List<double[][]>>> DIGITS =
      List.of(ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE);

  private DigitStrokes() {}

  /// The styles of a digit: each a list of strokes, each a list of points (x, y). Not to be
  /// changed.
  static List<List<double[][]>> styles(int digit) {
    return DIGITS.get(digit);
  }

  private static List<double[][]> style(double[][]... strokes) {
    return List.of(strokes);
  }

  private static double[][] points(double... coordinates) {
    double[][] points = new double[coordinates.length / 2][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {coordinates[2 * i], coordinates[2 * i + 1]};
    }
    return points;
  }
}
