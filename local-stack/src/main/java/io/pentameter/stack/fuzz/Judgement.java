package io.pentameter.stack.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.pentameter.stack.fuzz.Mutant.Sending;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Whether a reply is one that a client may get. */
final class Judgement {

    /** In which an answer must come; only the slow may take longer, by what they take themselves. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    /** Bodies above it may be refused before they are sent, and the answer is then lost on the way. */
    private static final int LARGE_BYTES = 60_000;

    private static final Set<Integer> AGAIN = Set.of(429, 503);
    /** Of gRPC: unknown, internal, data loss. */
    private static final Set<String> SERVERS_FAULTS = Set.of("2", "13", "15");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Judgement() {}

    /** What is wrong with it, in words that are the same for the same fault; empty if nothing is. */
    static Optional<String> of(Mutant mutant, Reply reply) {
        if (mutant.sending() == Sending.CUT) {
            return Optional.empty();
        }
        if (reply.took().compareTo(ANSWER_WITHIN) > 0) {
            return Optional.of("no answer within " + ANSWER_WITHIN.toSeconds() + " s");
        }
        if (reply.isNone()) {
            boolean mayBeLost = mutant.sending() != Sending.WHOLE || mutant.body().length > LARGE_BYTES;
            return mayBeLost ? Optional.empty() : Optional.of("closed without an answer");
        }
        if (reply.status() >= 500 && reply.status() != 503) {
            return Optional.of("status " + reply.status());
        }
        if (AGAIN.contains(reply.status()) && reply.header("Retry-After").isEmpty()) {
            return Optional.of("status " + reply.status() + " without Retry-After");
        }
        if (mutant.sample().isGrpc()) {
            return grpc(mutant, reply);
        }
        boolean isHttps = mutant.sending() == Sending.BROKEN_CHUNKS || mutant.sending() == Sending.TOO_LONG;
        if (reply.status() >= 400 && !isHttps) {
            return shape(mutant, reply);
        }
        return Optional.empty();
    }

    private static Optional<String> grpc(Mutant mutant, Reply reply) {
        String status = reply.header("grpc-status");
        if (status.isEmpty()) {
            // a frame that is none ends the stream, and says so in HTTP/2's words
            return mutant.sending() == Sending.WHOLE && !mutant.headers().containsKey("Content-Type")
                    ? Optional.of("no grpc-status")
                    : Optional.empty();
        }
        return SERVERS_FAULTS.contains(status) ? Optional.of("grpc-status " + status) : Optional.empty();
    }

    private static Optional<String> shape(Mutant mutant, Reply reply) {
        String path = mutant.sample().path();
        if (path.endsWith("/v1/traces") || path.endsWith("/v1/logs") || path.endsWith("/v1/metrics")) {
            return isRpcStatus(reply)
                    ? Optional.empty()
                    : Optional.of("status " + reply.status() + " is no google.rpc.Status");
        }
        JsonNode body = json(reply);
        String[] fields = fields(path);
        for (String field : fields) {
            if (body.path(field).isMissingNode()) {
                return Optional.of("status %d has no %s".formatted(reply.status(), field));
            }
        }
        return Optional.empty();
    }

    /** The members that an error of the route's dialect has. */
    private static String[] fields(String path) {
        if (path.startsWith("/api/v1/")) {
            return new String[] {"title", "status", "detail"};
        }
        if (path.startsWith("/api/public/")) {
            return new String[] {"message"};
        }
        if (path.startsWith("/custom/")) {
            return new String[] {"error"};
        }
        if (path.contains("/llmobs") || path.contains("/llm-obs") || path.startsWith("/v0.")) {
            return new String[] {"errors"};
        }
        return new String[] {"detail"};
    }

    private static JsonNode json(Reply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException _) {
            return JSON.missingNode();
        }
    }

    private static boolean isRpcStatus(Reply reply) {
        if (reply.header("Content-Type").startsWith("application/json")) {
            return json(reply).path("message").isTextual();
        }
        if (!reply.header("Content-Type").startsWith("application/x-protobuf")) {
            return false;
        }
        try {
            CodedInputStream in = CodedInputStream.newInstance(reply.body());
            boolean hasMessage = false;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                hasMessage |= WireFormat.getTagFieldNumber(tag) == 2;
                in.skipField(tag);
            }
            return hasMessage;
        } catch (IOException _) {
            return false;
        }
    }
}
