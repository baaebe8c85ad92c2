package io.pentameter.ingest.otlp;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** How a body is compressed. */
public enum ContentCoding {
    IDENTITY,
    GZIP,
    DEFLATE,
    /** Not announced for OTLP; the clients of LangSmith use it. */
    ZSTD;

    /** The coding that a Content-Encoding header names; absent if it names none of ours. No header is identity. */
    public static @Nullable ContentCoding ofHeader(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return IDENTITY;
        }
        return switch (header.trim().toLowerCase(Locale.ROOT)) {
            case "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> null;
        };
    }

    /**
     * The body without compression.
     *
     * @param budget told before each growth how many more bytes will be held; it may throw to end it
     * @return the body; absent if it has more than {@code maxBytes}
     * @throws UndecodableException if it is not compressed like this, or cut off
     */
    public byte @Nullable [] decompress(byte[] body, int maxBytes, Budget budget) {
        if (this == IDENTITY || body.length == 0) {
            return body.length > maxBytes ? null : body;
        }
        try (InputStream in = open(body)) {
            byte[] plain = new byte[(int) Math.min(maxBytes, Math.max(1024L, 4L * body.length))];
            budget.grow(plain.length);
            int size = 0;
            while (true) {
                int read = in.read(plain, size, plain.length - size);
                if (read < 0) {
                    return Arrays.copyOf(plain, size);
                }
                size += read;
                if (size == plain.length) {
                    if (size == maxBytes) {
                        return in.read() < 0 ? plain : null;
                    }
                    int larger = (int) Math.min(maxBytes, 2L * size);
                    budget.grow(larger - size);
                    plain = Arrays.copyOf(plain, larger);
                }
            }
        } catch (IOException e) {
            throw new UndecodableException("the body is not whole " + name().toLowerCase(Locale.ROOT)
                    + " as Content-Encoding says: " + e.getMessage());
        }
    }

    /** Keeps account of memory that decompression takes. */
    @FunctionalInterface
    public interface Budget {
        void grow(int bytes);
    }

    /** As {@link #ofHeader}, with zstd. */
    public static @Nullable ContentCoding ofVendorHeader(@Nullable String header) {
        return header != null && header.trim().equalsIgnoreCase("zstd") ? ZSTD : ofHeader(header);
    }

    private InputStream open(byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        if (this == ZSTD) {
            return new ZstdInputStream(in);
        }
        if (this == GZIP) {
            return new GZIPInputStream(in, 8192);
        }
        // "deflate" is zlib by RFC 9110, but some clients send it without the zlib header
        PushbackInputStream peek = new PushbackInputStream(in, 1);
        int first = peek.read();
        peek.unread(first);
        boolean hasHeader = (first & 0x0F) == 8 && body.length > 1 && ((first << 8) | (body[1] & 0xFF)) % 31 == 0;
        return new InflaterInputStream(peek, new Inflater(!hasHeader), 8192);
    }
}
