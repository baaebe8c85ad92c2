package io.pentameter.gateway.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedOutputStream;
import io.pentameter.gateway.route.Dialect;
import io.pentameter.kit.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal in the bytes of a dialect. Not changed after it is made. */
public final class ErrorBody {

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String contentType;
    private final byte[] bytes;

    private ErrorBody(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /**
     * Words a refusal.
     *
     * @param requestContentType Content-Type of the request; OTLP is answered in the encoding it was sent in, and as
     *     protobuf if that cannot be told
     */
    public static ErrorBody of(
            Refusal refusal, Dialect dialect, @Nullable String requestContentType, String requestId) {
        return switch (dialect) {
            case PROBLEM -> new ErrorBody(Problem.MEDIA_TYPE, json(refusal.problem(requestId)));
            case OTLP ->
                isJson(requestContentType)
                        ? new ErrorBody(JSON, json(rpcStatus(refusal)))
                        : new ErrorBody(PROTOBUF, rpcStatusBytes(refusal));
            case LANGFUSE ->
                new ErrorBody(
                        JSON,
                        json(ordered(
                                "message",
                                refusal.sentence(),
                                "error",
                                refusal.kind().title())));
            case LANGSMITH -> new ErrorBody(JSON, json(Map.of("detail", refusal.sentence())));
            case DATADOG -> new ErrorBody(JSON, json(Map.of("errors", List.of(refusal.sentence()))));
            case HELICONE -> new ErrorBody(JSON, json(Map.of("error", refusal.sentence())));
            case GRPC -> new ErrorBody(GrpcStatus.MEDIA_TYPE, new byte[0]);
        };
    }

    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(JSON);
    }

    private static Map<String, Object> rpcStatus(Refusal refusal) {
        return ordered("code", RpcCode.of(refusal.kind()), "message", refusal.sentence());
    }

    /** {@code google.rpc.Status}: field 1 is the code, field 2 the message. */
    private static byte[] rpcStatusBytes(Refusal refusal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeInt32(1, RpcCode.of(refusal.kind()));
            out.writeString(2, refusal.sentence());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> ordered(String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(2);
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }

    private static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers can be written", e);
        }
    }
}
