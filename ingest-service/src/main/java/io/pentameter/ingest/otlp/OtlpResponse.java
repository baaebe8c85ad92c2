package io.pentameter.ingest.otlp;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bodies of responses: {@code ExportTraceServiceResponse} and {@code google.rpc.Status}, in the request's encoding. */
public final class OtlpResponse {

    private OtlpResponse() {}

    /** Everything was accepted: the empty message, without partial_success. */
    public static byte[] success(OtlpEncoding encoding) {
        return switch (encoding) {
            case PROTOBUF -> new byte[0];
            case JSON -> utf8("{}");
        };
    }

    /**
     * Some spans or log records were refused, or, with none refused, a warning.
     *
     * @param message says why, never empty
     */
    public static byte[] partialSuccess(OtlpEncoding encoding, OtlpSignal signal, long rejected, String message) {
        return switch (encoding) {
            case PROTOBUF -> message(1, message(rejected, message));
            // 64-bit numbers are text in the JSON of protobuf
            case JSON ->
                utf8("{\"partialSuccess\":{\"" + signal.rejectedField() + "\":\"" + rejected + "\",\"errorMessage\":"
                        + quoted(message) + "}}");
        };
    }

    /** An error of the whole request. */
    public static byte[] status(OtlpEncoding encoding, RpcCode code, String message) {
        return switch (encoding) {
            case PROTOBUF -> message(code.number(), message);
            case JSON -> utf8("{\"code\":" + code.number() + ",\"message\":" + quoted(message) + "}");
        };
    }

    private static String quoted(String text) {
        JsonBuilder json = new JsonBuilder(Integer.MAX_VALUE);
        json.text(text);
        return json.text();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A message whose field 1 is a number and whose field 2 is a text: both Status and partial_success are. */
    private static byte[] message(long number, String text) {
        return write(out -> {
            if (number != 0) {
                out.writeInt64(1, number);
            }
            out.writeString(2, text);
        });
    }

    private static byte[] message(int field, byte[] nested) {
        return write(out -> out.writeByteArray(field, nested));
    }

    @FunctionalInterface
    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
