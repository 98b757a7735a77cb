package dev.lanewise.gradcheck.law;

/// What a law found broken.
///
/// @param law the law's name, for example `backward is linear in the upstream`
/// @param sentence what was expected and found, and where
public record Finding(String law, String sentence) {
  @Override
  public String toString() {
    return law + ": " + sentence;
  }
}
