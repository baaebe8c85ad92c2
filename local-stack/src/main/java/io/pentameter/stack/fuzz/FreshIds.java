package io.pentameter.stack.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Gives the ids in a request other ends, the same to the same id, so that most mutants bring spans of their own and not the
 * captured ones again.
 */
final class FreshIds {

    private static final Pattern TEXT_ID =
            Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b|\\b[0-9a-f]{32}\\b|\\b[0-9a-f]{16}\\b");
    private static final int END_DIGITS = 6;

    private FreshIds() {}

    static byte[] of(Sample sample, long number) {
        int other = (int) ((number * 0x9E3779B97F4A7C15L) >>> 40);
        boolean isProtobuf = sample.isGrpc() || sample.contentType().endsWith("protobuf");
        return isProtobuf ? ofProtobuf(sample.body(), other) : ofText(sample.body(), other);
    }

    private static byte[] ofText(byte[] body, int other) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return TEXT_ID.matcher(text)
                .replaceAll(found -> {
                    String id = found.group();
                    int cut = id.length() - END_DIGITS;
                    int end = HexFormat.fromHexDigits(id, cut, id.length()) ^ other;
                    return id.substring(0, cut) + "%06x".formatted(end);
                })
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A span begins with its trace's id (field 1, 16 bytes) and its own (field 2, 8 bytes); its parent's is field 4. */
    private static byte[] ofProtobuf(byte[] body, int other) {
        byte[] bytes = body.clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int at = 0; at + 28 <= bytes.length; at++) {
            if (bytes[at] == 0x0a && bytes[at + 1] == 16 && bytes[at + 18] == 0x12 && bytes[at + 19] == 8) {
                turn(buffer, at + 14, other);
                turn(buffer, at + 24, other);
                if (at + 38 <= bytes.length && bytes[at + 28] == 0x22 && bytes[at + 29] == 8) {
                    turn(buffer, at + 34, other);
                }
                at += 27;
            }
        }
        return bytes;
    }

    private static void turn(ByteBuffer buffer, int at, int other) {
        buffer.putInt(at, buffer.getInt(at) ^ other);
    }
}
