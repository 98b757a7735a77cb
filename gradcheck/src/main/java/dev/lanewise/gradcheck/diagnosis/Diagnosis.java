package dev.lanewise.gradcheck.diagnosis;

/// What is probably wrong with the gradient by one variable.
///
/// @param cause the kind of mistake
/// @param sentence the same with its particulars, for example
///     `all 20 coordinates are off by exactly 3, the size of axis 0 of x`
public record Diagnosis(Cause cause, String sentence) {
  @Override
  public String toString() {
    return sentence;
  }
}
