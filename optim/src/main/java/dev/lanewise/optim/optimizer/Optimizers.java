package dev.lanewise.optim.optimizer;

import dev.lanewise.optim.schedule.Constant;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.transform.Chain;
import java.util.List;
import java.util.OptionalDouble;

/// Optimizers by the names that users write, with their usual settings.
public final class Optimizers {
  private static final double USUAL_MOMENTUM = 0.9;

  private Optimizers() {}

  /// The known names.
  ///
  /// @return the names
  public static List<String> names() {
    return List.of(
        "sgd",
        "momentum",
        "nesterov",
        "adam",
        "amsgrad",
        "adamw",
        "nadam",
        "radam",
        "adamax",
        "adabelief",
        "adagrad",
        "adadelta",
        "rmsprop",
        "rprop",
        "lion",
        "lamb",
        "adafactor",
        "muon",
        "lbfgs",
        "cg");
  }

  /// The usual rate of an optimizer, from which a search may begin.
  ///
  /// @param name one of [#names()]
  /// @return η
  /// @throws IllegalArgumentException if there is no such name; the message lists the known ones
  public static double usualRate(String name) {
    return switch (name) {
      case "adadelta", "lbfgs", "cg" -> 1;
      case "rmsprop", "adagrad", "rprop", "adafactor" -> 1e-2;
      case "nadam", "adamax" -> 2e-3;
      case "lion" -> 1e-4;
      case "sgd", "momentum", "nesterov", "adam", "amsgrad", "adamw", "radam" -> 1e-3;
      case "adabelief", "lamb", "muon" -> 1e-3;
      default -> throw unknown(name);
    };
  }

  /// The conventions that an optimizer is to be had in, the first if none is named: PyTorch's
  /// where there is one, else the paper's.
  ///
  /// @param name one of [#names()]
  /// @return the conventions
  /// @throws IllegalArgumentException if there is no such name; the message lists the known ones
  public static List<Convention> conventions(String name) {
    return switch (name) {
      case "sgd", "momentum", "nesterov", "adam" -> List.of(Convention.values());
      case "amsgrad", "adamw", "nadam", "adamax", "adagrad", "adadelta", "rmsprop", "adafactor" ->
          List.of(Convention.TORCH, Convention.KERAS, Convention.PAPER);
      case "radam", "rprop", "muon" -> List.of(Convention.TORCH, Convention.PAPER);
      case "lion", "lamb" -> List.of(Convention.PAPER, Convention.KERAS);
      case "lbfgs" -> List.of(Convention.TORCH);
      case "adabelief", "cg" -> List.of(Convention.PAPER);
      default -> throw unknown(name);
    };
  }

  /// An optimizer with its usual settings and a constant rate.
  ///
  /// @param name one of [#names()]
  /// @param rate η
  /// @return the optimizer, in the first of its [#conventions]
  /// @throws IllegalArgumentException if the rate is not a positive number, or there is no such
  ///     name; the message lists the known ones
  public static Chain byName(String name, double rate) {
    return byName(name, Schedule.constant(rate), OptionalDouble.empty());
  }

  /// An optimizer with its usual settings.
  ///
  /// @param name one of [#names()]
  /// @param rate η(t)
  /// @param momentum another momentum than the usual one
  /// @return the optimizer, in the first of its [#conventions]
  /// @throws IllegalArgumentException if a number is out of range, a momentum is given to an
  ///     optimizer that has none, or there is no such name; the message lists the known ones
  public static Chain byName(String name, Schedule rate, OptionalDouble momentum) {
    return byName(name, rate, momentum, conventions(name).getFirst());
  }

  /// An optimizer in a convention, with its usual settings.
  ///
  /// @param name one of [#names()]
  /// @param rate η(t)
  /// @param momentum another momentum than the usual one, which is 0.9 for `momentum` and
  ///     `nesterov`, 0.95 for `muon` and 0 for `rmsprop`
  /// @param convention whose form
  /// @return the optimizer
  /// @throws IllegalArgumentException if a number is out of range, a momentum is given to an
  ///     optimizer that has none, the convention does not have the optimizer, or there is no such
  ///     name; the message lists the known ones
  public static Chain byName(
      String name, Schedule rate, OptionalDouble momentum, Convention convention) {
    if (momentum.isPresent()) {
      return withMomentum(name, rate, momentum.getAsDouble(), convention);
    }
    return switch (name) {
      case "sgd" -> Sgd.of(rate);
      case "momentum", "nesterov" -> withMomentum(name, rate, USUAL_MOMENTUM, convention);
      case "adam" -> Adam.of(rate, convention);
      case "amsgrad" -> Amsgrad.of(rate, convention);
      case "adamw" -> AdamW.of(rate, convention);
      case "nadam" -> Nadam.of(rate, convention);
      case "radam" -> Radam.of(rate, convention);
      case "adamax" -> Adamax.of(rate, convention);
      case "adabelief" -> Adabelief.of(rate, convention);
      case "adagrad" -> Adagrad.of(rate, convention);
      case "adadelta" -> Adadelta.of(rate, convention);
      case "rmsprop" -> Rmsprop.of(rate, convention);
      case "rprop" -> Rprop.of(rate, convention);
      case "lion" -> Lion.of(rate, convention);
      case "lamb" -> Lamb.of(rate, convention);
      case "adafactor" -> Adafactor.of(rate, convention);
      case "muon" -> Muon.of(rate, convention);
      case "lbfgs" -> Lbfgs.of(rate, convention);
      case "cg" -> ConjugateGradient.of(rate, convention);
      default -> throw unknown(name);
    };
  }

  private static Chain withMomentum(
      String name, Schedule rate, double momentum, Convention convention) {
    return switch (name) {
      case "momentum" -> Momentum.of(rate, new Constant(momentum), convention);
      case "nesterov" -> Momentum.nesterov(rate, new Constant(momentum), convention);
      case "rmsprop" ->
          Rmsprop.of(rate, new Constant(momentum), convention == Convention.PAPER, convention);
      case "muon" -> Muon.of(rate, momentum, convention);
      default -> {
        if (!names().contains(name)) {
          throw unknown(name);
        }
        throw new IllegalArgumentException(
            "The optimizer '" + name + "' has no momentum, but " + momentum + " is given.");
      }
    };
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "There is no optimizer '"
            + name
            + "': expected one of "
            + String.join(", ", names())
            + ".");
  }
}
