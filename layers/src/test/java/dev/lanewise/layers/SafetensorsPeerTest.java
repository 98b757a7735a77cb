package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that an independent program reads and writes, and files that claim more than memory holds.
class SafetensorsPeerTest {
  private static final Path PEER = Path.of("src/test/python/safetensors_peer.py");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @Test
  void whatIsWrittenHereAnIndependentReaderReads() throws Exception {
    Path file = folder.resolve("ours.safetensors");
    new Safetensors(
            Map.of(
                "layers.0.weight",
                FloatTensor.matrix(new float[] {1, 2, 3}, new float[] {-0f, 0.5f, 1e-45f}),
                "count",
                Tensor.scalar(DType.FLOAT64, -2),
                "none",
                Tensor.zeros(DType.FLOAT32, Shape.of(0, 5))),
            Map.of("step", "17"))
        .write(file);
    assertEquals(
        List.of(
            "metadata step 17",
            "count F64 [] 00000000000000c0",
            "layers.0.weight F32 [2,3] 0000803f000000400000404000000080" + "0000003f01000000",
            "none F32 [0,5] "),
        peer("read", file).lines().toList());
  }

  @Test
  void whatAnIndependentWriterWritesIsReadHere() throws Exception {
    Path file = folder.resolve("theirs.safetensors");
    peer("write", file);
    Safetensors read = Safetensors.read(file);
    assertEquals(Map.of("format", "pt", "wer", "é"), read.metadata());
    assertEquals(List.of("erster", "zweiter", "leer"), List.copyOf(read.tensors().keySet()));
    assertSame(
        FloatTensor.matrix(
            new float[] {1.5f, -0f}, new float[] {Float.POSITIVE_INFINITY, Float.MIN_VALUE}),
        read.tensors().get("erster"));
    assertSame(DoubleTensor.vector(0.1, -2, Double.MIN_VALUE), read.tensors().get("zweiter"));
    assertSame(Tensor.zeros(DType.FLOAT32, Shape.of(0, 7)), read.tensors().get("leer"));
  }

  private static void assertSame(Tensor expected, Tensor found) {
    assertTrue(expected.sameBits(found), () -> expected + " and " + found);
  }

  private String peer(String what, Path file) throws Exception {
    assumeTrue(pythonIsThere(), "python3 is not there, so there is no independent program to ask");
    Path errors = folder.resolve("errors.txt");
    Process python =
        new ProcessBuilder("python3", "-X", "utf8", PEER.toString(), what, file.toString())
            .redirectError(errors.toFile())
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(python.waitFor(60, TimeUnit.SECONDS), "python3 does not end");
    assertEquals(0, python.exitValue(), () -> errors.toString());
    return said;
  }

  private static boolean pythonIsThere() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aHugeHeaderIsRefusedWithoutMemoryEvenIfTheFileIsThatLong() throws IOException {
    Path file = folder.resolve("long.safetensors");
    sparse(file, Safetensors.LONGEST_HEADER + 1L, "{", 300_000_000);
    assertRefusedWithLittleMemory(file, "the header claims 100000001 bytes");
  }

  @Test
  void aHugeTensorIsRefusedWithoutMemory() throws IOException {
    Path file = folder.resolve("tall.safetensors");
    String header =
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[2147483647],\"data_offsets\":[0,17179869176]}}";
    sparse(file, header.length(), header, 1 << 20);
    assertRefusedWithLittleMemory(file, "17179869176 bytes of data");
  }

  private static void assertRefusedWithLittleMemory(Path file, String words) {
    assertThrows(WeightsException.class, () -> Safetensors.read(file)); // classes are loaded
    long before = THREADS.getCurrentThreadAllocatedBytes();
    WeightsException refused = assertThrows(WeightsException.class, () -> Safetensors.read(file));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
    assertTrue(allocated < 1 << 20, "the refusal allocated " + allocated + " bytes");
  }

  /// A file most of which is a hole.
  private static void sparse(Path file, long claimed, String header, long size) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.writeLong(Long.reverseBytes(claimed));
      out.write(header.getBytes(StandardCharsets.UTF_8));
      out.setLength(size);
    }
  }
}
