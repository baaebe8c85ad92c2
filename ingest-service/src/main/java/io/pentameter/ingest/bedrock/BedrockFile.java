package io.pentameter.ingest.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of Bedrock's model invocation log: as S3 has it (a record a line), as CloudWatch exports it (a time before each
 * record), as {@code aws logs filter-log-events} or a subscription delivers it (records as texts within an envelope).
 * Plain or gzip, whatever its name.
 */
final class BedrockFile {

    /** Most records of a file. */
    static final int MAX_RECORDS = 50_000;

    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private final BedrockBodies bodies;
    private final List<RawSpan> calls = new ArrayList<>();
    private final Refusals refusals = new Refusals();
    private int beyond;

    private BedrockFile(BedrockBodies bodies) {
        this.bodies = bodies;
    }

    /**
     * What a file holds.
     *
     * @param calls    in the order of the file
     * @param refusals lines that are no records
     */
    record Read(List<RawSpan> calls, Refusals refusals) {}

    /**
     * Reads a file.
     *
     * @param maxBytes after decompression
     * @param grow     is told how many bytes more decompression takes
     * @param bodies   finds those that are not in the log
     * @throws UndecodableException if it cannot be decompressed, is larger, or has no record at all
     */
    static Read read(byte[] file, int maxBytes, ContentCoding.Budget grow, BedrockBodies bodies) {
        byte[] plain = file;
        if (file.length > 2 && (file[0] & 0xff) == GZIP_1 && (file[1] & 0xff) == GZIP_2) {
            plain = ContentCoding.GZIP.decompress(file, maxBytes, grow);
        }
        if (plain == null || plain.length > maxBytes) {
            throw new UndecodableException("the file must have at most " + maxBytes + " bytes after decompression");
        }
        BedrockFile reader = new BedrockFile(bodies);
        reader.lines(new String(plain, StandardCharsets.UTF_8));
        if (reader.beyond > 0) {
            reader.refusals.add(
                    RefusalReason.TOO_MANY_SPANS,
                    reader.beyond,
                    "a file may have " + MAX_RECORDS + " records, this one has " + reader.beyond + " more");
        }
        if (reader.calls.isEmpty()) {
            String why = reader.refusals.message();
            throw new UndecodableException(
                    "the file has no record of a model invocation log" + (why.isEmpty() ? "" : ": " + why));
        }
        return new Read(reader.calls, reader.refusals);
    }

    private void lines(String text) {
        JsonNode whole =
                text.lines().filter(line -> !line.isBlank()).limit(2).count() == 1 ? null : VendorJson.within(text);
        if (whole != null && whole.isContainerNode()) {
            // pretty-printed: one document of several lines
            document(whole);
            return;
        }
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                line(line.strip(), number);
            }
        }
    }

    private void line(String line, int number) {
        JsonNode read = json(line);
        if (read == null) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN, 1, "line " + number + " must be a JSON object: " + shown(line));
        } else {
            document(read);
        }
    }

    /** The object of a line; CloudWatch's export puts a time and a space before it. */
    private static @Nullable JsonNode json(String line) {
        int brace = line.startsWith("[") ? 0 : line.indexOf('{');
        if (brace < 0 || brace > 40) {
            return null;
        }
        JsonNode read = VendorJson.within(line.substring(brace));
        return read != null && read.isContainerNode() ? read : null;
    }

    private void document(JsonNode document) {
        if (document.isArray()) {
            document.forEach(this::document);
            return;
        }
        JsonNode events = document.path("logEvents").isArray() ? document.path("logEvents") : document.path("events");
        if (!events.isArray()) {
            call(document);
            return;
        }
        for (JsonNode event : events) {
            JsonNode message = event.path("message");
            JsonNode read = message.isTextual() ? json(message.asText().strip()) : message;
            if (read == null || !read.isObject()) {
                refusals.add(
                        RefusalReason.UNDECODABLE_SPAN,
                        1,
                        "message of a log event must be a JSON object: " + VendorJson.shown(message));
            } else {
                call(read);
            }
        }
    }

    private void call(JsonNode record) {
        if (calls.size() >= MAX_RECORDS) {
            beyond++;
        } else {
            calls.add(BedrockCall.of(record, bodies));
        }
    }

    private static String shown(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
