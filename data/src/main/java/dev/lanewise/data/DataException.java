package dev.lanewise.data;

/// Data cannot be used: a file is missing or malformed, or its content contradicts itself. The
/// message is one sentence for the user that says where, what was expected and what was found.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with a message.
  ///
  /// @param message a sentence for the user
  public DataException(String message) {
    super(message);
  }

  /// An error with a message and the error behind it.
  ///
  /// @param message a sentence for the user
  /// @param cause the error behind it
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
