package dev.lanewise.optim.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Whose form of an optimizer, where they differ: whether the rate stands inside the momentum,
/// where ε stands, how decay is coupled. A preset takes that peer's other defaults too.
public enum Convention {
  /// PyTorch, `torch.optim`.
  TORCH("PyTorch"),
  /// Keras 3, `keras.optimizers`.
  KERAS("Keras"),
  /// scikit-learn, the optimizers of `sklearn.neural_network`.
  SKLEARN("scikit-learn"),
  /// The paper that introduced it, as each optimizer cites it.
  PAPER("the paper");

  private final String words;

  Convention(String words) {
    this.words = words;
  }

  /// A convention by its name in small letters.
  ///
  /// @param name `torch`, `keras`, `sklearn` or `paper`
  /// @return the convention
  /// @throws IllegalArgumentException if there is none; the message lists the known ones
  public static Convention byName(String name) {
    for (Convention each : values()) {
      if (each.label().equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "There is no convention '" + name + "': expected one of " + list(List.of(values())) + ".");
  }

  /// The name in small letters.
  ///
  /// @return for example `torch`
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Refuses a convention that does not have an optimizer.
  void requireOneOf(String optimizer, Convention... having) {
    if (!Arrays.asList(having).contains(this)) {
      throw new IllegalArgumentException(
          optimizer
              + " in the convention '"
              + label()
              + "' is not to be had: "
              + (this == PAPER ? "there is no such paper" : words + " has no such optimizer")
              + "; expected one of "
              + list(Arrays.asList(having))
              + ".");
    }
  }

  private static String list(List<Convention> conventions) {
    return conventions.stream().map(Convention::label).collect(Collectors.joining(", "));
  }
}
