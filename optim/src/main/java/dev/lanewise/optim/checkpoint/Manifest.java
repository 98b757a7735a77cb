package dev.lanewise.optim.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// `manifest.json`: what a checkpoint's files must be. It is written last.
///
/// @param format the number of the form in which everything in the folder is written
/// @param files name → length and checksum
record Manifest(int format, Map<String, Content> files) {
  /// The form that is written and read.
  static final int FORMAT = 1;

  static final String NAME = "manifest.json";

  /// What a file must hold.
  record Content(long bytes, String sha256) {
    static Content of(Path file) throws IOException {
      MessageDigest digest = digest();
      long bytes = 0;
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = Files.newInputStream(file)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
          bytes += count;
        }
      }
      return new Content(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform must have SHA-256.", e);
      }
    }
  }

  /// The manifest of files as they are.
  static Manifest of(Path folder, String... names) throws IOException {
    Map<String, Content> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, Content.of(folder.resolve(name)));
    }
    return new Manifest(FORMAT, files);
  }

  /// Reads a folder's manifest.
  ///
  /// @throws CheckpointException if it is not there, not readable, or of another format
  static Manifest read(Path folder) {
    Path file = folder.resolve(NAME);
    StateJson.requireFormat(file, FORMAT);
    return StateJson.read(file, Manifest.class);
  }

  /// Looks whether a file is what it must be.
  ///
  /// @throws CheckpointException if it is not
  void verify(Path folder, String name) {
    Path file = folder.resolve(name);
    Content expected = files.get(name);
    if (expected == null) {
      throw new CheckpointException(folder.resolve(NAME) + ": it does not list " + name + ".");
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new CheckpointException(file + ": there is no such file.");
      }
      long length = Files.size(file);
      if (length != expected.bytes) {
        throw new CheckpointException(
            file + ": it must have " + expected.bytes + " bytes, but has " + length + ".");
      }
      Content found = Content.of(file);
      if (!found.equals(expected)) {
        throw new CheckpointException(
            file
                + ": its SHA-256 must be "
                + expected.sha256
                + ", but is "
                + found.sha256
                + ": the file was damaged or changed.");
      }
    } catch (IOException e) {
      throw new CheckpointException(file + ": cannot be read (" + e + ").", e);
    }
  }
}
