package dev.lanewise.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private record Inner(int n, @Nullable String nothing) {}

  private record Outer(
      String someText,
      int l2,
      long big,
      double minDelta,
      double unknown,
      boolean yes,
      @Nullable Double absent,
      @Nullable Double there,
      DayOfWeek day,
      List<Double> numbers,
      List<Inner> inner,
      List<String> none,
      Map<DayOfWeek, Integer> counts,
      Inner itself) {}

  private static final Outer SAMPLE =
      new Outer(
          "quote \" tab \t line \n snowman ☃",
          2,
          1L << 60,
          1e-300,
          Double.NaN,
          true,
          null,
          0.1,
          DayOfWeek.MONDAY,
          List.of(1.0, -0.0, 1e22),
          List.of(new Inner(1, "x"), new Inner(2, null)),
          List.of(),
          Map.of(DayOfWeek.SUNDAY, 3),
          new Inner(-7, null));

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }

  @Test
  void recordsAreWrittenAsJacksonWouldWriteThem() throws IOException {
    assertEquals(mapper().writeValueAsString(SAMPLE), JsonWriter.write(SAMPLE, false));
    assertEquals(
        mapper().writerWithDefaultPrettyPrinter().writeValueAsString(SAMPLE),
        JsonWriter.write(SAMPLE, true));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Outer again = mapper().readValue(JsonWriter.write(SAMPLE, true), Outer.class);
    assertEquals(SAMPLE, again);
  }

  @Test
  void aValueOfAnotherKindIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> JsonWriter.write(List.of(Duration.ZERO), true));
  }
}
