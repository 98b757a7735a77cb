package dev.lanewise.gradcheck.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.gradcheck.GradientChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutantsTest {
  private static final GradientChecker CHECKER = GradientChecker.seeded(1).threads(1);
  private static final Path PAGE = Path.of("../docs/gradient-checking-mutants.md");

  private static List<Trial> trials = List.of();

  @BeforeAll
  static void tryAll() {
    trials = Mutants.all().parallelStream().map(mutant -> Trial.of(mutant, CHECKER)).toList();
    System.out.println(new TrialTable(CHECKER, trials).summary());
  }

  @Test
  void everyMutantIsKilled() {
    List<String> survivors =
        trials.stream()
            .filter(trial -> !trial.killed())
            .map(trial -> trial.mutant() + "\n" + trial.report())
            .toList();
    assertEquals(List.of(), survivors, () -> String.join("\n\n", survivors));
  }

  /// Ties must not be luck, and directions that miss by 1e-11 must be followed up.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "max: to all that are equal",
        "max-pool: to all that are equal",
        "tanh: all × (1 + 1e-11)"
      })
  void mutantsThatOnceSurvivedAreKilledWithManySeeds(String name) {
    for (long seed = 1; seed <= 8; seed++) {
      Mutant mutant =
          Mutants.all().stream()
              .filter(each -> each.toString().equals(name))
              .findFirst()
              .orElseThrow();
      assertTrue(Trial.of(mutant, GradientChecker.seeded(seed)).killed(), name + ", seed " + seed);
    }
  }

  @Test
  void nineOfTenMistakesWithANameAreNamedRightly() {
    List<Trial> named = trials.stream().filter(Trial::declared).toList();
    List<Trial> wrong = named.stream().filter(trial -> !trial.right()).toList();
    assertTrue(
        wrong.size() <= 0.1 * named.size(),
        () ->
            wrong.size()
                + " of "
                + named.size()
                + " are named wrongly:\n"
                + wrong.stream()
                    .map(trial -> trial.mutant() + " " + trial.said())
                    .collect(Collectors.joining("\n")));
  }

  @Test
  void thereAreMutantsOfEveryKind() {
    Set<String> mistakes =
        trials.stream().map(t -> t.mutant().toString()).collect(Collectors.toSet());
    assertEquals(trials.size(), mistakes.size(), "two mutants have the same name");
    assertTrue(trials.size() >= 170, () -> trials.size() + " mutants");
    Set<String> broken =
        trials.stream().map(t -> t.mutant().layer().name()).collect(Collectors.toSet());
    List<String> untouched =
        RightLayers.all().stream()
            .map(PlainLayer::name)
            .filter(name -> !broken.contains(name))
            .toList();
    assertEquals(List.of(), untouched, "right layers without a mutant");
  }

  @Test
  void thePageSaysWhatCameOut() throws IOException {
    String page = new TrialTable(CHECKER, trials).page();
    if (Boolean.getBoolean("lanewise.write")) {
      Files.writeString(PAGE, page);
    }
    List<String> committed = Files.exists(PAGE) ? Files.readAllLines(PAGE) : List.of();
    List<String> changed =
        page.lines().filter(line -> !committed.contains(line)).limit(20).toList();
    assertEquals(
        List.of(),
        changed,
        () -> PAGE + " is out of date; write it anew by: " + TrialTable.command());
    assertEquals(committed.size(), page.lines().count(), () -> "lines of " + PAGE);
  }
}
