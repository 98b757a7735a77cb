package dev.lanewise.data.idx;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads IDX files, plain or gzipped.
///
/// The format: two zero bytes, a type code ([IdxType]), the number of dimensions; then the length
/// of each dimension as a 32-bit unsigned integer; then the elements. All numbers are big-endian
/// (Y. LeCun, C. Cortes and C. J. C. Burges, *The MNIST database of handwritten digits*, "File
/// formats").
///
/// The rules of this reader:
/// - A file that starts with the bytes 1F 8B is gzip, whatever its name; any other is plain IDX.
///   Several gzip members are read one after the other (RFC 1952). Bytes behind the last member
///   that start no other one are ignored, as gzip itself does; a damaged member is refused.
/// - The elements must be exactly as many as the header says. A plain file is compared with its
///   size before anything is read; a gzipped one is read up to one byte beyond what the header
///   says. Memory grows with the bytes that are really there, never with a claim: what is set
///   aside before reading is at most eight times the file.
/// - No dimensions mean a single number. A dimension of zero means an empty array.
/// - An array may have at most 2³¹−9 bytes of elements, because it lives in one Java array.
public final class IdxReader {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final long LARGEST = Integer.MAX_VALUE - 8;
  private static final int BUFFER = 1 << 16;

  /// How much smaller than its content a gzipped file may be to be read into an array that never
  /// has to grow.
  private static final long USUAL_RATIO = 8;

  private IdxReader() {}

  /// Reads one file.
  ///
  /// @param file the file
  /// @return its content
  /// @throws DataException if the file is missing, cannot be read, or breaks one of the rules
  ///     above; the message names the file, the byte offset, and what was expected and found
  public static IdxArray read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      if (!startsWithGzipMagic(in)) {
        return new Parser(file, in, Files.size(file), Files.size(file)).parse();
      }
      try (InputStream unpacked = new GZIPInputStream(in, BUFFER)) {
        return new Parser(file, unpacked, Parser.UNKNOWN, USUAL_RATIO * Files.size(file)).parse();
      } catch (ZipException | EOFException e) {
        throw new DataException(file + ": the gzip stream is damaged (" + e.getMessage() + ").", e);
      }
    } catch (NoSuchFileException e) {
      throw new DataException(
          file + ": there is no such file in " + file.toAbsolutePath().getParent() + ".", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read (" + e + ").", e);
    }
  }

  private static boolean startsWithGzipMagic(InputStream in) throws IOException {
    in.mark(2);
    byte[] start = in.readNBytes(2);
    in.reset();
    return start.length == 2 && (((start[0] & 0xff) << 8) | (start[1] & 0xff)) == GZIP_MAGIC;
  }

  private static final class Parser {
    static final long UNKNOWN = -1;

    private final Path file;
    private final InputStream in;
    private final long size;
    private final long likely;

    /// A parser of so many bytes, if that is known, and likely not of more than so many.
    Parser(Path file, InputStream in, long size, long likely) {
      this.file = file;
      this.in = in;
      this.size = size;
      this.likely = likely;
    }

    IdxArray parse() throws IOException {
      byte[] magic = in.readNBytes(4);
      if (magic.length < 4) {
        throw error(0, "expected a magic number of 4 bytes, but found only " + magic.length);
      }
      if (magic[0] != 0 || magic[1] != 0) {
        throw error(
            0, "an IDX file starts with the bytes 00 00, but found " + hex(magic[0], magic[1]));
      }
      IdxType type =
          IdxType.of(magic[2] & 0xff)
              .orElseThrow(
                  () ->
                      error(
                          2,
                          "expected one of the type codes 08, 09, 0B, 0C, 0D or 0E, but found "
                              + hex(magic[2])));
      int rank = magic[3] & 0xff;
      byte[] lengths = in.readNBytes(4 * rank);
      if (lengths.length < 4 * rank) {
        throw error(
            4,
            "expected the lengths of "
                + rank
                + " dimensions in "
                + 4 * rank
                + " bytes, but found only "
                + lengths.length
                + " bytes");
      }
      int header = 4 + 4 * rank;
      int[] dims = dims(lengths, type);
      Shape shape = Shape.of(dims);
      int expected = shape.size() * type.bytes();
      if (size != UNKNOWN && size - header != expected) {
        throw wrongLength(header, shape, type, expected, "found " + (size - header));
      }
      byte[] elements = read(expected);
      if (elements.length < expected) {
        throw wrongLength(header, shape, type, expected, "found only " + elements.length);
      }
      if (in.read() >= 0) {
        throw wrongLength(header, shape, type, expected, "found more");
      }
      return new IdxArray(type, shape, elements);
    }

    /// At most so many bytes: into one array at once if the file is large enough for that many to
    /// be likely, else bit by bit.
    private byte[] read(int expected) throws IOException {
      if (expected > likely) {
        return in.readNBytes(expected);
      }
      byte[] elements = new byte[expected];
      int count = in.readNBytes(elements, 0, expected);
      return count == expected ? elements : Arrays.copyOf(elements, count);
    }

    private int[] dims(byte[] lengths, IdxType type) {
      int[] dims = new int[lengths.length / 4];
      long bytes = type.bytes();
      StringBuilder claimed = new StringBuilder();
      for (int axis = 0; axis < dims.length; axis++) {
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(lengths).getInt(4 * axis));
        claimed.append(axis == 0 ? "" : "x").append(length);
        bytes *= length; // at most 2^31 · 2^32, so no overflow: checked after each factor
        if (bytes > LARGEST || length > LARGEST) {
          throw error(
              4,
              "expected at most "
                  + LARGEST
                  + " bytes of elements, but the header claims more: "
                  + claimed
                  + (axis + 1 < dims.length ? "x…" : "")
                  + " elements of "
                  + type.bytes()
                  + (type.bytes() == 1 ? " byte" : " bytes"));
        }
        dims[axis] = (int) length;
      }
      return dims;
    }

    private DataException wrongLength(
        int header, Shape shape, IdxType type, int expected, String found) {
      return error(
          header,
          "expected "
              + expected
              + " bytes of elements for the shape "
              + shape
              + " of type "
              + type
              + ", but "
              + found);
    }

    private DataException error(int offset, String problem) {
      return new DataException(
          file
              + ": at byte "
              + offset
              + (size == UNKNOWN ? " of the unpacked content " : " ")
              + problem
              + ".");
    }

    private static String hex(byte... bytes) {
      StringBuilder text = new StringBuilder();
      for (byte each : bytes) {
        text.append(text.isEmpty() ? "" : " ").append(String.format("%02X", each & 0xff));
      }
      return text.toString();
    }
  }
}
