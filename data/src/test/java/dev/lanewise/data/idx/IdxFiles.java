package dev.lanewise.data.idx;

import dev.lanewise.core.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;

/// Writes IDX files, and finds those of the shared data sets.
final class IdxFiles {
  private IdxFiles() {}

  static byte[] encode(IdxType type, Shape shape, double... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeShort(0);
      out.writeByte(type.code());
      out.writeByte(shape.rank());
      for (int dim : shape.dims()) {
        out.writeInt(dim);
      }
      for (double value : values) {
        switch (type) {
          case UBYTE, BYTE -> out.writeByte((int) value);
          case SHORT -> out.writeShort((int) value);
          case INT -> out.writeInt((int) value);
          case FLOAT -> out.writeFloat((float) value);
          case DOUBLE -> out.writeDouble(value);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// A folder of the shared data sets, which lie beside the repository; skips the test without it.
  static Path shared(String folder) {
    Path path = Path.of("../../shared/data").resolve(folder);
    Assumptions.assumeTrue(
        Files.isDirectory(path), () -> "skipped: the data sets are not at " + path);
    return path;
  }
}
