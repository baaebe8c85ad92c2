package io.pentameter.bench.dialect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** How each kind of client writes the same talks, and where it sends them. */
enum DialectBody {
    OTLP_PROTOBUF("OTLP protobuf", "/v1/traces", "application/x-protobuf", 20, OtlpBody::protobuf),
    OTLP_REDACTED(
            "OTLP protobuf, redaction only", "/v1/traces", "application/x-protobuf", 20, OtlpBody::classifiedProtobuf),
    OTLP_BARE(
            "OTLP protobuf, redaction and classification off",
            "/v1/traces",
            "application/x-protobuf",
            20,
            OtlpBody::classifiedProtobuf),
    OTLP_JSON("OTLP JSON", "/v1/traces", "application/json", 20, talks -> text(OtlpBody.json(talks))),
    LANGFUSE_OTLP(
            "Langfuse 5 (OTLP JSON)",
            "/api/public/otel/v1/traces",
            "application/json",
            20,
            talks -> text(OtlpBody.langfuse(talks))),
    LANGFUSE(
            "Langfuse 3 (ingestion)",
            "/api/public/ingestion",
            "application/json",
            20,
            talks -> text(LangfuseBody.of(talks))),
    LANGSMITH_MULTIPART(
            "LangSmith multipart",
            "/langsmith/runs/multipart",
            "multipart/form-data; boundary=" + VendorBody.BOUNDARY,
            20,
            VendorBody::langsmithMultipart),
    LANGSMITH_BATCH(
            "LangSmith batch",
            "/langsmith/runs/batch",
            "application/json",
            20,
            talks -> text(VendorBody.langsmithBatch(talks))),
    DATADOG("Datadog", "/api/v2/llmobs", "application/json", 20, talks -> text(VendorBody.datadog(talks))),
    OTLP_SINGLE("OTLP protobuf, one trace a request", "/v1/traces", "application/x-protobuf", 1, OtlpBody::protobuf),
    OTLP_CALL(
            "OTLP protobuf, one call a request",
            "/v1/traces",
            "application/x-protobuf",
            1,
            talks -> OtlpBody.call(talks.getFirst())),
    HELICONE(
            "Helicone, one call a request",
            "/custom/v1/log",
            "application/json",
            1,
            talks -> text(VendorBody.helicone(talks.getFirst())));

    private final String title;
    private final String path;
    private final String contentType;
    private final int talks;

    @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
    private final Function<List<Talk>, byte[]> encoding;

    DialectBody(String title, String path, String contentType, int talks, Function<List<Talk>, byte[]> encoding) {
        this.title = title;
        this.path = path;
        this.contentType = contentType;
        this.talks = talks;
        this.encoding = encoding;
    }

    String title() {
        return title;
    }

    String path() {
        return path;
    }

    String contentType() {
        return contentType;
    }

    /** Whether it is sent while the tenant has no detector of secrets and personal data. */
    boolean isWithoutRedaction() {
        return this == OTLP_BARE;
    }

    /** The one whose costs are those that others are compared with. */
    DialectBody yardstick() {
        return this == HELICONE ? OTLP_CALL : talks == 1 ? this : OTLP_PROTOBUF;
    }

    /** One request with ids of its own. */
    byte[] next(SplittableRandom random, Instant now) {
        List<Talk> all = new ArrayList<>();
        for (int i = 0; i < talks; i++) {
            all.add(Talk.of(random, now));
        }
        return encoding.apply(all);
    }

    private static byte[] text(Object json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
