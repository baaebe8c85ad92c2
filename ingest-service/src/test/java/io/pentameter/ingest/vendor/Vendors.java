package io.pentameter.ingest.vendor;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.IntakeLimits;
import io.pentameter.ingest.intake.IntakePipeline;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.Delivery;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.pricing.PriceBooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of vendors for tests without HTTP. */
public final class Vendors {

    /** A little after the requests were captured. */
    public static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    public static final Sender ACME = new Sender("acme", "key_1", TenantSettings.STANDARD);

    private static final IntakePipeline PIPELINE = new IntakePipeline(
            PriceBooks.shipped(),
            new Pseudonyms("test", PseudonymKeys.NONE),
            new IntakeLimits(DecodeLimits.ofSpans(50_000), Duration.ofDays(30), Duration.ofMinutes(10), 2 << 20));

    private Vendors() {}

    public static VendorRequest request() {
        return request(Map.of(), Map.of());
    }

    public static VendorRequest request(Map<String, String> parameters, Map<String, String> headers) {
        return request(ACME, parameters, headers);
    }

    public static VendorRequest request(Sender sender, Map<String, String> parameters, Map<String, String> headers) {
        return new VendorRequest(
                sender,
                NOW,
                Window.around(NOW, Duration.ofDays(30), Duration.ofMinutes(10)),
                parameters,
                headers,
                Map.of());
    }

    public static byte[] captured(String name) {
        try (InputStream in = Vendors.class.getResourceAsStream("/captures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such capture: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The answer if everything was stored. */
    public static VendorReply reply(VendorInput input) {
        return input.reply()
                .apply(new VendorInput.Receipt(
                        input.fragments().size() + input.spans().size(), 0, ""));
    }

    /** The records of spans that come whole. */
    public static List<SpanRecord> records(VendorInput input) {
        List<SpanRecord> records = new ArrayList<>();
        PIPELINE.process(new Delivery(input.spans(), 0), ACME, NOW).records().forEach(logged -> {
            try {
                records.add(SpanRecord.parseFrom(logged.value()));
            } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
            }
        });
        return records;
    }
}
