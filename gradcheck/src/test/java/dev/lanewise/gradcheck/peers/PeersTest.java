package dev.lanewise.gradcheck.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The checker against the peers' rules, and the page that shows it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeersTest {
  private static final Path PAGE = Path.of("../docs/gradient-checking-peers.md");
  private static final String BEGIN = "<!-- measured: begin -->";
  private static final String END = "<!-- measured: end -->";

  /// Per cent, one of ten: where the last bit of a function differs a verdict may turn.
  private static final double DIFFERENCE = 10.5;

  private static final String AGAIN =
      " Measure again: mvn -pl gradcheck -am test -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dtest=PeersTest -Dlanewise.write=true";

  private Comparison comparison;

  @BeforeAll
  void compare() throws IOException {
    comparison = Comparison.measure();
    if (Boolean.getBoolean("lanewise.write")) {
      String page = Files.readString(PAGE);
      String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
      String after = page.substring(page.indexOf(END));
      Files.writeString(PAGE, before + "\n" + String.join("\n", comparison.rows()) + "\n" + after);
    }
  }

  @Test
  void oursKillsAllMutantsAndNoPeerDoes() {
    for (String rule : comparison.columns()) {
      double kills = comparison.kill(Comparison.ALL, rule);
      if (rule.equals(Comparison.OURS)) {
        assertEquals(100, kills);
      } else {
        assertTrue(kills > 30 && kills < 100, rule + " kills " + kills + " %");
      }
    }
  }

  @Test
  void oursIsSilentInAllRegimesAndEveryPeerAlarmsInSome() {
    for (String rule : comparison.columns()) {
      double worst =
          comparison.alarms().keySet().stream()
              .mapToDouble(regime -> comparison.alarm(regime, rule))
              .max()
              .orElseThrow();
      if (rule.startsWith(Comparison.OURS)) {
        assertEquals(0, worst);
      } else {
        assertTrue(worst > 5, rule + " alarms at most in " + worst + " %");
      }
    }
  }

  @Test
  void peersAreSilentOnNormalInputsSoTheirRulesAreRenderedRight() {
    for (String rule : comparison.columns()) {
      double alarms = comparison.alarm("normal", rule);
      assertTrue(alarms <= 2, rule + " alarms in " + alarms + " % of normal runs");
    }
  }

  @Test
  void thePageShowsWhatWasMeasured() throws IOException {
    String page = Files.readString(PAGE);
    String shown = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)).strip();
    List<String> expected = List.of(String.join("\n", comparison.rows()).split("\n"));
    List<String> actual = List.of(shown.split("\n"));
    assertEquals(names(expected), names(actual), "The page's tables have other rows." + AGAIN);
    for (int i = 0; i < expected.size(); i++) {
      double[] measured = numbers(expected.get(i));
      double[] written = numbers(actual.get(i));
      assertEquals(measured.length, written.length, actual.get(i) + AGAIN);
      for (int k = 0; k < measured.length; k++) {
        assertEquals(measured[k], written[k], DIFFERENCE, actual.get(i) + AGAIN);
      }
    }
  }

  private static List<String> names(List<String> rows) {
    return rows.stream().map(row -> row.contains("|") ? row.split("\\|")[1].strip() : row).toList();
  }

  private static double[] numbers(String row) {
    List<Double> numbers = new ArrayList<>();
    Arrays.stream(row.split("\\|"))
        .skip(2)
        .map(String::strip)
        .filter(cell -> cell.matches("[0-9.]+"))
        .forEach(cell -> numbers.add(Double.parseDouble(cell)));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
