package io.pentameter.acceptance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A good body for each operation that takes one, so that a request gets past the checks of its form. Where a body can name
 * something by id or value, that is the word {@link #SLOT}.
 */
final class ExampleBodies {

    static final String SLOT = "@SLOT@";

    private final Map<String, String> bodies = new LinkedHashMap<>();

    /** @param word a word of the caller's, for names */
    ExampleBodies(String word) {
        String window = "\"from\":\"%s\",\"to\":\"%s\""
                .formatted(Instant.now().minusSeconds(3600), Instant.now().plusSeconds(600));
        for (String mount :
                Set.of("", "/api/public/otel", "/otel", "/langsmith/otel", "/agents/otel", "/traces/otel")) {
            bodies.put("POST " + mount + "/v1/traces", span(SLOT));
            bodies.put("POST " + mount + "/v1/logs", evaluation(SLOT));
            bodies.put("POST " + mount + "/v1/metrics", metric(SLOT));
        }
        bodies.put("POST /api/v1/imports/bedrock", bedrock(SLOT));
        bodies.put("POST /api/v1/feedback", "{\"traceId\":\"@SLOT@\",\"thumbs\":\"up\",\"user\":\"@SLOT@\"}");
        bodies.put(
                "POST /api/v1/outcomes",
                "{\"name\":\"resolved\",\"traceId\":\"@SLOT@\",\"success\":true,\"customer\":\"@SLOT@\"}");
        bodies.put(
                "POST /api/v1/changes", "{\"kind\":\"deploy\",\"title\":\"%s\",\"id\":\"%s\"}".formatted(word, word));
        bodies.put(
                "POST /api/v1/classifiers/intent/examples",
                "{\"text\":\"%s please\",\"label\":\"%s\"}".formatted(word, word));
        bodies.put("PUT /api/v1/classifiers/intent", "{\"learnFromClients\":false}");
        bodies.put("POST /api/v1/classifiers/intent/train", "{\"useDefault\":true}");
        bodies.put("POST /api/v1/pseudonyms/resolve", "{\"pseudonyms\":[\"@SLOT@\"]}");
        bodies.put(
                "POST /api/v1/metrics/query",
                "{\"measures\":[\"spans\",\"cost_usd\",\"thumbs_up\"],\"groupBy\":[\"feature\",\"customer\",\"user\",\"key\"],"
                        + "\"filters\":[{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":\"@SLOT@\"}]," + window
                        + "}");
        String ofFeature = "\"filters\":[{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":\"@SLOT@\"}]";
        bodies.put(
                "POST /api/v1/costs/query",
                "{\"groupBy\":[\"feature\",\"customer\"],\"include\":[\"units\",\"waste\",\"cache\",\"quality\"],"
                        + ofFeature + "," + window + "}");
        bodies.put(
                "POST /api/v1/costs/explain",
                "{\"before\":{\"from\":\"%s\",\"to\":\"%s\"},\"after\":{%s},%s}"
                        .formatted(
                                Instant.now().minusSeconds(7300), Instant.now().minusSeconds(3700), window, ofFeature));
        bodies.put("POST /api/v1/costs/economics", "{\"cohort\":\"customer\"," + ofFeature + "," + window + "}");
        bodies.put(
                "POST /api/v1/costs/what-if",
                "{\"groupBy\":\"feature\",\"pricesUsdPerMillion\":{\"in_uncached\":2,\"out_text\":8}," + ofFeature + ","
                        + window + "}");
        bodies.put(
                "POST /api/v1/client-metrics/query",
                "{\"name\":\"gen_ai.client.operation.duration\",\"groupBy\":[\"feature\",\"user\"],"
                        + "\"filters\":[{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":\"@SLOT@\"}]," + window
                        + "}");
        bodies.put(
                "POST /api/v1/traces/search",
                "{\"filters\":[{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":\"@SLOT@\"}]," + window + "}");
        bodies.put("PUT /api/v1/costs/dimensions", ownDimension(word));
        bodies.put("POST /api/v1/costs/pools", pool(word));
        bodies.put("PUT /api/v1/costs/pools/{}", pool(word));
        bodies.put(
                "POST /api/v1/costs/allocation",
                "{\"from\":\"2026-01-01\",\"to\":\"2026-01-02\",\"by\":[\"feature\"],\"pools\":[\"@SLOT@\"]}");
        bodies.put("POST /api/v1/costs/invoices", invoice(word));
        bodies.put("POST /api/v1/costs/reconciliation/adjustments", adjustment(word));
        bodies.put("POST /api/v1/judges", judge(word));
        bodies.put("PUT /api/v1/judges/{}", judge(word));
        bodies.put("POST /api/v1/judges/{}/test", "{\"input\":\"1 + 1?\",\"output\":\"2\"}");
        bodies.put("PUT /api/v1/sampling", "{}");
        bodies.put("POST /api/v1/rules", rule(word, SLOT));
        bodies.put("PUT /api/v1/rules/{}", rule(word, SLOT));
        bodies.put("POST /api/v1/alerts/{}/acknowledge", "{\"note\":\"seen\"}");
        bodies.put("POST /api/v1/destinations", destination(word));
        bodies.put("PUT /api/v1/destinations/{}", destination(word));
        bodies.put("POST /api/v1/budgets", budget(word, SLOT));
        bodies.put("PUT /api/v1/budgets/{}", budget(word, SLOT));
        bodies.put("POST /api/v1/decisions", "{\"feature\":\"@SLOT@\",\"customer\":\"@SLOT@\",\"key\":\"@SLOT@\"}");
        bodies.put("POST /api/v1/keys", key(word));
        bodies.put("POST /api/v1/keys/{}/rotate", "{\"overlap\":\"PT1H\"}");
        bodies.put("POST /api/v1/members", member(word));
        bodies.put("PATCH /api/v1/members/{}", "{\"roles\":[\"viewer\"]}");
        bodies.put("PUT /api/v1/settings/mapping", "{\"rules\":[]}");
        bodies.put("PUT /api/v1/settings/redaction", "{\"disabled\":[],\"patterns\":[]}");
        bodies.put("PUT /api/v1/settings/profile", "{}");
        bodies.put("POST /api/v1/prices/versions", "{\"version\":\"2026-01-01.00000000\"}");
        bodies.put("POST /api/v1/prices/import", "{}");
        bodies.put("PUT /api/v1/prices/overrides", "{}");
        bodies.put("POST /api/v1/costs/repricings", repricing());
        bodies.put("POST /api/v1/admin/tenants", "{\"id\":\"@SLOT@\",\"name\":\"Taken over\"}");
        bodies.put("PATCH /api/v1/admin/tenants/{}", "{\"name\":\"Taken over\"}");
        bodies.put("POST /api/v1/admin/tenants/{}/members", member(word));
    }

    /** Names of the operations that have one. */
    Set<String> operations() {
        return bodies.keySet();
    }

    /** @param operation as {@link ApiDescription.Operation#name} says it */
    String of(String operation, String value) {
        String body = bodies.get(operation);
        if (body == null) {
            throw new AssertionError("no example of a body for " + operation + ": add one to ExampleBodies");
        }
        return body.replace(SLOT, value);
    }

    boolean hasSlot(String operation) {
        return of(operation, SLOT).contains(SLOT);
    }

    static String key(String name) {
        return "{\"name\":\"%s\",\"scopes\":[\"read\"]}".formatted(name);
    }

    static String member(String name) {
        return "{\"email\":\"%s@example.com\",\"roles\":[\"viewer\"]}".formatted(name);
    }

    static String destination(String name) {
        return "{\"name\":\"%s\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:9/x\"}".formatted(name);
    }

    static String ownDimension(String name) {
        return "{\"dimensions\":[\"%s\"]}".formatted(name);
    }

    static String pool(String name) {
        return """
                {"name":"%s","kind":"logging","amountUsd":"10","period":"day","from":"2026-01-01",
                 "driver":{"kind":"metered","measure":"requests"}}""".formatted(name);
    }

    /** Of an account of its own: two of one account for the same days would be one too many. */
    static String invoice(String name) {
        return """
                {"format":"csv","provider":"openai","account":"%1$s","name":"%1$s",
                 "csv":"date,model,amount\\n2026-01-01,%1$s,12.50"}""".formatted(name);
    }

    static String adjustment(String name) {
        return """
                {"provider":"%1$s","from":"2026-01-01","to":"2026-01-02","amountUsd":"1.5","reason":"other","note":"%1$s"}""".formatted(name);
    }

    static String judge(String name) {
        return """
                {"name":"%s","rubric":"Is the answer helpful?","model":"gpt-4o-mini","endpoint":"http://127.0.0.1:9/v1",
                 "apiKey":"sk-not-a-key","inputUsdPerMillionTokens":"0.15","outputUsdPerMillionTokens":"0.6","dailyBudgetUsd":"0",
                 "enabled":false}""".formatted(name);
    }

    /** Fires for each customer of the feature with that name whose calls fail. */
    static String rule(String name, String destination) {
        return """
                {"name":"%s","measure":"error_rate","op":">","threshold":0.2,"window":"PT5M","interval":"PT5S","for":"PT0S",
                 "groupBy":["customer"],"filters":[{"dimension":"feature","op":"eq","value":"%s"}],"minSample":1,
                 "destinations":["%s"]}""".formatted(name, name, destination);
    }

    static String change(String title) {
        return "{\"kind\":\"deploy\",\"title\":\"%s\",\"id\":\"%s\"}".formatted(title, title);
    }

    /** A span that has begun and not ended, in the words of Langfuse. */
    static String begun(String traceId, String name) {
        return """
                {"batch":[{"id":"%s","type":"span-create","timestamp":"%s","body":{"id":"%s","traceId":"%s","name":"%s",
                 "startTime":"%s"}}]}""".formatted(
                        Spans.unique("event"),
                        Instant.now(),
                        Spans.hex(Spans.bytes(8)),
                        traceId,
                        name,
                        Instant.now().minusSeconds(1));
    }

    /** More than anything here costs. */
    static String budget(String name, String destination) {
        return """
                {"name":"%s","scope":{"feature":"%s"},"each":"customer","amount_usd":"1000000",
                 "policy":{"block_at":1},"destinations":["%s"]}""".formatted(name, name, destination);
    }

    /** Of an hour that is over. */
    static String repricing() {
        return "{\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(Instant.now().minusSeconds(7200), Instant.now().minusSeconds(3600));
    }

    /** An evaluation of a trace as a log record of OTLP, as JSON. */
    static String evaluation(String traceId) {
        return """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","eventName":"gen_ai.evaluation.result",
                 "traceId":"%s","attributes":[{"key":"gen_ai.evaluation.name","value":{"stringValue":"helpful"}},
                 {"key":"gen_ai.evaluation.score.value","value":{"doubleValue":0.5}}]}]}]}]}""".formatted(Spans.nanos(Instant.now()), traceId);
    }

    /** A point of a counter as OTLP in JSON. */
    static String metric(String word) {
        return """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"app.calls","sum":{"aggregationTemporality":1,
                 "isMonotonic":true,"dataPoints":[{"timeUnixNano":"%d","asInt":"1",
                 "attributes":[{"key":"pentameter.feature","value":{"stringValue":"%s"}}]}]}}]}]}]}""".formatted(Spans.nanos(Instant.now()), word);
    }

    /** A record of Bedrock's log, of a call in that trace. */
    static String bedrock(String traceId) {
        return """
                {"schemaType":"ModelInvocationLog","timestamp":"%s","requestId":"%s","operation":"Converse",
                 "modelId":"amazon.nova-micro-v1:0","requestMetadata":{"trace_id":"%s"},
                 "input":{"inputTokenCount":1},"output":{"outputTokenCount":1}}""".formatted(Instant.now(), java.util.UUID.randomUUID(), traceId);
    }

    /** OTLP as JSON. */
    static String span(String traceId) {
        long start = Spans.nanos(Instant.now().minusSeconds(2));
        return """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"chat","kind":3,
                 "startTimeUnixNano":"%d","endTimeUnixNano":"%d"}]}]}]}""".formatted(traceId, Spans.hex(Spans.bytes(8)), start, start + 1_000_000);
    }
}
