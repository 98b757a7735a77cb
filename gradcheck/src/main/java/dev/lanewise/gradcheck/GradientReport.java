package dev.lanewise.gradcheck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a gradient check found.
///
/// ```java
/// assertTrue(report.passed(), report::toString);
/// ```
///
/// @param name what was checked
/// @param tensors the findings for each input and parameter, at least one
/// @param evaluations how often the function was evaluated forward
/// @param time how long it took
public record GradientReport(
    String name, List<TensorReport> tensors, long evaluations, Duration time) {
  /// A report.
  ///
  /// @param name what was checked
  /// @param tensors the findings; copied
  /// @param evaluations how often the function was evaluated forward
  /// @param time how long it took
  /// @throws IllegalArgumentException if there are no findings: nothing was checked
  public GradientReport {
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": there is nothing to check, no element of an input or trainable parameter.");
    }
  }

  /// Several reports on the same thing as one, for example on one op with several shapes.
  ///
  /// @param name what was checked
  /// @param parts the reports, at least one
  /// @return their findings together
  public static GradientReport together(String name, List<GradientReport> parts) {
    List<TensorReport> tensors = new ArrayList<>();
    long evaluations = 0;
    Duration time = Duration.ZERO;
    for (GradientReport part : parts) {
      tensors.addAll(part.tensors);
      evaluations += part.evaluations;
      time = time.plus(part.time);
    }
    return new GradientReport(name, tensors, evaluations, time);
  }

  /// How many coordinates were checked.
  ///
  /// @return the number
  public int coordinates() {
    return tensors.stream().mapToInt(TensorReport::coordinates).sum();
  }

  /// How many coordinates disagree.
  ///
  /// @return the number
  public int failures() {
    return tensors.stream().mapToInt(TensorReport::failures).sum();
  }

  /// How many coordinates could not be decided, see [Coordinate#belowResolution()].
  ///
  /// @return the number
  public int belowResolution() {
    return tensors.stream().mapToInt(TensorReport::belowResolution).sum();
  }

  /// The coordinate with the largest relative error; one below the resolution only if there is no
  /// other.
  ///
  /// @return the coordinate
  public Coordinate worst() {
    return worstTensor().worst();
  }

  /// The input or parameter that [#worst()] is an element of.
  ///
  /// @return its findings
  public TensorReport worstTensor() {
    TensorReport worst = tensors.getFirst();
    for (TensorReport tensor : tensors) {
      if (!TensorReport.worse(worst.worst(), tensor.worst()).equals(worst.worst())) {
        worst = tensor;
      }
    }
    return worst;
  }

  /// The verdict.
  ///
  /// @return FAIL if a coordinate disagrees; else VACUOUS if none was decided; else PASS
  public Verdict verdict() {
    if (failures() > 0) {
      return Verdict.FAIL;
    }
    return belowResolution() == coordinates() ? Verdict.VACUOUS : Verdict.PASS;
  }

  /// Whether the verdict is PASS.
  ///
  /// @return whether the check passed
  public boolean passed() {
    return verdict() == Verdict.PASS;
  }

  /// Demands that the check passed: the one line a test needs.
  ///
  /// @throws AssertionError if it did not, with the whole report as the message
  public void requirePass() {
    if (!passed()) {
      throw new AssertionError(toString());
    }
  }

  /// The report as text: the verdict and the worst coordinate, then a line for each input and
  /// parameter.
  ///
  /// @return several lines, without one at the end
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(name).append(": ").append(verdict()).append(", ");
    text.append(failures()).append(" of ").append(coordinates()).append(" coordinates disagree");
    if (belowResolution() > 0) {
      text.append(", ").append(belowResolution()).append(" below the resolution");
    }
    text.append(". Worst: ").append(worst()).append('.');
    for (TensorReport tensor : tensors) {
      text.append("\n  ").append(tensor);
    }
    text.append("\n  ").append(evaluations).append(" evaluations, ");
    return text.append(time.toMillis()).append(" ms").toString();
  }
}
