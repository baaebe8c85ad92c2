package io.pentameter.stack.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that real clients made, with our own for the routes of which none was captured; all that {@code fuzz/samples.tsv}
 * lists. Their times are moved to now, because spans that are too old are refused before much is read.
 */
final class Samples {

    /** When the requests were captured. */
    private static final Instant CAPTURED = Instant.parse("2026-11-20T13:00:00Z");

    private static final Pattern ISO_DATE = Pattern.compile("2026-11-20(?=T)");
    private static final Pattern EPOCH = Pattern.compile("17951[78]\\d{4}(?=\\d{9}\\b|\\d{3}\\b|\\b)");
    private static final long EPOCH_NANOS_LEAST = 1_795_000_000_000_000_000L;
    private static final long EPOCH_NANOS_MOST = 1_796_000_000_000_000_000L;

    private Samples() {}

    static List<Sample> at(Instant now) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text("samples.tsv").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            if (cells.length != 4) {
                throw new IllegalStateException("samples.tsv: four cells are needed: " + line);
            }
            byte[] body = cells[3].startsWith("{") || cells[3].startsWith("[")
                    ? cells[3].getBytes(StandardCharsets.UTF_8)
                    : bytes(cells[3]);
            boolean isText =
                    !cells[2].endsWith("protobuf") && !cells[2].endsWith("msgpack") && !cells[2].endsWith("grpc");
            String name = cells[0] + " " + cells[1] + " #" + (samples.size() + 1);
            samples.add(new Sample(
                    name, cells[0], cells[1], cells[2], isText ? textMoved(body, now) : binaryMoved(body, now)));
        }
        return List.copyOf(samples);
    }

    /** Whole days, so that the clock times within stay as they are. */
    private static long days(Instant now) {
        return Duration.between(CAPTURED, now).toDays();
    }

    private static byte[] textMoved(byte[] body, Instant now) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String date = now.minus(Duration.ofDays(1))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        text = ISO_DATE.matcher(text).replaceAll(date);
        Matcher epoch = EPOCH.matcher(text);
        text = epoch.replaceAll(found -> Long.toString(
                Long.parseLong(found.group()) + days(now) * Duration.ofDays(1).toSeconds()));
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Protobuf's times are eight bytes, little end first. */
    private static byte[] binaryMoved(byte[] body, Instant now) {
        ByteBuffer bytes = ByteBuffer.wrap(body.clone()).order(ByteOrder.LITTLE_ENDIAN);
        long moved = Duration.ofDays(days(now)).toNanos();
        for (int i = 0; i + Long.BYTES <= body.length; i++) {
            long value = bytes.getLong(i);
            if (value > EPOCH_NANOS_LEAST && value < EPOCH_NANOS_MOST) {
                bytes.putLong(i, value + moved);
                i += Long.BYTES - 1;
            }
        }
        return bytes.array();
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/fuzz/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no sample " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
