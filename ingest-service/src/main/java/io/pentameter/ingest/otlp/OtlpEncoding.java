package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.NameTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a request and its response are written. */
public enum OtlpEncoding {
    PROTOBUF("application/x-protobuf", "otlp_http_protobuf"),
    JSON("application/json", "otlp_http_json");

    private final String contentType;
    private final String route;

    OtlpEncoding(String contentType, String route) {
        this.contentType = contentType;
        this.route = route;
    }

    /** The encoding that a Content-Type header names; absent if it names none of ours. Parameters are ignored. */
    public static @Nullable OtlpEncoding ofContentType(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int semicolon = header.indexOf(';');
        String type =
                (semicolon < 0 ? header : header.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/x-protobuf", "application/protobuf" -> PROTOBUF;
            case "application/json" -> JSON;
            default -> null;
        };
    }

    /** The media type of responses. */
    public String contentType() {
        return contentType;
    }

    /** The word in the accounting. */
    public String route() {
        return route;
    }

    /**
     * Decodes a request.
     *
     * @throws UndecodableException if the body is no {@code ExportTraceServiceRequest} in this encoding
     */
    public Delivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        return switch (this) {
            case PROTOBUF -> ProtobufTraces.decode(body, names, limits);
            case JSON -> JsonTraces.decode(body, names, limits);
        };
    }

    /**
     * Decodes a request of logs.
     *
     * @throws UndecodableException if the body is no {@code ExportLogsServiceRequest} in this encoding
     */
    public LogDelivery decodeLogs(byte[] body, NameTable names, DecodeLimits limits) {
        return switch (this) {
            case PROTOBUF -> ProtobufLogs.decode(body, names, limits);
            case JSON -> JsonLogs.decode(body, names, limits);
        };
    }

    /**
     * Decodes a request of metrics; {@code maxSpans} of the limits bounds metrics and points.
     *
     * @throws UndecodableException if the body is no {@code ExportMetricsServiceRequest} in this encoding
     */
    public MetricDelivery decodeMetrics(byte[] body, NameTable names, DecodeLimits limits) {
        return switch (this) {
            case PROTOBUF -> ProtobufMetrics.decode(body, names, limits);
            case JSON -> JsonMetrics.decode(body, names, limits);
        };
    }
}
