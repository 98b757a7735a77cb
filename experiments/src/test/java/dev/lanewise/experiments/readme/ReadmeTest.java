package dev.lanewise.experiments.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.CheckInputs;
import dev.lanewise.gradcheck.GradientChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the README shows is what is compiled and run here.
class ReadmeTest {
  @Test
  void theExperimentLearnsTheSpirals() {
    double accuracy = SpiralsExample.accuracy();
    assertTrue(accuracy > 0.95, "accuracy " + accuracy);
  }

  @Test
  void theNewLayersGradientsAreRight() {
    GradientChecker.seeded(1)
        .checkLayer("Gaussian", new Gaussian(), CheckInputs.normal(Shape.of(5, 3), Key.of(1)))
        .requirePass();
  }

  /// The body of each example stands in the README, line by line, whatever its indentation.
  @ParameterizedTest
  @ValueSource(strings = {"SpiralsExample", "Gaussian"})
  void theReadmeShowsTheseExamples(String example) throws IOException {
    String readme = Files.readString(Path.of("../README.md")).replaceAll("\\s+", " ");
    Path source =
        Path.of("src/test/java/dev/lanewise/experiments/readme").resolve(example + ".java");
    String text = Files.readString(source);
    String start = example.equals("Gaussian") ? "record Gaussian()" : "    Key key";
    String end = example.equals("Gaussian") ? "\n}\n" : "\n  }\n";
    int from = text.indexOf(start);
    String shown = text.substring(from, text.indexOf(end, from)).replaceAll("\\s+", " ").strip();
    assertTrue(readme.contains(shown), "Copy the body of " + source + " into README.md.");
  }
}
