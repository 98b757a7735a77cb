package dev.lanewise.optim.checkpoint;

/// A checkpoint cannot be written, cannot be read, or does not belong to the training that was to
/// be continued. The message is one sentence for the user that says where, what was expected and
/// what was found.
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with a message.
  ///
  /// @param message a sentence for the user
  public CheckpointException(String message) {
    super(message);
  }

  /// An error with a message and the error behind it.
  ///
  /// @param message a sentence for the user
  /// @param cause the error behind it
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
