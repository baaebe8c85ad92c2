package io.pentameter.acceptance;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** OTLP as JSON: like protobuf's own JSON, but for ids, which are hex. */
final class Json {

    private static final Pattern ID = Pattern.compile("\"(traceId|spanId|parentSpanId)\": ?\"([^\"]*)\"");

    private Json() {}

    static String of(ExportTraceServiceRequest request) {
        try {
            String text = JsonFormat.printer().omittingInsignificantWhitespace().print(request);
            text = text.replaceAll("\"SPAN_KIND_CLIENT\"", "3");
            return ID.matcher(text).replaceAll(found -> {
                byte[] id = Base64.getDecoder().decode(found.group(2).replace("\\u003d", "="));
                return "\"%s\":\"%s\"".formatted(found.group(1), HexFormat.of().formatHex(id));
            });
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
