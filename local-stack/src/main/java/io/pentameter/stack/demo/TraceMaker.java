package io.pentameter.stack.demo;

import static io.pentameter.stack.otlp.Otlp.text;
import static io.pentameter.stack.otlp.Otlp.whole;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.pentameter.stack.otlp.Otlp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes the spans of one request of the made-up company, of the kind that its feature has. */
final class TraceMaker {

    /** What the company says about itself in each delivery. */
    static final List<KeyValue> RESOURCE = List.of(
            text("service.name", "acme-assistant"),
            text("service.version", "2026.11.3"),
            text("deployment.environment.name", "prod"),
            text("cloud.region", "eu-central-1"));

    private static final List<String> CUSTOMERS =
            List.of("initech", "hooli", "umbrella", "soylent", "wonka", "tyrell", "cyberdyne", "oscorp");
    private static final int USERS_OF_CUSTOMER = 40;
    private static final double THROTTLED_ONCE = 0.02;

    private final RandomGenerator random;

    TraceMaker(RandomGenerator random) {
        this.random = random;
    }

    /** All spans of a request that ended at {@code end}; the first is the request itself. */
    List<Span> make(Instant end, Weather weather) {
        Feature feature = Feature.at(random.nextDouble());
        Model model = feature.models().get(random.nextInt(feature.models().size()));
        ModelCall calls = new ModelCall(random, feature);
        List<Step> steps = steps(feature, model, weather, calls);
        Duration length = steps.stream().map(Step::length).reduce(Duration.ofMillis(15), Duration::plus);
        Instant start = end.minus(length);
        Span.Builder root = span(feature.route(), start, length)
                .setTraceId(Otlp.traceId(random))
                .setKind(SpanKind.SPAN_KIND_SERVER)
                .addAllAttributes(whose(feature));
        List<Span> spans = new ArrayList<>();
        Instant at = start.plusMillis(5);
        for (Step step : steps) {
            spans.add(step.span()
                    .setTraceId(root.getTraceId())
                    .setParentSpanId(root.getSpanId())
                    .setStartTimeUnixNano(Otlp.nanos(at))
                    .setEndTimeUnixNano(Otlp.nanos(at.plus(step.length())))
                    .build());
            at = at.plus(step.length());
        }
        if (steps.getLast().failed()) {
            root.setStatus(Status.newBuilder().setCode(StatusCode.STATUS_CODE_ERROR))
                    .addAttributes(whole("http.response.status_code", 502))
                    .addAttributes(text("error.type", "upstream"));
        }
        spans.addFirst(root.build());
        return spans;
    }

    /** A part of a request; its times are set when its place in the request is known. */
    record Step(Span.Builder span, Duration length, boolean failed) {}

    private List<Step> steps(Feature feature, Model model, Weather weather, ModelCall calls) {
        List<Step> steps = new ArrayList<>();
        switch (feature) {
            case SUPPORT_CHAT -> {
                steps.add(retrieval("help-pages"));
                if (random.nextInt(4) == 0) {
                    steps.add(tool("lookup_order"));
                }
            }
            case SEARCH_ANSWERS -> {
                steps.add(calls.embedding());
                steps.add(retrieval("documents"));
            }
            case CODE_REVIEW -> {
                steps.add(agent("reviewer"));
                steps.add(tool("read_diff"));
                steps.add(tool("run_linter"));
            }
            case CONTRACT_SUMMARY, INVOICE_FIELDS, LEAD_SCORING -> {
                // straight to the model
            }
        }
        if (random.nextDouble() < THROTTLED_ONCE) {
            steps.add(calls.throttled(model));
        }
        steps.add(random.nextDouble() < weather.failures(feature, model) ? calls.failed(model) : calls.answered(model));
        return steps;
    }

    private List<KeyValue> whose(Feature feature) {
        // squared, so that the first customers are the big ones
        int customer = (int) (random.nextDouble() * random.nextDouble() * CUSTOMERS.size());
        int user = random.nextInt(USERS_OF_CUSTOMER);
        String name = CUSTOMERS.get(customer);
        return List.of(
                text("pentameter.feature", feature.word()),
                text("pentameter.route", feature.route()),
                text("pentameter.customer", name),
                text("user.id", "u-%s-%02d".formatted(name, user)),
                text("session.id", "s-%s-%02d-%02d".formatted(name, user, random.nextInt(20))),
                text("pentameter.prompt.name", feature.word()),
                text("pentameter.prompt.version", random.nextInt(10) == 0 ? "v8-canary" : "v7"));
    }

    private Step retrieval(String source) {
        Span.Builder span = span("retrieval " + source, Instant.EPOCH, Duration.ZERO)
                .setKind(SpanKind.SPAN_KIND_CLIENT)
                .addAttributes(text("gen_ai.operation.name", "retrieval"))
                .addAttributes(text("gen_ai.data_source.id", source))
                .addAttributes(text(
                        "gen_ai.retrieval.documents",
                        "[{\"id\":\"d-%d\",\"score\":0.82},{\"id\":\"d-%d\",\"score\":0.71}]"
                                .formatted(random.nextInt(500), random.nextInt(500))));
        return new Step(span, Duration.ofMillis(20 + random.nextInt(60)), false);
    }

    private Step tool(String name) {
        boolean isBroken = random.nextInt(100) == 0;
        Span.Builder span = span("execute_tool " + name, Instant.EPOCH, Duration.ZERO)
                .addAttributes(text("gen_ai.operation.name", "execute_tool"))
                .addAttributes(text("gen_ai.tool.name", name));
        if (isBroken) {
            span.setStatus(Status.newBuilder().setCode(StatusCode.STATUS_CODE_ERROR))
                    .addAttributes(text("error.type", "timeout"));
        }
        return new Step(span, Duration.ofMillis(30 + random.nextInt(200)), false);
    }

    private Step agent(String name) {
        Span.Builder span = span("invoke_agent " + name, Instant.EPOCH, Duration.ZERO)
                .addAttributes(text("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(text("gen_ai.agent.name", name));
        return new Step(span, Duration.ofMillis(10 + random.nextInt(20)), false);
    }

    private Span.Builder span(String name, Instant start, Duration length) {
        return Span.newBuilder()
                .setSpanId(Otlp.spanId(random))
                .setName(name)
                .setStartTimeUnixNano(Otlp.nanos(start))
                .setEndTimeUnixNano(Otlp.nanos(start.plus(length)));
    }
}
