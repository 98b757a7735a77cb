package dev.lanewise.layers;

/// Weights cannot be read or written: a file is missing, malformed or does not fit the model. The
/// message is one sentence for the user that says where, what was expected and what was found.
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with a message.
  ///
  /// @param message a sentence for the user
  public WeightsException(String message) {
    super(message);
  }

  /// An error with a message and the error behind it.
  ///
  /// @param message a sentence for the user
  /// @param cause the error behind it
  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
