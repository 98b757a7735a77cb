package dev.lanewise.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FloatGeneratorTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @FieldSource("dev.lanewise.core.FloatGenerator#MASTERS")
  void committedTwinIsWhatTheGeneratorMakes(String master) throws IOException {
    String twin = FloatGenerator.twinOf(master);
    assertEquals(
        FloatGenerator.twin(ROOT, master),
        Files.readString(ROOT.resolve(twin)),
        () ->
            twin
                + " is not what FloatGenerator makes of its master. Change the master, then run"
                + " from the repository's root: "
                + FloatGenerator.COMMAND);
  }
}
