package dev.lanewise.experiments.run;

import dev.lanewise.core.graph.Loss;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.layers.loss.BinaryCrossEntropyWithLogits;
import dev.lanewise.layers.loss.MeanSquaredError;
import dev.lanewise.layers.loss.SoftmaxCrossEntropy;
import dev.lanewise.layers.loss.SquaredError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What `--loss` can name.
public enum LossChoice {
  /// For classes.
  SOFTMAX_CROSS_ENTROPY("softmax-cross-entropy", new SoftmaxCrossEntropy()),
  /// For classes, each against all others.
  BINARY_CROSS_ENTROPY("binary-cross-entropy", new BinaryCrossEntropyWithLogits()),
  /// For numbers; for classes towards one-hot rows.
  SQUARED_ERROR("squared-error", new SquaredError()),
  /// The same with another divisor.
  MEAN_SQUARED_ERROR("mean-squared-error", new MeanSquaredError());

  /// The name that leaves the choice to the data.
  public static final String AUTO = "auto";

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // the four losses are records without components
  private final Loss loss;

  LossChoice(String label, Loss loss) {
    this.label = label;
    this.loss = loss;
  }

  /// The name users write.
  ///
  /// @return the name
  public String label() {
    return label;
  }

  /// The loss.
  ///
  /// @return a mean over rows
  public Loss loss() {
    return loss;
  }

  /// All names that users may write.
  ///
  /// @return the names, with commas between
  public static String names() {
    return AUTO
        + ", "
        + Arrays.stream(values()).map(LossChoice::label).collect(Collectors.joining(", "));
  }

  /// Demands a name that users may write, before there are data to decide by.
  ///
  /// @param name the name
  /// @throws InputException if there is no such loss
  static void requireKnown(String name) {
    if (!name.equals(AUTO) && Arrays.stream(values()).noneMatch(each -> each.label.equals(name))) {
      throw new InputException("There is no loss '" + name + "': expected one of " + names() + ".");
    }
  }

  /// The loss a name stands for.
  ///
  /// @param name one of [#names()]
  /// @param dataset the data, which decide what `auto` is
  /// @return the choice
  /// @throws InputException if there is no such loss, or it is one for classes and there are none
  public static LossChoice of(String name, Dataset dataset) {
    requireKnown(name);
    boolean classes = !dataset.classLabels().isEmpty();
    if (name.equals(AUTO)) {
      return classes ? SOFTMAX_CROSS_ENTROPY : SQUARED_ERROR;
    }
    LossChoice choice =
        Arrays.stream(values()).filter(each -> each.label.equals(name)).findFirst().orElseThrow();
    boolean forClasses = choice == SOFTMAX_CROSS_ENTROPY || choice == BINARY_CROSS_ENTROPY;
    if (forClasses && !classes) {
      throw new InputException(
          "--loss " + name + " is for classes, but the targets of this set are numbers.");
    }
    return choice;
  }

  /// The loss that a direct solver minimises. There is none here for absolute errors: what they
  /// give is reported by squared ones.
  ///
  /// @param settings settings that name a solver
  /// @param dataset the data
  /// @return the choice
  /// @throws InputException if `loss` names another one, or the solver is for classes and there are
  ///     none
  static LossChoice ofSolver(TrainSettings settings, Dataset dataset) {
    String solver = "--optimizer " + settings.optimizer();
    boolean forClasses = settings.optimizer().equals("newton");
    if (forClasses && dataset.classLabels().isEmpty()) {
      throw new InputException(
          solver + " is for classes, but the targets of this set are numbers.");
    }
    List<LossChoice> possible =
        forClasses ? List.of(SOFTMAX_CROSS_ENTROPY, BINARY_CROSS_ENTROPY) : List.of(SQUARED_ERROR);
    if (settings.loss().equals(AUTO)) {
      return possible.getFirst();
    }
    return possible.stream()
        .filter(each -> each.label.equals(settings.loss()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--loss %s does not go with %s: expected %s or %s."
                        .formatted(
                            settings.loss(),
                            solver,
                            AUTO,
                            possible.stream()
                                .map(LossChoice::label)
                                .collect(Collectors.joining(" or ")))));
  }

  /// The dataset with targets as the loss wants them.
  ///
  /// @param dataset the data
  /// @return the same, or for classes with one-hot rows as targets
  Dataset prepare(Dataset dataset) {
    boolean classes = !dataset.classLabels().isEmpty();
    return classes && this != SOFTMAX_CROSS_ENTROPY ? OneHot.apply(dataset) : dataset;
  }
}
