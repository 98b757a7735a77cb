package dev.lanewise.optim.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The frame of a record in TensorFlow's files, all of it little-endian: the length in 8 bytes, the
/// masked CRC-32C of these, the record, its masked CRC-32C.
final class TfRecord {
  private TfRecord() {}

  static void write(OutputStream out, byte[] record) throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + record.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(record.length);
    frame.putInt(maskedCrc(frame.array(), Long.BYTES)).put(record);
    out.write(frame.putInt(maskedCrc(record, record.length)).array());
  }

  /// Rotated and shifted, so that the checksum of data with checksums in it is a good one, too.
  static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
