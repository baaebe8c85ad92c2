package io.pentameter.ingest.vendor;

import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.assembly.Assembly;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.HttpBody;
import io.pentameter.ingest.intake.InFlight;
import io.pentameter.ingest.intake.IntakeParts;
import io.pentameter.ingest.intake.LateParts;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.publish.RecordLog;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.ForbiddenException;
import io.pentameter.kit.token.InvalidTokenException;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenVerifier;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Serves the routes of all vendors: who sends, how it is compressed, the body within its limits, the answer. */
@ApplicationScoped
class HttpVendorDoor {

    private static final Logger LOG = Logger.getLogger(HttpVendorDoor.class);

    private final List<VendorRoute.Source> vendors;
    private final VendorDesk desk;
    private final InFlight inFlight;
    private final TokenVerifier tokens;
    private final CurrentTenants tenants;
    private final Vertx vertx;
    private final InstantSource clock;
    private final IngestConfig config;
    /** They wait for PostgreSQL and the log; the bytes in flight bound how many there are. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HttpVendorDoor(
            @All List<VendorRoute.Source> vendors,
            IntakeParts parts,
            Assembly assembly,
            LateParts complete,
            LateSpans late,
            RecordLog log,
            TokenVerifier tokens,
            CurrentTenants tenants,
            Vertx vertx,
            InstantSource clock,
            IngestConfig config) {
        this.vendors = vendors;
        this.inFlight = parts.inFlight();
        this.tokens = tokens;
        this.tenants = tenants;
        this.vertx = vertx;
        this.clock = clock;
        this.config = config;
        this.desk = new VendorDesk(
                parts.pipeline(),
                new VendorDesk.Pieces(assembly, complete, late),
                Math.toIntExact(config.maxBodySize().asLongValue()),
                new VendorDesk.Surroundings(
                        log, parts.meters(), clock, () -> UUID.randomUUID().toString()));
    }

    void mount(@Observes Router router) {
        for (VendorRoute.Source vendor : vendors) {
            for (VendorRoute route : vendor.routes()) {
                router.route(HttpMethod.valueOf(route.method()), route.path())
                        .handler(routing -> take(routing, route.protocol()));
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdown();
    }

    private void take(RoutingContext routing, VendorProtocol protocol) {
        HttpServerRequest request = routing.request();
        VendorRequest asked;
        try {
            Instant now = clock.instant();
            asked = new VendorRequest(
                    sender(request),
                    now,
                    Window.around(now, config.maxSpanAge(), config.maxSpanAhead()),
                    routing.pathParams(),
                    first(request.headers()),
                    first(routing.queryParams()));
        } catch (InvalidTokenException e) {
            early(request, new VendorDesk.Told(protocol.refused(401, String.valueOf(e.getMessage())), 0, 0, false));
            return;
        } catch (ForbiddenException e) {
            early(request, new VendorDesk.Told(protocol.refused(403, String.valueOf(e.getMessage())), 0, 0, false));
            return;
        }
        ContentCoding coding = ContentCoding.ofVendorHeader(request.getHeader("Content-Encoding"));
        if (coding == null) {
            String message = "Content-Encoding must be gzip, deflate, zstd or identity";
            early(request, desk.refuse(protocol, asked, RefusalReason.UNSUPPORTED_CONTENT, 415, message));
            return;
        }
        if (announcedLength(request) > config.maxBodySize().asLongValue()) {
            early(request, desk.tooLarge(protocol, asked));
            return;
        }
        read(request, protocol, asked, coding);
    }

    private Sender sender(HttpServerRequest request) {
        Caller caller = tokens.verify(request.getHeader("Authorization")).require(Scope.INGEST);
        String tenant = caller.requireTenant();
        TenantSettings settings = tenants.of(tenant);
        if (settings.isSuspended()) {
            throw new ForbiddenException("the tenant is suspended");
        }
        return new Sender(tenant, caller.key() == null ? caller.subject() : caller.key(), settings);
    }

    private void read(HttpServerRequest request, VendorProtocol protocol, VendorRequest asked, ContentCoding coding) {
        InFlight.Share share = inFlight.open();
        Context context = vertx.getOrCreateContext();
        new HttpBody(request, vertx, share, config.maxBodySize().asLongValue(), outcome -> {
                    switch (outcome) {
                        case HttpBody.Outcome.Whole whole ->
                            threads.execute(() -> {
                                VendorDesk.Told told = process(protocol, asked, coding, whole.body(), share);
                                context.runOnContext(_ -> end(request, share, told));
                            });
                        case HttpBody.Outcome.TooLarge _ -> end(request, share, desk.tooLarge(protocol, asked));
                        case HttpBody.Outcome.Overloaded _ ->
                            end(request, share, desk.again(protocol, RefusalReason.OVERLOADED));
                        case HttpBody.Outcome.TimedOut _ -> end(request, share, cutOff(protocol, asked, 408));
                        case HttpBody.Outcome.Gone _ -> end(request, share, cutOff(protocol, asked, 400));
                    }
                })
                .read(config.bodyTimeout());
    }

    private VendorDesk.Told process(
            VendorProtocol protocol, VendorRequest asked, ContentCoding coding, Buffer body, InFlight.Share share) {
        try {
            return desk.receive(protocol, asked, coding, body.getBytes(), share);
        } catch (RuntimeException | OutOfMemoryError e) {
            // the outermost edge: whatever broke, the client must be able to send again
            LOG.error("a delivery could not be taken in, route=" + protocol.route(), e);
            return desk.again(protocol, RefusalReason.UNAVAILABLE);
        }
    }

    private VendorDesk.Told cutOff(VendorProtocol protocol, VendorRequest asked, int status) {
        return desk.refuse(protocol, asked, RefusalReason.BODY_CUT_OFF, status, "the body did not come to its end");
    }

    private void end(HttpServerRequest request, InFlight.Share share, VendorDesk.Told told) {
        share.close();
        write(request, told);
    }

    /** Answers before the body has come; what still comes of it is thrown away. */
    private void early(HttpServerRequest request, VendorDesk.Told told) {
        write(request, told);
        request.resume();
    }

    private void write(HttpServerRequest request, VendorDesk.Told told) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(told.reply().status()).putHeader("Content-Type", VendorReply.JSON);
        String requestId = request.getHeader("Pentameter-Request-Id");
        if (requestId != null) {
            response.putHeader("Pentameter-Request-Id", requestId);
        }
        if (told.mayTryAgain()) {
            response.putHeader(
                    "Retry-After", Long.toString(Math.max(1, config.retryAfter().toSeconds())));
        } else {
            response.putHeader("Pentameter-Spans-Accepted", Long.toString(told.accepted()))
                    .putHeader("Pentameter-Spans-Refused", Long.toString(told.refused()));
        }
        response.end(Buffer.buffer(told.reply().bytes()));
    }

    private static Map<String, String> first(MultiMap values) {
        Map<String, String> first = new LinkedHashMap<>();
        values.forEach(entry -> first.putIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        return first;
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
