package dev.lanewise.experiments;

import dev.lanewise.data.DataException;
import dev.lanewise.experiments.run.InputException;
import dev.lanewise.experiments.run.OutputException;
import dev.lanewise.layers.WeightsException;
import dev.lanewise.optim.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// How a command that cannot go on says so: one sentence on standard error, and an exit code.
final class Errors {
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;
  static final int INTERRUPTED = 130;

  private static final Set<String> LATER_COMMANDS = Set.of("predict", "sweep", "doctor");

  private Errors() {}

  static int inArguments(ParameterException e, String[] args) {
    return say(e.getCommandLine(), explain(e), WRONG_INPUT);
  }

  /// Wrong input is the user's to mend, and a full disk is nobody's fault; anything else is a
  /// mistake in the program, whose traces are needed to find it.
  static int inExecution(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    return switch (e) {
      case InputException wrong -> say(command, wrong.getMessage(), WRONG_INPUT);
      case DataException wrong -> say(command, wrong.getMessage(), WRONG_INPUT);
      case WeightsException wrong -> say(command, wrong.getMessage(), WRONG_INPUT);
      case CheckpointException failed when failed.getCause() instanceof IOException ->
          say(command, failed.getMessage(), FAILED);
      case CheckpointException wrong -> say(command, wrong.getMessage(), WRONG_INPUT);
      case OutputException failed -> say(command, failed.getMessage(), FAILED);
      default -> throw e;
    };
  }

  private static @Nullable String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> words = unmatched.getUnmatched();
      String first = words.isEmpty() ? "" : words.getFirst().split("=", 2)[0];
      if (LATER_COMMANDS.contains(first)) {
        return "The command " + first + " comes with a later version.";
      }
      if (!first.startsWith("-") && unmatched.getCommandLine().getParent() == null) {
        return "There is no command '"
            + first
            + "': expected one of "
            + String.join(", ", unmatched.getCommandLine().getSubcommands().keySet())
            + ".";
      }
      return "There is no option or argument '"
          + first
          + "' here."
          + didYouMean(unmatched.getSuggestions())
          + " See "
          + unmatched.getCommandLine().getCommandSpec().qualifiedName()
          + " --help.";
    }
    return e.getMessage();
  }

  private static String didYouMean(List<String> known) {
    return known.isEmpty() ? "" : " Did you mean " + String.join(" or ", known) + "?";
  }

  private static int say(CommandLine command, @Nullable String sentence, int code) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence);
    return code;
  }
}
