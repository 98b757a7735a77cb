package dev.lanewise.experiments;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Runs a command and ends the program with its exit code.
  ///
  /// @param args the command and its arguments
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers look the same everywhere, in pictures too
    System.setProperty("java.awt.headless", "true"); // pictures go to files, not to a screen
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(Lanewise.run(out, err, args));
  }
}
