package dev.lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Where data come from, so that a result can be traced to the bytes it was computed from.
///
/// @param source what the data are and where they were found, in a few words
/// @param checksums one checksum for each file that was read, or for the content of a set that was
///     generated; may be empty for numbers that a program made up
public record Provenance(String source, List<Checksum> checksums) {
  /// A provenance.
  public Provenance {
    checksums = List.copyOf(checksums);
  }

  /// The SHA-256 of something.
  ///
  /// @param name the name of the file, or of the content
  /// @param sha256 64 hexadecimal digits, lower case
  public record Checksum(String name, String sha256) {}

  /// A provenance without a checksum.
  ///
  /// @param source what the data are, in a few words
  /// @return the provenance
  public static Provenance of(String source) {
    return new Provenance(source, List.of());
  }

  /// The provenance of data read from files, whose checksums it computes.
  ///
  /// @param source what the data are and where they were found, in a few words
  /// @param files the files
  /// @return the provenance
  /// @throws DataException if a file cannot be read
  public static Provenance ofFiles(String source, List<Path> files) {
    List<Checksum> checksums = new ArrayList<>();
    for (Path file : files) {
      MessageDigest digest = sha256();
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = Files.newInputStream(file)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
        }
      } catch (IOException e) {
        throw new DataException(file + ": cannot be read (" + e.getMessage() + ").", e);
      }
      checksums.add(new Checksum(String.valueOf(file.getFileName()), hex(digest)));
    }
    return new Provenance(source, checksums);
  }

  /// The provenance of generated content: one checksum over all parts, one after the other.
  ///
  /// @param source what generated it, with its parameters
  /// @param name what the content is
  /// @param parts the content
  /// @return the provenance
  public static Provenance ofContent(String source, String name, byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return new Provenance(source, List.of(new Checksum(name, hex(digest))));
  }

  /// This provenance with words added to the source, for a set made from this one.
  ///
  /// @param words what was done, for example `100 of 150 rows`
  /// @return a new provenance with the same checksums
  public Provenance then(String words) {
    return new Provenance(source + ", " + words, checksums);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(source);
    for (Checksum each : checksums) {
      text.append("; SHA-256 of ").append(each.name()).append(": ").append(each.sha256());
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must have SHA-256.", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
