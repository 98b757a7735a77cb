package dev.lanewise.experiments.run;

import org.jspecify.annotations.Nullable;

/// The arguments or the input are wrong. The message is one sentence for the user, and the program
/// ends with exit code 2 before anything was written.
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with a message.
  ///
  /// @param message a sentence that names what, where, what was expected and what was found
  public InputException(@Nullable String message) {
    super(message);
  }

  /// An error with a message and the error behind it.
  ///
  /// @param message a sentence that names what, where, what was expected and what was found
  /// @param cause the error behind it
  public InputException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
