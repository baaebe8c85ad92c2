package io.pentameter.ingest.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Captured requests, and a pipeline to put them through. */
public final class Captures {

    /** A little after the requests were captured. */
    public static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    public static final PriceBook PRICES = PriceBooks.shipped();
    public static final Sender ACME = new Sender("acme", "key_1", TenantSettings.STANDARD);
    public static final int MAX_RECORD = 2 << 20;
    public static final int MAX_BODY = 64 << 20;

    private Captures() {}

    public static IntakePipeline pipeline() {
        return pipeline(Classifier.OFF);
    }

    public static IntakePipeline pipeline(Classifier classifier) {
        PriceList list = PriceList.of(PRICES);
        return new IntakePipeline(
                _ -> list,
                new Pseudonyms("test", PseudonymKeys.NONE),
                new IntakeLimits(DecodeLimits.ofSpans(50_000), Duration.ofDays(30), Duration.ofMinutes(10), MAX_RECORD),
                classifier);
    }

    public static byte[] body(String name) {
        try (InputStream in = Captures.class.getResourceAsStream("/captures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such capture: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records that a captured body gives. */
    public static List<SpanRecord> records(String name, ContentCoding coding) {
        byte[] plain = coding.decompress(body(name), MAX_BODY, _ -> {});
        if (plain == null) {
            throw new IllegalArgumentException("too large: " + name);
        }
        OtlpEncoding encoding =
                name.endsWith(".json") || name.contains("-json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF;
        return parsed(pipeline().process(plain, encoding, ACME, NOW));
    }

    public static List<SpanRecord> records(String name) {
        return records(name, ContentCoding.IDENTITY);
    }

    public static List<SpanRecord> parsed(Intake intake) {
        return intake.records().stream().map(Captures::parsed).toList();
    }

    public static SpanRecord parsed(LogRecord logged) {
        try {
            return SpanRecord.parseFrom(logged.value());
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SpanRecord named(List<SpanRecord> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name));
    }
}
