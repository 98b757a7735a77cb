package dev.lanewise.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IdxReaderProperties {
  @Property(tries = 300, seed = "1")
  void whatWasWrittenIsRead(
      @ForAll IdxType type,
      @ForAll @Size(max = 4) List<@IntRange(max = 5) Integer> dims,
      @ForAll boolean zipped,
      @ForAll long seed)
      throws IOException {
    Shape shape = Shape.of(dims.stream().mapToInt(dim -> dim).toArray());
    double[] values = values(type, shape.size(), seed);
    byte[] plain = IdxFiles.encode(type, shape, values);
    IdxArray array = read(zipped ? IdxFiles.gzip(plain) : plain);
    assertEquals(type, array.type());
    assertEquals(shape, array.shape());
    assertArrayEquals(values, array.toTensor(DType.FLOAT64).toDoubles());
  }

  @Property(tries = 300, seed = "1")
  void aFileCutAnywhereIsRefused(
      @ForAll IdxType type, @ForAll boolean zipped, @ForAll @IntRange(max = 1000) int where)
      throws IOException {
    byte[] plain = IdxFiles.encode(type, Shape.of(3, 4), values(type, 12, 1));
    byte[] whole = zipped ? IdxFiles.gzip(plain) : plain;
    byte[] cut = Arrays.copyOf(whole, where % whole.length);
    DataException error = assertThrows(DataException.class, () -> read(cut));
    assertTrue(error.getMessage().contains(".idx"), error.getMessage());
  }

  @Property(tries = 300, seed = "1")
  void anyBytesAreReadOrRefusedInOneSentence(@ForAll @Size(max = 60) byte[] bytes)
      throws IOException {
    if (bytes.length > 2) {
      bytes[0] = 0;
      bytes[1] = 0;
      bytes[2] = 8;
    }
    try {
      IdxArray array = read(bytes);
      assertEquals(bytes.length, 4 + 4 * array.shape().rank() + array.bytes().length);
    } catch (DataException e) {
      assertTrue(e.getMessage().endsWith("."), e.getMessage());
    }
  }

  private static IdxArray read(byte[] content) throws IOException {
    Path file = Files.createTempFile("lanewise", ".idx");
    try {
      return IdxReader.read(Files.write(file, content));
    } finally {
      Files.delete(file);
    }
  }

  private static double[] values(IdxType type, int count, long seed) {
    Random random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int bits = random.nextInt();
      values[i] =
          switch (type) {
            case UBYTE -> bits & 0xff;
            case BYTE -> (byte) bits;
            case SHORT -> (short) bits;
            case INT -> bits;
            case FLOAT -> random.nextFloat() * bits;
            case DOUBLE -> random.nextDouble() * bits;
          };
    }
    return values;
  }
}
