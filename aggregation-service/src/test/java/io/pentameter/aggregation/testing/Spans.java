package io.pentameter.aggregation.testing;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Spans for tests; the same seed makes the same spans. */
public final class Spans {

    private static final String[] MODELS = {"gpt-4o-mini", "claude-sonnet-4", "gemini-2.5-flash", ""};
    private static final String[] FAILURES = {"timeout", "rate_limit", "content_filter"};

    private final SplittableRandom random;

    public Spans(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Noon of yesterday: a day that retention, which counts from today, does not end. */
    public static Instant noon() {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
    }

    /** A request of one second without anything else. */
    public SpanRecord.Builder request(String tenant, Instant start) {
        return SpanRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKeyId("key_1")
                .setReceivedAtUs(start.getEpochSecond() * 1_000_000 + 2_000_000)
                .setTraceId(bytes(16))
                .setSpanId(bytes(8))
                .setStartNs(start.getEpochSecond() * 1_000_000_000L + start.getNano())
                .setDurationNs(1_000_000_000L)
                .setKind(SpanKind.SPAN_KIND_WORKFLOW)
                .setName("answer")
                .setIsRequest(true);
    }

    /** Any spans of a tenant that begin in a time, with every property drawn; some traces have several spans. */
    public List<SpanRecord> any(String tenant, Instant from, long seconds, int count) {
        List<SpanRecord> spans = new ArrayList<>();
        ByteString trace = bytes(16);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                trace = bytes(16);
            }
            Instant start = from.plusNanos(random.nextLong(seconds * 1_000_000_000L));
            spans.add(any(tenant, start).setTraceId(trace).build());
        }
        return spans;
    }

    private SpanRecord.Builder any(String tenant, Instant start) {
        boolean isCall = random.nextInt(2) == 0;
        SpanRecord.Builder span = request(tenant, start)
                .setIsRequest(!isCall && random.nextBoolean())
                .setKind(isCall ? SpanKind.SPAN_KIND_MODEL_CALL : SpanKind.forNumber(2 + random.nextInt(7)))
                .setKeyId("key_" + random.nextInt(3))
                .setDurationNs((long) Math.exp(random.nextDouble() * 12 + 10))
                .setDimensions(dimensions())
                .putAttributes("plan", random.nextBoolean() ? "free" : "pro");
        if (random.nextInt(10) == 0) {
            boolean isHard = random.nextInt(4) > 0;
            span.setOutcome(Outcome.newBuilder()
                    .setError(isHard)
                    .setFailure(FAILURES[random.nextInt(FAILURES.length)])
                    .setDetail(random.nextBoolean() ? "network" : "")
                    .setSeverity(isHard ? "high" : "low")
                    .setRule(isHard ? "error.by.status" : "finish_reason.length")
                    .setHidden(random.nextInt(3) == 0));
        }
        if (isCall) {
            attempt(span);
            usage(span);
        }
        return span;
    }

    private void attempt(SpanRecord.Builder span) {
        int of = 1 + random.nextInt(3);
        int number = 1 + random.nextInt(of);
        span.setAttempt(Attempt.newBuilder()
                .setGroup(random.nextLong())
                .setNumber(number)
                .setOf(of)
                .setSuperseded(number < of && !span.getOutcome().getFailure().isEmpty()));
    }

    private void usage(SpanRecord.Builder span) {
        if (random.nextInt(8) == 0) {
            return;
        }
        span.setUsage(Usage.newBuilder()
                .setInUncached(random.nextInt(5000))
                .setInCacheRead(random.nextInt(500))
                .setOutText(random.nextInt(900))
                .setOutReasoning(random.nextInt(300)));
        if (random.nextInt(3) > 0) {
            span.setTtftNs(random.nextLong(2_000_000_000L));
        }
        long nano = random.nextLong(100_000_000L);
        span.setCost(
                random.nextInt(5) == 0
                        ? Cost.newBuilder().setUnknownReason("model_unknown")
                        : Cost.newBuilder()
                                .setKnown(true)
                                .setTotalNanoUsd(nano)
                                .addComponents(CostComponent.newBuilder()
                                        .setBucket("in_uncached")
                                        .setUnits(1)
                                        .setNanoUsdPerUnit("1.5")
                                        .setNanoUsd(nano))
                                .setPriceVersion("book-1"));
        span.setPayload(
                Payload.newBuilder().setInput("question " + random.nextInt()).setOutput("answer"));
    }

    private Dimensions dimensions() {
        return Dimensions.newBuilder()
                .setFeature(random.nextInt(5) == 0 ? "" : "feature-" + random.nextInt(4))
                .setRoute("/r/" + random.nextInt(3))
                .setCustomer("customer-" + random.nextInt(30))
                .setUser("user-" + random.nextInt(100))
                .setSession("session-" + random.nextInt(50))
                .setIntent("intent-" + random.nextInt(2))
                .setPromptName("prompt-" + random.nextInt(3))
                .setPromptVersion("v" + random.nextInt(2))
                .setModel(MODELS[random.nextInt(MODELS.length)])
                .setRequestedModel("model-" + random.nextInt(2))
                .setProvider("provider-" + random.nextInt(2))
                .setEnvironment(random.nextInt(4) == 0 ? "staging" : "prod")
                .setRegion("eu-" + random.nextInt(2))
                .setRelease("r" + random.nextInt(2))
                .setLanguage(random.nextInt(3) == 0 ? "" : "de")
                .setService("svc")
                .setOperation("chat")
                .build();
    }

    private ByteString bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        return ByteString.copyFrom(bytes);
    }
}
