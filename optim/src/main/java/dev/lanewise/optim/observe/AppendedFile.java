package dev.lanewise.optim.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A text file, in UTF-8, that grows at its end and can be cut.
final class AppendedFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  /// Opens a file to write behind what is there; made if it is not.
  AppendedFile(Path path) {
    this.path = path;
    try {
      this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.position(channel.size());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  Path path() {
    return path;
  }

  /// All of it; what is no UTF-8, as half a letter at its end, is replaced.
  String read() {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read.", e);
    }
  }

  void append(String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Cuts off what comes after its beginning.
  void keep(String beginning) {
    try {
      channel.truncate(beginning.getBytes(StandardCharsets.UTF_8).length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(path + ": cannot be written.", e);
  }
}
