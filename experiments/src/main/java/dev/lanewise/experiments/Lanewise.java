package dev.lanewise.experiments;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The command `lanewise`, which has subcommands alone.
@Command(
    name = "lanewise",
    description = "Trains neural networks and shows what they do.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    version = "lanewise 0.1.0-SNAPSHOT")
public final class Lanewise implements Runnable {
  private static final List<String> COMMANDS =
      List.of(
          "train",
          "evaluate",
          "compare",
          "diff",
          "replay",
          "schedule",
          "gradcheck",
          "experiment",
          "data",
          "bench");

  @Spec private CommandSpec spec;

  Lanewise() {}

  /// Runs a command.
  ///
  /// @param out what standard output is
  /// @param err what standard error is
  /// @param args the command and its arguments
  /// @return the exit code: 0 done, 1 the run failed, 2 the arguments or input are wrong, 130
  ///     interrupted
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    int code =
        commandLine(args)
            .registerConverter(double.class, text -> number(text, Double::valueOf, "number"))
            .registerConverter(Double.class, text -> number(text, Double::valueOf, "number"))
            .registerConverter(long.class, text -> number(text, Long::valueOf, "whole number"))
            .registerConverter(int.class, text -> number(text, Integer::valueOf, "whole number"))
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Errors::inArguments)
            .setExecutionExceptionHandler(Errors::inExecution)
            .execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private static <T> T number(String text, Function<String, T> parse, String expected) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no " + expected + " that fits.");
    }
  }

  /// The command with the one subcommand that is named, or with all if none is: picocli needs
  /// longer to get to know them than some of them need to run.
  private static CommandLine commandLine(String[] args) {
    CommandLine line = new CommandLine(new Lanewise());
    boolean named = args.length > 0 && COMMANDS.contains(args[0]);
    for (String name : named ? List.of(args[0]) : COMMANDS) {
      line.addSubcommand(name, subcommand(name));
    }
    return line;
  }

  private static Object subcommand(String name) {
    return switch (name) {
      case "train" -> new TrainCommand();
      case "evaluate" -> new EvaluateCommand();
      case "compare" -> new CompareCommand();
      case "diff" -> new DiffCommand();
      case "replay" -> new ReplayCommand();
      case "schedule" -> new ScheduleCommand();
      case "gradcheck" -> new GradcheckCommand();
      case "experiment" -> new ExperimentCommand();
      case "data" -> new DataCommand();
      case "bench" -> new BenchCommand();
      default -> throw new IllegalArgumentException("There is no command " + name + ".");
    };
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is needed: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
