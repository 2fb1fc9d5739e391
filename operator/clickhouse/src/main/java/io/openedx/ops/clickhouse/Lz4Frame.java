package io.openedx.ops.clickhouse;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads LZ4 frames, linked blocks included, which lz4-java cannot; checksums are skipped. */
final class Lz4Frame extends InputStream {
  private static final int MAGIC = 0x184D2204;
  private static final int HISTORY = 1 << 16;

  private final DataInputStream in;
  private boolean blockChecksum;
  private boolean contentChecksum;
  private byte[] window = new byte[0];
  private int from;
  private int to;
  private boolean end;

  Lz4Frame(InputStream source) throws IOException {
    in = new DataInputStream(source);
    header(little());
  }

  private void header(int magic) throws IOException {
    if (magic != MAGIC) {
      throw new IOException("no LZ4 frame");
    }
    int flags = in.readUnsignedByte();
    int largestBlock = 1 << (8 + 2 * ((in.readUnsignedByte() >> 4) & 7));
    blockChecksum = (flags & 0x10) != 0;
    contentChecksum = (flags & 4) != 0;
    int size = (flags & 8) != 0 ? 8 : 0;
    int dictionary = (flags & 1) != 0 ? 4 : 0;
    drop(size + dictionary + 1);
    window = new byte[HISTORY + largestBlock];
    from = HISTORY;
    to = HISTORY;
  }

  /** After the end mark another frame may follow. */
  private void frameEnd() throws IOException {
    if (contentChecksum) {
      drop(4);
    }
    byte[] magic = in.readNBytes(4);
    end = magic.length == 0;
    if (!end) {
      header(ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }
  }

  @Override
  public int read() throws IOException {
    return available() == 0 && !next() ? -1 : window[from++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int at, int length) throws IOException {
    if (available() == 0 && !next()) {
      return -1;
    }
    int count = Math.min(length, available());
    System.arraycopy(window, from, target, at, count);
    from += count;
    return count;
  }

  @Override
  public int available() {
    return to - from;
  }

  private boolean next() throws IOException {
    while (!end && from == to) {
      int size = little();
      if (size == 0) {
        frameEnd();
      } else {
        block(size);
      }
    }
    return from < to;
  }

  private void block(int size) throws IOException {
    byte[] block = in.readNBytes(size & Integer.MAX_VALUE);
    if (block.length < (size & Integer.MAX_VALUE)) {
      throw new EOFException("LZ4 block cut short");
    }
    if (blockChecksum) {
      drop(4);
    }
    System.arraycopy(window, to - HISTORY, window, 0, HISTORY);
    from = HISTORY;
    to = size < 0 ? stored(block) : decoded(block);
  }

  private int stored(byte[] block) {
    System.arraycopy(block, 0, window, HISTORY, block.length);
    return HISTORY + block.length;
  }

  private int decoded(byte[] block) {
    int out = HISTORY;
    for (int at = 0; at < block.length; ) {
      int token = block[at++] & 0xFF;
      int literals = token >> 4;
      if (literals == 15) {
        for (int more = 255; more == 255; literals += more) {
          more = block[at++] & 0xFF;
        }
      }
      System.arraycopy(block, at, window, out, literals);
      at += literals;
      out += literals;
      if (at == block.length) {
        break; // the last sequence has no match
      }
      int match = out - ((block[at++] & 0xFF) | (block[at++] & 0xFF) << 8);
      int length = token & 15;
      if (length == 15) {
        for (int more = 255; more == 255; length += more) {
          more = block[at++] & 0xFF;
        }
      }
      for (int stop = out + length + 4; out < stop; ) {
        window[out++] = window[match++];
      }
    }
    return out;
  }

  /** Not skip(): the JDK's HTTP request stream loses count of its length there. */
  private void drop(int bytes) throws IOException {
    in.readFully(new byte[bytes]);
  }

  private int little() throws IOException {
    return Integer.reverseBytes(in.readInt());
  }
}
