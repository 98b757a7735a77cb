package dev.lanewise.optim.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.optim.ActivationStatistics;
import dev.lanewise.optim.EpochRecord;
import dev.lanewise.optim.StepStatistics;
import dev.lanewise.optim.TrainingEvent;
import dev.lanewise.optim.metric.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardEventsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1500));

  @TempDir private Path folder;

  // The check value of CRC-32C for these digits is 0xe3069283; rotated right by 15 bits it is
  // 0x2507c60d, and 0x2507c60d + 0xa282ead8 = 0xc78ab0e5.
  @Test
  void theMaskedChecksumIsThatOfTheFormat() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xc78ab0e5, TfRecord.maskedCrc(digits, digits.length));
  }

  @Test
  void fieldsHaveTheBytesOfTheWireFormat() {
    // 150 as a varint, and "testing", are the examples of the format's documentation.
    assertArrayEquals(
        HexFormat.of().parseHex("089601" + "120774657374696e67" + "1d0000c03f" + "1a03089601"),
        new ProtoMessage()
            .varint(1, 150)
            .string(2, "testing")
            .float32(3, 1.5f)
            .message(3, new ProtoMessage().varint(1, 150))
            .bytes());
  }

  @Test
  void recordsAreFramedByLengthAndChecksums() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    TfRecord.write(out, digits);
    ByteBuffer frame = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(8 + 4 + 9 + 4, frame.capacity());
    assertEquals(9, frame.getLong(0));
    assertEquals(TfRecord.maskedCrc(frame.array(), 8), frame.getInt(8));
    assertEquals(0xc78ab0e5, frame.getInt(21));
  }

  @Test
  void everyNumberOfATrainingIsAnEvent() throws IOException {
    try (TensorBoardEvents events = new TensorBoardEvents(folder, CLOCK)) {
      events.on(new TrainingEvent.Resumed(3, 299));
      events.on(new TrainingEvent.StepDone(4, 300, 0.5, 32));
      events.on(
          new TrainingEvent.EpochDone(
              new EpochRecord(
                  4,
                  300,
                  0.25,
                  2,
                  Optional.of(new Metrics(10, 0.75, Map.of("accuracy", 1.))),
                  60,
                  2,
                  true)));
    }
    String time = "09000000000000f83f";
    String step = "10ac02";
    assertEquals(
        List.of(
            time + "1a0d" + hex("brain.Event:2"),
            time + step + "3a020801",
            time + step + scalar("loss/batch", "0000003f"),
            time + step + scalar("loss/train", "0000803e"),
            time + step + scalar("penalty", "00000040"),
            time + step + scalar("samples_per_second", "0000f041"),
            time + step + scalar("loss/validation", "0000403f"),
            time + step + scalar("accuracy/validation", "0000803f")),
        records(folder.resolve("events.out.tfevents.1500.lanewise")));
  }

  @Test
  void statisticsAreEventsIfTheyAreMeasured() throws IOException {
    try (TensorBoardEvents events = new TensorBoardEvents(folder, CLOCK)) {
      events.on(
          new TrainingEvent.StepMeasured(
              4, 300, new StepStatistics(Map.of("w", new StepStatistics.OfParameter(2, 4, 1)))));
      events.on(
          new TrainingEvent.EpochMeasured(
              4, 300, List.of(new ActivationStatistics("Relu", "w", 8, 2, -2, 0.5))));
    }
    String time = "09000000000000f83f";
    String step = "10ac02";
    assertEquals(
        List.of(
            time + "1a0d" + hex("brain.Event:2"),
            time + step + scalar("gradient_norm", "00000040"),
            time + step + scalar("gradient_norm/w", "00000040"),
            time + step + scalar("update_ratio/w", "0000803e"),
            time + step + scalar("dead_units/Relu 1 after w", "0000803e"),
            time + step + scalar("activation_mean/Relu 1 after w", "000000c0"),
            time + step + scalar("activation_deviation/Relu 1 after w", "0000003f")),
        records(folder.resolve("events.out.tfevents.1500.lanewise")));
  }

  /// A summary with one value, from the numbers of the fields.
  private static String scalar(String tag, String number) {
    int value = 2 + tag.length() + 5;
    return "2a%02x0a%02x0a%02x%s15%s".formatted(value + 2, value, tag.length(), hex(tag), number);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> records(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<String> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] record = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(record);
      assertEquals(TfRecord.maskedCrc(record, record.length), bytes.getInt());
      records.add(HexFormat.of().formatHex(record));
    }
    return records;
  }
}
