package dev.lanewise.layers;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Named tensors in a file of the safetensors format, which other frameworks read and write too.
///
/// The file is a number of 8 bytes, little-endian: the length of the header; the header, a JSON
/// object `{"name": {"dtype": "F32", "shape": [2,3], "data_offsets": [0,24]}, …}` with an optional
/// `__metadata__` of strings; and the elements, little-endian, row-major, without gaps. (Format:
/// the documentation of the Hugging Face library safetensors, section Format.)
///
/// Equal content gives equal bytes: metadata is written in the order of its keys, float64 before
/// float32 so that all is aligned, and names in order within a type.
///
/// @param tensors name → tensor
/// @param metadata words about the file; may be empty
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /// The longest header that is read or written, in bytes, as in the format's own library.
  public static final int LONGEST_HEADER = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final int CHUNK_BYTES = 1 << 16;

  /// Named tensors.
  ///
  /// @param tensors name → tensor; the map is copied, the tensors are shared
  /// @param metadata words about the file; copied
  /// @throws IllegalArgumentException if a tensor has the reserved name `__metadata__`
  public Safetensors {
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException("No tensor can be named " + METADATA + ".");
    }
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /// Reads a file whose tensors are float32 or float64. Nothing the header says is believed before
  /// it was checked against the file's length.
  ///
  /// @param file the file
  /// @return what it holds, the tensors in the order of their data
  /// @throws WeightsException if the file cannot be read, or is not exactly as the format demands:
  ///     a header longer than the file or [#LONGEST_HEADER], a name twice, another type, offsets
  ///     that do not fit the shape, overlap, leave a gap, or do not cover the data
  public static Safetensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw new WeightsException(
            file + ": a file of " + size + " bytes is too short for safetensors.");
      }
      long length = readFully(channel, littleEndian(Long.BYTES)).getLong();
      if (Long.compareUnsigned(length, size - Long.BYTES) > 0
          || Long.compareUnsigned(length, LONGEST_HEADER) > 0) {
        throw new WeightsException(
            file
                + ": the header claims "
                + Long.toUnsignedString(length)
                + " bytes, but the file has "
                + (size - Long.BYTES)
                + " after it and "
                + LONGEST_HEADER
                + " are allowed.");
      }
      byte[] json = readFully(channel, littleEndian((int) length)).array();
      SafetensorsHeader header =
          SafetensorsHeader.parse(file.toString(), json, size - Long.BYTES - length);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.entries()) {
        Tensor tensor = Tensor.zeros(entry.dtype(), entry.shape());
        readElements(channel, tensor);
        tensors.put(entry.name(), tensor);
      }
      return new Safetensors(tensors, header.metadata());
    } catch (NoSuchFileException e) {
      throw new WeightsException(file + ": there is no such file.", e);
    } catch (IOException e) {
      throw new WeightsException(file + ": cannot be read (" + e + ").", e);
    }
  }

  /// Writes a file. It is written beside, under the name with `.part` added, and moved to its place
  /// when it is complete, so that there is never half a file; what was there before is replaced.
  ///
  /// @param file the file; its folder must exist
  /// @throws WeightsException if it cannot be written, or the header would exceed
  ///     [#LONGEST_HEADER]
  public void write(Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      List<Map.Entry<String, Tensor>> ordered = ordered();
      byte[] header = header(ordered).toBytes();
      if (header.length > LONGEST_HEADER) {
        throw new WeightsException(
            file
                + ": the header has "
                + header.length
                + " bytes, but "
                + LONGEST_HEADER
                + " are allowed.");
      }
      try {
        writePart(part, header, ordered);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new WeightsException(file + ": cannot be written (" + e + ").", e);
    }
  }

  /// The tensors in the order of the file.
  private List<Map.Entry<String, Tensor>> ordered() {
    List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
    ordered.sort(
        Comparator.comparingInt(
                (Map.Entry<String, Tensor> entry) -> -entry.getValue().dtype().bytes())
            .thenComparing(Map.Entry::getKey));
    return ordered;
  }

  private SafetensorsHeader header(List<Map.Entry<String, Tensor>> ordered) {
    List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : ordered) {
      Tensor tensor = entry.getValue();
      long end = begin + (long) tensor.size() * tensor.dtype().bytes();
      entries.add(
          new SafetensorsHeader.Entry(entry.getKey(), tensor.dtype(), tensor.shape(), begin, end));
      begin = end;
    }
    return new SafetensorsHeader(entries, new TreeMap<>(metadata));
  }

  private static void writePart(Path part, byte[] header, List<Map.Entry<String, Tensor>> ordered)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, littleEndian(Long.BYTES).putLong(header.length).flip());
      writeFully(channel, ByteBuffer.wrap(header));
      for (Map.Entry<String, Tensor> entry : ordered) {
        writeElements(channel, entry.getValue());
      }
      channel.force(true);
    }
  }

  private static void writeElements(FileChannel channel, Tensor tensor) throws IOException {
    int elementBytes = tensor.dtype().bytes();
    ByteBuffer chunk = littleEndian(CHUNK_BYTES);
    for (int from = 0; from < tensor.size(); ) {
      int count = Math.min(CHUNK_BYTES / elementBytes, tensor.size() - from);
      chunk.clear().limit(count * elementBytes);
      switch (tensor) {
        case DoubleTensor d -> chunk.asDoubleBuffer().put(d.array(), d.offset() + from, count);
        case FloatTensor f -> chunk.asFloatBuffer().put(f.array(), f.offset() + from, count);
      }
      writeFully(channel, chunk);
      from += count;
    }
  }

  private static void readElements(FileChannel channel, Tensor tensor) throws IOException {
    int elementBytes = tensor.dtype().bytes();
    ByteBuffer chunk = littleEndian(CHUNK_BYTES);
    for (int from = 0; from < tensor.size(); ) {
      int count = Math.min(CHUNK_BYTES / elementBytes, tensor.size() - from);
      chunk.clear().limit(count * elementBytes);
      readFully(channel, chunk);
      switch (tensor) {
        case DoubleTensor d -> chunk.asDoubleBuffer().get(d.array(), d.offset() + from, count);
        case FloatTensor f -> chunk.asFloatBuffer().get(f.array(), f.offset() + from, count);
      }
      from += count;
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer readFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
