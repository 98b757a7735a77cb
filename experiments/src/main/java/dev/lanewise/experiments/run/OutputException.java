package dev.lanewise.experiments.run;

/// A file of a run cannot be written. The message is one sentence for the user.
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A file that cannot be written.
  ///
  /// @param what the file
  /// @param cause why
  public OutputException(Object what, Throwable cause) {
    super(what + ": cannot be written (" + cause + ").", cause);
  }
}
