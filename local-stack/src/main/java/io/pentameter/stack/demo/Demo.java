package io.pentameter.stack.demo;

import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.otlp.SpanSender;
import io.pentameter.stack.process.Waiting;
import io.pentameter.stack.seed.Realm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sends the made-up company's traffic to a stack that serves, and shows what came of it, until it is told to stop. */
public final class Demo {

    private static final Duration FIRST_LOOK = Duration.ofSeconds(3);
    private static final Duration REFRESH = Duration.ofSeconds(5);

    /** Below the life of an access token, which is five minutes. */
    private static final Duration LOGIN_AGAIN = Duration.ofMinutes(3);

    private final Map<String, String> facts;
    private final int receiverPort;
    private final InstantSource clock;
    private final Consumer<List<String>> screen;

    /**
     * A demo for one stack.
     *
     * @param facts        what the stack's {@code demo.env} says
     * @param receiverPort where the demo's own receiver of alerts listens
     * @param screen       shows lines instead of those before
     */
    public Demo(Map<String, String> facts, int receiverPort, InstantSource clock, Consumer<List<String>> screen) {
        this.facts = Map.copyOf(facts);
        this.receiverPort = receiverPort;
        this.clock = clock;
        this.screen = screen;
    }

    /** Runs for {@code length}, or until this process ends if it is zero. */
    public void run(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        try (AlertReceiver receiver = new AlertReceiver(receiverPort, clock);
                SpanSender sender = new SpanSender(fact("PENTAMETER_URL"), fact("PENTAMETER_INGEST_KEY"));
                Traffic traffic = new Traffic(sender, clock, clock.millis());
                JsonApi read = JsonApi.withKey(fact("PENTAMETER_URL"), fact("PENTAMETER_READ_KEY"))) {
            try (JsonApi admin = admin()) {
                new AlertSetup(admin).prepare(receiver.url());
            }
            traffic.start();
            Waiting.pause(FIRST_LOOK);
            while (length.isZero() || System.nanoTime() - end < 0) {
                lookForAWhile(receiver, traffic, read, length.isZero() ? Long.MAX_VALUE : end);
            }
        }
    }

    private void lookForAWhile(AlertReceiver receiver, Traffic traffic, JsonApi read, long end) {
        long loginAgain = System.nanoTime() + LOGIN_AGAIN.toNanos();
        try (JsonApi admin = admin()) {
            Overview overview = new Overview(read, admin, new Metrics(read, clock), receiver);
            while (System.nanoTime() < Math.min(loginAgain, end)) {
                List<String> lines = new java.util.ArrayList<>(overview.lines());
                lines.addAll(footer(traffic));
                screen.accept(lines);
                Waiting.pause(REFRESH);
            }
        }
    }

    private List<String> footer(Traffic traffic) {
        String trouble = traffic.trouble().isEmpty() ? "" : "; put off: " + traffic.trouble();
        return List.of(
                "traffic: %,d spans acknowledged, %,d given up%s"
                        .formatted(traffic.accepted(), traffic.givenUp(), trouble),
                "API %s   people and keys: see demo.env; admin %s, operator %s"
                        .formatted(
                                fact("PENTAMETER_URL"),
                                fact("PENTAMETER_ADMIN_USER"),
                                fact("PENTAMETER_OPERATOR_USER")),
                "ingest key %s   read key %s".formatted(fact("PENTAMETER_INGEST_KEY"), fact("PENTAMETER_READ_KEY")),
                "Ctrl-C ends it.");
    }

    private JsonApi admin() {
        String tokenUrl = fact("PENTAMETER_OIDC_TOKEN_URL");
        String keycloak = tokenUrl.substring(0, tokenUrl.indexOf("/realms/"));
        String token = Realm.token(
                keycloak,
                Realm.NAME,
                fact("PENTAMETER_CLI_CLIENT"),
                fact("PENTAMETER_ADMIN_USER"),
                fact("PENTAMETER_ADMIN_PASSWORD"));
        return JsonApi.withToken(fact("PENTAMETER_URL"), token);
    }

    private String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalStateException("demo.env has no " + name);
        }
        return value;
    }
}
