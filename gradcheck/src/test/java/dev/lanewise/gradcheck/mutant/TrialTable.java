package dev.lanewise.gradcheck.mutant;

import dev.lanewise.gradcheck.GradientChecker;
import dev.lanewise.gradcheck.Regime;
import dev.lanewise.gradcheck.diagnosis.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The trials of all mutants as a page.
record TrialTable(GradientChecker checker, List<Trial> trials) {
  private static final String COMMAND =
      "mvn -q -pl gradcheck -am test -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dtest=MutantsTest -Dlanewise.write=true";

  /// How to write the page anew.
  static String command() {
    return COMMAND;
  }

  /// The numbers by category.
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        | mistakes | mutants | killed | coordinates, normal numbers | coordinates | directions \
        | laws | laws alone | nameable | named rightly |
        | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        """);
    for (String category :
        trials.stream().map(each -> each.mutant().category()).distinct().toList()) {
      text.append(row(category, each -> each.mutant().category().equals(category)));
    }
    return text.append(row("**all**", each -> true)).toString();
  }

  private String row(String name, Predicate<Trial> of) {
    List<Trial> all = trials.stream().filter(of).toList();
    return String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |%n",
            name,
            all.size(),
            count(all, Trial::killed),
            count(all, each -> each.coordinates().equals(Optional.of(Regime.NORMAL))),
            count(all, each -> each.coordinates().isPresent()),
            count(all, each -> each.directions().isPresent()),
            count(all, each -> each.law().isPresent()),
            count(
                all,
                each ->
                    each.law().isPresent()
                        && each.coordinates().isEmpty()
                        && each.directions().isEmpty()),
            count(all, Trial::declared),
            count(all, Trial::right))
        .replace(System.lineSeparator(), "\n");
  }

  private static long count(List<Trial> trials, Predicate<Trial> of) {
    return trials.stream().filter(of).count();
  }

  /// The whole page.
  String page() {
    StringBuilder text = new StringBuilder();
    text.append("# Mutants: wrong derivatives that the gradient checker must catch\n\n");
    text.append(
        """
        Written by a test, which checks each layer with a mistake by the checker with seed %d, all
        kinds of numbers, both upstreams, directions and laws, and compares what comes out with this
        page. To write it anew:

            %s

        The names of the mistakes were declared before there was a diagnosis. "Laws alone": neither
        a coordinate nor a direction is wrong.

        """
            .formatted(checker.seed(), COMMAND));
    text.append(summary());
    text.append(
        """

        ## One by one

        Where a mutant was caught first: the kind of numbers at which a coordinate is wrong, if none
        is so a direction, and the first law it breaks. Then what the report says is wrong, in bold
        if that is not what the mistake was declared to be.

        | layer | mistake | coordinate | direction | law | said | declared |
        | --- | --- | --- | --- | --- | --- | --- |
        """);
    trials.forEach(trial -> text.append(row(trial)));
    return text.toString();
  }

  private static String row(Trial trial) {
    Mutant mutant = trial.mutant();
    String said = trial.said().map(TrialTable::label).orElse("");
    boolean wrong = trial.declared() && !trial.right();
    return String.join(
            " | ",
            "| " + mutant.layer().name(),
            mutant.mistake(),
            trial.coordinates().map(Regime::label).orElse(""),
            trial.coordinates().isPresent() ? "" : trial.directions().map(Regime::label).orElse(""),
            trial.law().orElse(""),
            wrong ? "**" + (said.isEmpty() ? "nothing" : said) + "**" : said,
            mutant.causes().stream()
                .map(TrialTable::label)
                .sorted()
                .collect(Collectors.joining(" or ")))
        + " |\n";
  }

  private static String label(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
