package io.pentameter.ingest.intake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads a body as it comes, within a size, a time and the bytes in flight.
 *
 * <p>Everything happens on the request's event loop. The receiver is told exactly one outcome, or none if the client
 * went away.
 */
public final class HttpBody {

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final InFlight.Share share;
    private final long maxBytes;
    private final Consumer<Outcome> receiver;
    private final Buffer body = Buffer.buffer();
    private long timer = -1;
    private boolean isDone;

    /** How reading ended. */
    public sealed interface Outcome {

        record Whole(Buffer body) implements Outcome {}

        record TooLarge() implements Outcome {}

        record Overloaded() implements Outcome {}

        record TimedOut() implements Outcome {}

        /** The client closed the connection: there is nobody to answer. */
        record Gone() implements Outcome {}
    }

    public HttpBody(
            HttpServerRequest request, Vertx vertx, InFlight.Share share, long maxBytes, Consumer<Outcome> receiver) {
        this.request = request;
        this.vertx = vertx;
        this.share = share;
        this.maxBytes = maxBytes;
        this.receiver = receiver;
    }

    /** Starts to read; the whole body must come within this time. */
    public void read(Duration within) {
        timer = vertx.setTimer(within.toMillis(), _ -> end(new Outcome.TimedOut()));
        request.handler(this::take);
        request.endHandler(_ -> end(new Outcome.Whole(body)));
        request.exceptionHandler(_ -> end(new Outcome.Gone()));
        request.resume();
    }

    private void take(Buffer chunk) {
        if (isDone) {
            return;
        }
        if (body.length() + (long) chunk.length() > maxBytes) {
            end(new Outcome.TooLarge());
            return;
        }
        try {
            share.grow(chunk.length());
        } catch (InFlight.OverloadedException _) {
            end(new Outcome.Overloaded());
            return;
        }
        body.appendBuffer(chunk);
    }

    private void end(Outcome outcome) {
        if (isDone) {
            return;
        }
        isDone = true;
        vertx.cancelTimer(timer);
        receiver.accept(outcome);
    }
}
