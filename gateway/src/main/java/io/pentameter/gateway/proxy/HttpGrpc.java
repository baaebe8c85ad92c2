package io.pentameter.gateway.proxy;

import io.pentameter.gateway.error.GrpcStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;

/** What gRPC puts round a message on HTTP/2; unary calls only. */
final class HttpGrpc {

    /** One byte that says whether the message is compressed, and four of its length. */
    static final int PREFIX_BYTES = 5;

    private static final String STATUS = "grpc-status";

    private HttpGrpc() {}

    static boolean isGrpc(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || request.version() != HttpVersion.HTTP_2) {
            return false;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.equals(GrpcStatus.MEDIA_TYPE)
                || lower.equals(GrpcStatus.MEDIA_TYPE + "+proto")
                || lower.startsWith(GrpcStatus.MEDIA_TYPE + ";");
    }

    /** Ends the call without a message. */
    static void end(HttpServerResponse response, GrpcStatus status, String requestId) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, GrpcStatus.MEDIA_TYPE);
        response.putHeader(ForwardHeaders.REQUEST_ID.toLowerCase(Locale.ROOT), requestId);
        response.putHeader("grpc-accept-encoding", "gzip, deflate");
        response.putHeader(STATUS, Integer.toString(status.code()));
        response.putHeader("grpc-message", status.encodedMessage());
        response.putHeader("grpc-status-details-bin", status.details());
        var _ = response.end();
    }

    /** Ends the call with its one message. */
    static void end(HttpServerResponse response, Buffer message, String requestId) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, GrpcStatus.MEDIA_TYPE);
        response.putHeader(ForwardHeaders.REQUEST_ID.toLowerCase(Locale.ROOT), requestId);
        response.putTrailer(STATUS, "0");
        var _ = response.end(
                Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message));
    }
}
