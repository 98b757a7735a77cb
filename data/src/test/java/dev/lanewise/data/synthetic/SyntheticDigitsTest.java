package dev.lanewise.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.data.ImageDataset;
import dev.lanewise.data.TrainAndTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {
  private static final String CHANGED =
      "The standard set is fixed: figures measured on it are published. If it must change, measure"
          + " them anew and give this test the new checksum.";

  @Test
  void theStandardSetIsTheSameBitForBit() {
    TrainAndTest<ImageDataset> digits =
        SyntheticDigits.standard(SyntheticDigits.TRAIN_SIZE, SyntheticDigits.TEST_SIZE, 4);
    assertEquals(
        "0a48ef4a0e9f7db963ee7c7effe2eac56a107ec0e1af1ddc58b6d0351f21e84d",
        sha256(digits.train()),
        CHANGED);
    assertEquals(
        "b8c0aa0f5edde01c5a2007575f999a2116314f1146ad0164893a68a0ceee3b97",
        sha256(digits.test()),
        CHANGED);
  }

  @Test
  void itsFirstThousandImagesAreTheSameBitForBit() {
    assertEquals(
        "a334ac4ed66af90bf7128af00b22c3813d5561e8fa83608a7a72af009fe386ae",
        sha256(SyntheticDigits.standard(1000, 0, 1).train()),
        CHANGED);
  }

  @Test
  void aSmallerSetIsTheStartOfALargerOneOnAnyNumberOfThreads() {
    ImageDataset large = SyntheticDigits.draw(Key.of(9), 1300, 3);
    ImageDataset small = SyntheticDigits.draw(Key.of(9), 700, 1);
    for (int i = 0; i < small.size(); i++) {
      assertEquals(large.label(i), small.label(i));
      assertArrayEquals(large.image(i), small.image(i));
    }
  }

  @Test
  void keysAndPartsDiffer() {
    TrainAndTest<ImageDataset> digits = SyntheticDigits.standard(20, 20, 1);
    ImageDataset other = SyntheticDigits.draw(Key.of(9), 20, 1);
    for (int i = 0; i < 20; i++) {
      assertFalse(Arrays.equals(digits.train().image(i), digits.test().image(i)));
      assertFalse(Arrays.equals(digits.train().image(i), other.image(i)));
    }
  }

  @Test
  void everyDigitIsAboutAsFrequentAsTheOthers() {
    ImageDataset digits = SyntheticDigits.draw(Key.of(1), 5000, 2);
    int[] counts = new int[10];
    for (int i = 0; i < digits.size(); i++) {
      counts[digits.label(i)]++;
    }
    // 5000 draws of probability 0.1 have a standard deviation of 21.
    for (int count : counts) {
      assertEquals(500, count, 100);
    }
  }

  @Test
  void everyImageIsInkOnPaper() {
    ImageDataset digits = SyntheticDigits.draw(Key.of(2), 2000, 2);
    for (int i = 0; i < digits.size(); i++) {
      int darkest = 0;
      int inked = 0;
      for (byte pixel : digits.image(i)) {
        darkest = Math.max(darkest, pixel & 0xff);
        inked += pixel == 0 ? 0 : 1;
      }
      int image = i;
      assertTrue(darkest > 60, () -> "image " + image + " is hardly visible");
      int pixels = inked;
      assertTrue(
          pixels > 20 && pixels < 400, () -> "image " + image + " inks " + pixels + " pixels");
    }
  }

  @Test
  void sizesWithoutSenseAreRefused() {
    assertEquals(0, SyntheticDigits.draw(Key.of(1), 0, 1).size());
    assertThrows(IllegalArgumentException.class, () -> SyntheticDigits.draw(Key.of(1), -1, 1));
    assertThrows(IllegalArgumentException.class, () -> SyntheticDigits.draw(Key.of(1), 1, 0));
  }

  private static String sha256(ImageDataset images) {
    return images.provenance().checksums().getFirst().sha256();
  }
}
