package io.pentameter.gateway.error;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.pentameter.kit.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a call of gRPC ended without success.
 *
 * @param code              of google.rpc.Code, 1..16
 * @param message           for the caller's eyes
 * @param retryAfterSeconds when to try again, 1 or more; absent if the call must not be repeated, or as the client likes
 */
public record GrpcStatus(int code, String message, @Nullable Long retryAfterSeconds) {

    public static final String MEDIA_TYPE = "application/grpc";

    private static final int DEADLINE_EXCEEDED = 4;
    private static final int UNIMPLEMENTED = 12;
    private static final int UNAVAILABLE = 14;
    private static final int INTERNAL = 13;
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    /** A method or coding that is not known is {@code UNIMPLEMENTED} in gRPC, whatever it is over HTTP. */
    public static GrpcStatus of(Refusal refusal) {
        boolean isUnknown =
                refusal.kind() == ProblemKind.NOT_FOUND || refusal.kind() == ProblemKind.UNSUPPORTED_MEDIA_TYPE;
        return new GrpcStatus(
                isUnknown ? UNIMPLEMENTED : RpcCode.of(refusal.kind()),
                refusal.sentence(),
                refusal.retryAfterSeconds());
    }

    /**
     * What a service's refusal over HTTP is in gRPC.
     *
     * @param status     of HTTP, 400 or more
     * @param body       {@code google.rpc.Status} in protobuf; what is not is passed over
     * @param retryAfter the header in seconds, if there was one
     */
    public static GrpcStatus ofHttp(int status, byte[] body, @Nullable Long retryAfter) {
        int code = switch (status) {
            case 400, 422 -> 3;
            case 401 -> 16;
            case 403 -> 7;
            case 404, 405, 415 -> UNIMPLEMENTED;
            case 408 -> DEADLINE_EXCEEDED;
            case 413, 429 -> 8;
            case 502, 503, 504 -> UNAVAILABLE;
            default -> INTERNAL;
        };
        String message = message(body);
        return new GrpcStatus(code, message.isEmpty() ? "the service answered " + status : message, retryAfter);
    }

    /** The message as the header {@code grpc-message} wants it: percent-encoded UTF-8. */
    public String encodedMessage() {
        StringBuilder text = new StringBuilder();
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                text.append((char) b);
            } else {
                text.append("%%%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }

    /** The header {@code grpc-status-details-bin}: {@code google.rpc.Status}, with {@code RetryInfo} if to be repeated. */
    public String details() {
        byte[] status = message(out -> {
            out.writeInt32(1, code);
            out.writeString(2, message);
            if (retryAfterSeconds != null) {
                long seconds = retryAfterSeconds;
                byte[] delay = message(duration -> duration.writeInt64(1, seconds));
                byte[] info = message(retry -> retry.writeBytes(1, ByteString.copyFrom(delay)));
                byte[] any = message(detail -> {
                    detail.writeString(1, RETRY_INFO);
                    detail.writeBytes(2, ByteString.copyFrom(info));
                });
                out.writeBytes(3, ByteString.copyFrom(any));
            }
        });
        return Base64.getEncoder().withoutPadding().encodeToString(status);
    }

    private interface Fields {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static String message(byte[] status) {
        CodedInputStream in = CodedInputStream.newInstance(status);
        String message = "";
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == 2
                        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    message = in.readString();
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException _) {
            return "";
        }
        return message;
    }
}
