package io.pentameter.ingest.intake;

import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpSignal;
import io.pentameter.ingest.otlp.RpcCode;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.ForbiddenException;
import io.pentameter.kit.token.InvalidTokenException;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenVerifier;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/HTTP traces, logs and metrics, at the standard paths and at those where vendors' SDKs look for them.
 *
 * <p>Routes of Vert.x and not of JAX-RS: on this path the framework would cost more than the work.
 */
@ApplicationScoped
class TracesResource {

    private static final Logger LOG = Logger.getLogger(TracesResource.class);

    /** The standard path, then those of Langfuse, LangSmith and Weave, LangSmith below its endpoint, Weave's others. */
    static final List<String> PATHS = List.of(
            "/v1/traces",
            "/api/public/otel/v1/traces",
            "/otel/v1/traces",
            "/langsmith/otel/v1/traces",
            "/agents/otel/v1/traces",
            "/traces/otel/v1/traces");

    /** Headers in which clients of LangSmith, Phoenix, MLflow and Weave name the project of all spans of a request. */
    private static final List<String> PROJECT_HEADERS =
            List.of("Langsmith-Project", "x-project-name", "x-mlflow-experiment-id", "project_id");

    private final IntakeDesk desk;
    private final InFlight inFlight;
    private final Executor workers;
    private final TokenVerifier tokens;
    private final CurrentTenants tenants;
    private final Vertx vertx;
    private final HttpAnswer answers;
    private final long maxBodyBytes;
    private final Duration bodyTimeout;

    TracesResource(IntakeParts parts, TokenVerifier tokens, CurrentTenants tenants, Vertx vertx, IngestConfig config) {
        this.desk = parts.desk();
        this.inFlight = parts.inFlight();
        this.workers = parts.workers();
        this.tokens = tokens;
        this.tenants = tenants;
        this.vertx = vertx;
        this.answers = new HttpAnswer(config.retryAfter());
        this.maxBodyBytes = config.maxBodySize().asLongValue();
        this.bodyTimeout = config.bodyTimeout();
    }

    void mount(@Observes Router router) {
        for (String path : PATHS) {
            for (OtlpSignal signal : OtlpSignal.values()) {
                router.route(beside(path, signal)).handler(routing -> take(signal, routing));
            }
        }
    }

    /** SDKs look for the other signals at the same places as for traces. */
    private static String beside(String path, OtlpSignal signal) {
        return path.substring(0, path.length() - OtlpSignal.TRACES.word().length()) + signal.word();
    }

    private void take(OtlpSignal signal, RoutingContext routing) {
        HttpServerRequest request = routing.request();
        OtlpEncoding known = OtlpEncoding.ofContentType(request.getHeader("Content-Type"));
        OtlpEncoding encoding = known == null ? OtlpEncoding.JSON : known;
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", "POST");
            answers.write(request, encoding, RpcCode.UNIMPLEMENTED, "the method must be POST: " + request.method());
            return;
        }
        Sender sender;
        try {
            sender = sender(request);
        } catch (InvalidTokenException e) {
            refuseEarly(request, encoding, RpcCode.UNAUTHENTICATED, String.valueOf(e.getMessage()));
            return;
        } catch (ForbiddenException e) {
            refuseEarly(request, encoding, RpcCode.PERMISSION_DENIED, String.valueOf(e.getMessage()));
            return;
        }
        ContentCoding coding = ContentCoding.ofHeader(request.getHeader("Content-Encoding"));
        if (known == null || coding == null) {
            answerEarly(request, signal, encoding, desk.refuse(sender, encoding, unsupported(request, known == null)));
        } else if (announcedLength(request) > maxBodyBytes) {
            answerEarly(request, signal, encoding, desk.refuse(sender, encoding, Answer.tooLarge(maxBodyBytes)));
        } else {
            read(request, new IntakeDesk.Request(signal, coding, encoding, sender, inFlight.open()));
        }
    }

    private Sender sender(HttpServerRequest request) {
        Caller caller = tokens.verify(request.getHeader("Authorization")).require(Scope.INGEST);
        String tenant = caller.requireTenant();
        TenantSettings settings = tenants.of(tenant);
        if (settings.isSuspended()) {
            throw new ForbiddenException("the tenant is suspended");
        }
        String key = caller.key() == null ? caller.subject() : caller.key();
        return new Sender(tenant, key, settings, project(request));
    }

    private static String project(HttpServerRequest request) {
        for (String header : PROJECT_HEADERS) {
            String value = request.getHeader(header);
            if (value != null && !value.isBlank()) {
                return Utf8.sound(Limits.shortened(value.strip(), Limits.MAX_DIMENSION));
            }
        }
        return "";
    }

    private void read(HttpServerRequest request, IntakeDesk.Request intake) {
        Context context = vertx.getOrCreateContext();
        new HttpBody(request, vertx, intake.share(), maxBodyBytes, outcome -> {
                    switch (outcome) {
                        case HttpBody.Outcome.Whole whole ->
                            process(request, context, intake, whole.body().getBytes());
                        case HttpBody.Outcome.TooLarge _ -> refuse(request, intake, Answer.tooLarge(maxBodyBytes));
                        case HttpBody.Outcome.Overloaded _ -> refuse(request, intake, Answer.overloaded());
                        case HttpBody.Outcome.TimedOut _ -> refuse(request, intake, cutOff(408));
                        case HttpBody.Outcome.Gone _ -> refuse(request, intake, cutOff(400));
                    }
                })
                .read(bodyTimeout);
    }

    private void refuse(HttpServerRequest request, IntakeDesk.Request intake, Answer.Refused refused) {
        end(request, intake, desk.refuse(intake.sender(), intake.encoding(), refused));
    }

    private void process(HttpServerRequest request, Context context, IntakeDesk.Request intake, byte[] body) {
        try {
            workers.execute(() -> receive(request, context, intake, body));
        } catch (RejectedExecutionException _) {
            refuse(request, intake, Answer.overloaded());
        }
    }

    private void receive(HttpServerRequest request, Context context, IntakeDesk.Request intake, byte[] body) {
        try {
            desk.receive(intake, body).whenComplete((answer, fault) -> {
                Answer told = fault == null ? answer : broken(fault);
                context.runOnContext(_ -> end(request, intake, told));
            });
        } catch (RuntimeException | OutOfMemoryError e) {
            // the outermost edge: whatever broke, the client must be able to send again
            Answer told = broken(e);
            context.runOnContext(_ -> end(request, intake, told));
        }
    }

    private static Answer broken(Throwable fault) {
        LOG.error("a delivery could not be taken in", fault);
        return Answer.unavailable();
    }

    private void end(HttpServerRequest request, IntakeDesk.Request intake, Answer answer) {
        intake.share().close();
        answers.write(request, intake.signal(), intake.encoding(), answer);
    }

    private void refuseEarly(HttpServerRequest request, OtlpEncoding encoding, RpcCode code, String message) {
        answers.write(request, encoding, code, message);
        request.resume();
    }

    /** Answers before the body has come; what still comes of it is thrown away. */
    private void answerEarly(HttpServerRequest request, OtlpSignal signal, OtlpEncoding encoding, Answer answer) {
        answers.write(request, signal, encoding, answer);
        request.resume();
    }

    private static Answer.Refused unsupported(HttpServerRequest request, boolean isType) {
        String message = isType
                ? "Content-Type must be application/x-protobuf or application/json: "
                        + shown(request.getHeader("Content-Type"))
                : "Content-Encoding must be gzip, deflate or identity: " + shown(request.getHeader("Content-Encoding"));
        return new Answer.Refused(415, RpcCode.INVALID_ARGUMENT, RefusalReason.UNSUPPORTED_CONTENT, message, false);
    }

    private static String shown(@Nullable String header) {
        return header == null ? "(absent)" : Limits.shortened(header, 80);
    }

    private static Answer.Refused cutOff(int status) {
        return new Answer.Refused(
                status,
                status == 408 ? RpcCode.DEADLINE_EXCEEDED : RpcCode.INVALID_ARGUMENT,
                RefusalReason.BODY_CUT_OFF,
                "the body did not come to its end",
                false);
    }

    private static long announcedLength(HttpServerRequest request) {
        String header = request.getHeader("Content-Length");
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
