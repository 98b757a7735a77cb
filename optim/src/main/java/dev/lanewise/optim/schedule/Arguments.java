package dev.lanewise.optim.schedule;

import java.util.List;

/// One part of a schedule's text, and what its numbers are meant for.
///
/// @param spec the whole text, for messages
/// @param name the part's name
/// @param words its arguments
/// @param atLength what stands behind its `@`; empty if there is none
/// @param rate the largest learning rate
/// @param stepsPerEpoch how many steps an epoch has
/// @param totalSteps how many steps the training has
/// @param steps how many steps the part has
record Arguments(
    String spec,
    String name,
    List<String> words,
    String atLength,
    double rate,
    long stepsPerEpoch,
    long totalSteps,
    long steps) {
  static final long TO_THE_END = Long.MAX_VALUE;

  static Arguments of(
      String spec, String part, double rate, long stepsPerEpoch, long totalSteps, long before) {
    String[] ends = part.strip().split("@", 2);
    String[] names = ends[0].split(":", 2);
    List<String> words = names.length == 1 ? List.of() : List.of(names[1].split(",", -1));
    return new Arguments(
        spec,
        names[0].strip(),
        words.stream().map(String::strip).toList(),
        ends.length == 1 ? "" : ends[1].strip(),
        rate,
        stepsPerEpoch,
        totalSteps,
        totalSteps - before);
  }

  /// The same for a part that ends after some steps.
  Arguments until(long length) {
    return new Arguments(
        spec, name, words, atLength, rate, stepsPerEpoch, totalSteps, Math.min(length, steps));
  }

  void requireAtMost(int count, String syntax) {
    if (words.size() > count) {
      throw wrong(
          "it has %d arguments, but at most %d are expected: %s"
              .formatted(words.size(), count, syntax));
    }
  }

  /// The number at a place, or what holds without one.
  double number(int place, String what, double usual) {
    return place < words.size() ? number(what, words.get(place)) : usual;
  }

  double number(int place, String what) {
    requireThere(place, what);
    return number(what, words.get(place));
  }

  /// The length at a place, in steps.
  long length(int place, String what) {
    requireThere(place, what);
    return length(what, words.get(place));
  }

  long length(int place, String what, long usual) {
    return place < words.size() ? length(what, words.get(place)) : usual;
  }

  double number(String what, String word) {
    double number;
    try {
      number = Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw wrong("its %s must be a number, but is '%s'".formatted(what, word));
    }
    if (number < 0) {
      throw wrong("its %s must be at least 0, but is '%s'".formatted(what, word));
    }
    return number;
  }

  long length(String what, String word) {
    double steps = place(what, word);
    if (steps <= 0) {
      throw wrong("its %s must be positive, but is '%s'".formatted(what, word));
    }
    return Math.max(1, Math.round(steps));
  }

  /// A place on the way, which may be 0.
  double place(String what, String word) {
    double unit = 1;
    String number = word;
    if (word.endsWith("ep")) {
      unit = stepsPerEpoch;
      number = word.substring(0, word.length() - 2);
    } else if (word.endsWith("%")) {
      unit = totalSteps / 100.0;
      number = word.substring(0, word.length() - 1);
    }
    try {
      double steps = unit * Double.parseDouble(number);
      if (steps >= 0 && steps <= 1e15) {
        return steps;
      }
    } catch (NumberFormatException e) {
      // Said below, as of a number that is none of steps.
    }
    throw wrong(
        "its %s must be a number of steps, of epochs as in 3ep or a share as in 5%%, but is '%s'"
            .formatted(what, word));
  }

  private void requireThere(int place, String what) {
    if (place >= words.size()) {
      throw wrong("its " + what + " is missing");
    }
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "The schedule '%s' is not understood at '%s': %s.".formatted(spec, name, what));
  }
}
