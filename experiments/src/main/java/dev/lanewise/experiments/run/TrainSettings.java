package dev.lanewise.experiments.run;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.optim.direct.DirectSolver;
import dev.lanewise.optim.direct.DirectSolvers;
import dev.lanewise.optim.optimizer.Convention;
import dev.lanewise.optim.optimizer.Optimizers;
import dev.lanewise.optim.schedule.Schedule;
import dev.lanewise.optim.schedule.Schedules;
import dev.lanewise.optim.transform.Chain;
import dev.lanewise.optim.transform.ClipByGlobalNorm;
import dev.lanewise.optim.transform.Penalty;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a user can set about a run: the flags of `train`.
///
/// @param data a built-in set or a folder
/// @param hidden the units of each hidden layer
/// @param activation the activation's name
/// @param loss the loss's name; `auto` until the data decided
/// @param optimizer the name of an optimizer or of a direct solver
/// @param lr the learning rate; what a schedule starts from or rises to; 0 for a direct solver
/// @param schedule how the rate changes, see [dev.lanewise.optim.schedule.Schedules]
/// @param momentum the optimizer's momentum, or `usual`
/// @param convention whose form of the optimizer, or `usual`
/// @param clipNorm the largest norm of a gradient over all parameters; 0 for any
/// @param batch the rows of a batch
/// @param epochs how many epochs at most
/// @param l1 λ of the penalty λΣ|w|
/// @param l2 λ of the penalty ½λ‖w‖²
/// @param lp `P:λ` of the penalty λ/P·Σ|w|ᴾ
/// @param dropout the rate of dropout after each hidden layer
/// @param average the decay per step of the weights' moving average, which is the model; 0 for none
/// @param patience how many epochs without progress end the run
/// @param minDelta what counts as progress
/// @param validation the fraction of the training part for validation
/// @param seed what everything random derives from
/// @param dtype the element type's name
/// @param threads how many threads compute; changes no result
public record TrainSettings(
    String data,
    List<Integer> hidden,
    String activation,
    String loss,
    String optimizer,
    double lr,
    String schedule,
    String momentum,
    String convention,
    double clipNorm,
    int batch,
    int epochs,
    double l1,
    double l2,
    String lp,
    double dropout,
    double average,
    int patience,
    double minDelta,
    double validation,
    long seed,
    String dtype,
    int threads) {
  /// Of a momentum or a convention: the optimizer's usual one.
  public static final String USUAL = "usual";

  private static final String WHOLE_FROM_1 = "a whole number from 1 on";

  /// Settings.
  ///
  /// @throws InputException if a number is out of range; the message names its flag
  public TrainSettings {
    hidden = List.copyOf(hidden);
    require(hidden.stream().allMatch(units -> units >= 1), "--hidden", "units from 1 on", hidden);
    boolean solved = DirectSolvers.names().contains(optimizer);
    require(solved || (lr > 0 && Double.isFinite(lr)), "--lr", "a positive number", lr);
    requireFromZero("--clip-norm", clipNorm);
    require(batch >= 1, "--batch", WHOLE_FROM_1, batch);
    require(epochs >= 1, "--epochs", WHOLE_FROM_1, epochs);
    requireFromZero("--l1", l1);
    requireFromZero("--l2", l2);
    require(dropout >= 0 && dropout < 1, "--dropout", "from 0 on and below 1", dropout);
    require(average >= 0 && average < 1, "--average", "from 0 on and below 1", average);
    require(patience >= 1, "--patience", WHOLE_FROM_1, patience);
    requireFromZero("--min-delta", minDelta);
    require(
        validation >= 0 && validation < 1,
        "--validation",
        "a fraction from 0 on and below 1",
        validation);
    require(threads >= 1, "--threads", WHOLE_FROM_1, threads);
  }

  private static void requireFromZero(String flag, double found) {
    require(found >= 0 && Double.isFinite(found), flag, "a number from 0 on", found);
  }

  private static void require(boolean holds, String flag, String expected, Object found) {
    if (!holds) {
      throw new InputException(flag + " must be " + expected + ", not " + found + ".");
    }
  }

  /// The element type.
  ///
  /// @return what `dtype` names
  /// @throws InputException if it names none
  public DType elementType() {
    try {
      return DType.of(dtype);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /// Whether the model is solved for at once, instead of trained.
  ///
  /// @return whether `optimizer` names a direct solver
  public boolean isSolved() {
    return DirectSolvers.names().contains(optimizer);
  }

  /// The direct solver.
  ///
  /// @return what `optimizer` and `l2` ask for
  /// @throws InputException if they do not fit together, or the model is not linear
  DirectSolver solver() {
    if (!hidden.isEmpty()) {
      throw new InputException(
          "--optimizer "
              + optimizer
              + " solves for linear models: it needs --hidden \"\", not "
              + hidden.stream().map(String::valueOf).collect(Collectors.joining(","))
              + ".");
    }
    try {
      return DirectSolvers.byName(optimizer, l2);
    } catch (IllegalArgumentException e) {
      throw new InputException("--l2 " + l2 + ": " + e.getMessage(), e);
    }
  }

  /// The optimizer.
  ///
  /// @param stepsPerEpoch how many steps an epoch has
  /// @return what `optimizer`, `lr`, `schedule`, `momentum`, `convention` and `clipNorm` ask for
  /// @throws InputException if one of them names nothing, or they do not fit together
  public Chain chain(long stepsPerEpoch) {
    try {
      Schedule rate = Schedules.parse(schedule, lr, stepsPerEpoch, stepsPerEpoch * epochs);
      Convention form =
          convention.equals(USUAL)
              ? Optimizers.conventions(optimizer).getFirst()
              : Convention.byName(convention);
      Chain chain = Optimizers.byName(optimizer, rate, momentumNumber(), form);
      return clipNorm == 0 ? chain : Chain.of(new ClipByGlobalNorm(clipNorm), chain);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /// The penalties.
  ///
  /// @return what `l1`, `l2` and `lp` ask for; those of strength 0 are left out
  /// @throws InputException if `lp` is malformed or out of range
  public Penalty[] penalties() {
    return Stream.of(Penalty.l1(l1), Penalty.l2(l2), lpPenalty())
        .filter(penalty -> penalty.lambda().at(1) > 0)
        .toArray(Penalty[]::new);
  }

  private Penalty lpPenalty() {
    String[] parts = lp.split(":", -1);
    try {
      if (parts.length == 2) {
        return Penalty.lp(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
      }
    } catch (NumberFormatException e) {
      // Falls through to the sentence about both numbers.
    } catch (IllegalArgumentException e) {
      throw new InputException("--lp " + lp + ": " + e.getMessage(), e);
    }
    throw new InputException(
        "--lp must be a power and a strength with a colon between, as in 1.5:1e-4, not '"
            + lp
            + "'.");
  }

  private OptionalDouble momentumNumber() {
    if (momentum.equals(USUAL)) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(momentum));
    } catch (NumberFormatException e) {
      throw new InputException("--momentum must be a number, not '" + momentum + "'.", e);
    }
  }

  /// Refuses flags that ask for something else than a run was begun with.
  ///
  /// @param given the settings of the command line
  /// @param flags the flags that stand there, as in `--min-delta`
  /// @param run the run, for messages
  /// @throws InputException if one of them conflicts
  public void requireSame(TrainSettings given, List<String> flags, Path run) {
    for (String flag : flags) {
      Object was = value(flag);
      Object is = given.value(flag);
      boolean same = is.equals(was) || (flag.equals("--loss") && is.equals(LossChoice.AUTO));
      if (!same) {
        throw new InputException(
            "%s %s conflicts with the run %s, which was begun with %s."
                .formatted(flag, is, run, was));
      }
    }
  }

  /// What a flag set; the flag itself if it sets no component.
  private Object value(String flag) {
    for (RecordComponent component : TrainSettings.class.getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (flag.equals("--" + name)) {
        try {
          return component.getAccessor().invoke(this);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new InputException(flag + " does not go together with --resume.");
  }

  /// These settings with another number of threads.
  ///
  /// @param number how many threads compute
  /// @return the settings
  public TrainSettings withThreads(int number) {
    return new TrainSettings(
        data,
        hidden,
        activation,
        loss,
        optimizer,
        lr,
        schedule,
        momentum,
        convention,
        clipNorm,
        batch,
        epochs,
        l1,
        l2,
        lp,
        dropout,
        average,
        patience,
        minDelta,
        validation,
        seed,
        dtype,
        number);
  }

  TrainSettings withLoss(String name) {
    return new TrainSettings(
        data,
        hidden,
        activation,
        name,
        optimizer,
        lr,
        schedule,
        momentum,
        convention,
        clipNorm,
        batch,
        epochs,
        l1,
        l2,
        lp,
        dropout,
        average,
        patience,
        minDelta,
        validation,
        seed,
        dtype,
        threads);
  }
}
