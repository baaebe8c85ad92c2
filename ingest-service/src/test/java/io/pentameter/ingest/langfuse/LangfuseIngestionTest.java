package io.pentameter.ingest.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.assembly.Fragment;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.assembly.InMemoryAssembly;
import io.pentameter.ingest.assembly.Permutation;
import io.pentameter.ingest.vendor.Mutations;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.Vendors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LangfuseIngestionTest {

    private static final String TRACE = "49affd7d-5142-421f-a4cc-be1ffde17696";

    private final LangfuseIngestion ingestion = new LangfuseIngestion();

    @Test
    void aCapturedBatchOfSdk3BecomesATraceBelowOneRequest() {
        InMemoryAssembly assembly = Permutation.atOnce(fragments("langfuse-v3/02.json"));

        assertThat(assembly.spans()).hasSize(5);
        SpanRecord root = assembly.named("chat-request");
        assertThat(root.getIsRequest()).isTrue();
        assertThat(root.getTraceId()).isEqualTo(Ids.trace(TRACE));
        assertThat(root.getKind()).isEqualTo(SpanKind.SPAN_KIND_WORKFLOW);
        assertThat(root.getStartNs()).isEqualTo(1_795_179_877_531_000_000L);
        assertThat(root.getDurationNs()).isEqualTo(43_000_000);
        assertThat(root.getTagsList()).containsExactly("t1", "t2");
        assertThat(root.getPayload().getInput()).isEqualTo("{\"q\":\"hi\"}");
        assertThat(root.getPayload().getOutput()).isEqualTo("{\"a\":\"done\"}");
        assertThat(assembly.spans()).filteredOn(span -> !span.equals(root)).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId());
            assertThat(span.getIsRequest()).isFalse();
        });
        assertThat(assembly.spans()).allSatisfy(span -> {
            assertThat(span.getDimensions().getUser()).isEqualTo("user-1");
            assertThat(span.getDimensions().getSession()).isEqualTo("sess-1");
            assertThat(span.getDimensions().getEnvironment()).isEqualTo("prod-eu");
            assertThat(span.getDialect()).isEqualTo("langfuse");
        });
    }

    @Test
    void aGenerationHasItsTokensModelPromptAndTimeToTheFirstToken() {
        SpanRecord call = Permutation.atOnce(fragments("langfuse-v3/02.json")).named("llm");

        assertThat(call.getKind()).isEqualTo(SpanKind.SPAN_KIND_MODEL_CALL);
        assertThat(call.getDimensions().getModel()).isEqualTo("gpt-4o-mini");
        assertThat(call.getDimensions().getPromptName()).isEqualTo("greet");
        assertThat(call.getDimensions().getPromptVersion()).isEqualTo("3");
        // 10 in, of which 4 cached, and 5 out: the total of 15 says that the cached ones are within
        assertThat(call.getUsage().getInUncached()).isEqualTo(6);
        assertThat(call.getUsage().getInCacheRead()).isEqualTo(4);
        assertThat(call.getUsage().getOutText()).isEqualTo(5);
        // 6 x 150 + 4 x 75 + 5 x 600 nano-dollars
        assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(4_200);
        assertThat(call.getCost().getClientNanoUsd()).isEqualTo(3_000_000);
        assertThat(call.getTtftNs()).isEqualTo(120_000_000);
        assertThat(call.getPayload().getOutput()).contains("Hello Bob");
    }

    @Test
    void theWrapperOfOpenAiReportsCachedAndReasoningTokensAndErrors() {
        InMemoryAssembly assembly = Permutation.atOnce(fragments("langfuse-v3/03.json"));

        List<SpanRecord> calls = assembly.spans().stream()
                .filter(span -> span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL)
                .toList();
        assertThat(calls).hasSize(3);
        assertThat(calls).filteredOn(SpanRecord::hasUsage).hasSize(2).allSatisfy(call -> {
            assertThat(call.getUsage().getInUncached()).isEqualTo(56);
            assertThat(call.getUsage().getInCacheRead()).isEqualTo(64);
            assertThat(call.getUsage().getOutText()).isEqualTo(25);
            assertThat(call.getUsage().getOutReasoning()).isEqualTo(20);
        });
        assertThat(calls)
                .filteredOn(call -> call.getOutcome().getError())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.getOutcome().getFailure()).isEqualTo("rate_limit");
                    assertThat(call.hasUsage()).isFalse();
                    assertThat(call.getCost().hasClientNanoUsd()).isFalse();
                });
        assertThat(assembly.spans())
                .filteredOn(span -> span.getIsRequest() && span.getOutcome().getError())
                .hasSize(1);
    }

    @Test
    void theKeysThatSdk3SendsAreNeverStored() {
        assertThat(fragments("langfuse-v3/03.json").toString()).doesNotContain("sk-lf-test");
        assertThat(Permutation.atOnce(fragments("langfuse-v3/03.json")).spans().toString())
                .doesNotContain("sk-lf-test");
    }

    @Test
    void whateverTheOrderTheEndIsTheSame() {
        List<Fragment> fragments = new ArrayList<>(fragments("langfuse-v3/02.json"));
        fragments.addAll(fragments("langfuse-v3/03.json"));
        fragments.addAll(read(contradictions()).fragments());
        List<SpanRecord> expected = Permutation.atOnce(fragments).spans();

        for (long seed = 0; seed < 300; seed++) {
            assertThat(Permutation.shuffled(fragments, seed).spans())
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    /** Updates of the captured trace that say different things, two of them in the same millisecond. */
    private static String contradictions() {
        String call = "{\"id\":\"c0ff16e4-9216-456f-bc4a-1f04ed40503f\",\"traceId\":\"%s\",%s}";
        String trace = "{\"id\":\"%s\",\"name\":\"%s\",\"userId\":\"%s\"}";
        return batch(
                event("x1", "generation-update", "2026-11-20T13:05:00Z", call.formatted(TRACE, "\"output\":\"first\"")),
                event(
                        "x2",
                        "generation-update",
                        "2026-11-20T13:06:00Z",
                        call.formatted(TRACE, "\"output\":\"second\"")),
                event("x3", "generation-update", "2026-11-20T13:06:00Z", call.formatted(TRACE, "\"output\":\"third\"")),
                event(
                        "x4",
                        "generation-update",
                        "2026-11-20T13:01:00Z",
                        call.formatted(TRACE, "\"usage\":{\"input\":1,\"output\":1},\"level\":\"ERROR\"")),
                event("x5", "generation-create", "2026-11-20T13:09:00Z", call.formatted(TRACE, "\"model\":\"other\"")),
                event("x6", "trace-create", "2026-11-20T13:10:00Z", trace.formatted(TRACE, "renamed", "user-2")),
                event("x7", "trace-create", "2026-11-20T13:00:00Z", trace.formatted(TRACE, "never", "user-3")),
                event(
                        "x8",
                        "span-create",
                        "2026-11-20T13:20:00Z",
                        "{\"id\":\"3c0a808b-93ac-46f6-b2d7-b4dc91e3984e\",\"traceId\":\"%s\",".formatted(TRACE)
                                + "\"startTime\":\"2026-11-20T12:00:00Z\"}"));
    }

    @Test
    void theLaterOfTwoThatContradictEachOtherCounts() {
        List<Fragment> fragments = new ArrayList<>(read(contradictions()).fragments());
        fragments.addAll(fragments("langfuse-v3/02.json"));

        InMemoryAssembly assembly = Permutation.atOnce(fragments);

        assertThat(assembly.named("renamed").getDimensions().getUser()).isEqualTo("user-2");
        assertThat(assembly.named("llm").getPayload().getOutput()).isIn("second", "third");
        assertThat(assembly.named("llm").getUsage().getInUncached()).isEqualTo(6);
        assertThat(assembly.named("retrieve").getStartNs()).isEqualTo(1_795_176_000_000_000_000L);
    }

    @Test
    void anUpdateHoursBeforeItsCreationLeavesNothingBehindAtTheWrongTime() {
        List<Fragment> update = read(batch(event("u", "generation-update", "2026-11-20T15:30:00Z", """
                {"id":"g","traceId":"t","output":"done","endTime":"2026-11-20T15:30:00Z","usage":{"input":3,"output":4}}""")))
                .fragments();
        List<Fragment> create = read(batch(event("c", "generation-create", "2026-11-20T13:00:00Z", """
                {"id":"g","traceId":"t","name":"answer","model":"gpt-4o-mini","startTime":"2026-11-20T13:00:00Z"}""")))
                .fragments();
        InMemoryAssembly late = new InMemoryAssembly();
        late.take(update, Vendors.ACME, Vendors.NOW);
        assertThat(late.spans()).hasSize(2);
        late.take(create, Vendors.ACME, Vendors.NOW.plusSeconds(7_200));
        InMemoryAssembly ordered = new InMemoryAssembly();
        ordered.take(create, Vendors.ACME, Vendors.NOW);
        ordered.take(update, Vendors.ACME, Vendors.NOW);

        assertThat(late.spans()).isEqualTo(ordered.spans());
        assertThat(late.spans()).hasSize(2);
        assertThat(late.spans())
                .filteredOn(SpanRecord::hasUsage)
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.getDurationNs()).isEqualTo(9_000_000_000_000L);
                    assertThat(call.getUsage().getInUncached()).isEqualTo(3);
                });
    }

    @Test
    void aBatchThatIsSentAgainTellsTheLogNothing() {
        List<Fragment> fragments = fragments("langfuse-v3/02.json");
        InMemoryAssembly assembly = Permutation.atOnce(fragments);
        long told = assembly.told();

        assembly.take(fragments, Vendors.ACME, Vendors.NOW.plusSeconds(60));

        assertThat(assembly.told()).isEqualTo(told);
    }

    @Test
    void scoresAreJudgementsOfTheTraceOrTheObservation() {
        List<ScoreRecord> scores = ingestion
                .read(Vendors.request(), Vendors.captured("langfuse-v3/02.json"))
                .scores();

        assertThat(scores)
                .hasSize(3)
                .allSatisfy(score -> assertThat(score.getTraceId()).isEqualTo(Ids.trace(TRACE)));
        assertThat(scores.get(0).getValue()).isEqualTo(0.8);
        assertThat(scores.get(0).getComment()).isEqualTo("ok");
        assertThat(scores.get(1).getLabel()).isEqualTo("good");
        assertThat(scores.get(1).getSpanId()).isEqualTo(Ids.span("c0ff16e4-9216-456f-bc4a-1f04ed40503f"));
        assertThat(scores.get(2).getPassed()).isTrue();
    }

    @Test
    void theScoresOfSdk5JoinTheTracesThatItSendsByOpenTelemetry() {
        List<ScoreRecord> scores = ingestion
                .read(Vendors.request(), Vendors.captured("langfuse-v5/02.json"))
                .scores();

        assertThat(scores)
                .hasSize(2)
                .allSatisfy(score -> assertThat(java.util.HexFormat.of()
                                .formatHex(score.getTraceId().toByteArray()))
                        .isEqualTo("fe7aa5af104ee69ec750ea523d1181d4"));
    }

    @Test
    void everyEventIsAnsweredByItselfAndABadOneHurtsNoOther() {
        VendorInput input = read(batch(
                event("ok", "span-create", "2026-11-20T13:00:00Z", "{\"id\":\"s\",\"traceId\":\"t\"}"),
                event("log", "sdk-log", "2026-11-20T13:00:00Z", "{\"log\":\"x\"}"),
                event("odd", "dataset-create", "2026-11-20T13:00:00Z", "{}"),
                event("time", "span-create", "2026-11-20T13:00:00Z", "{\"startTime\":\"yesterday\"}"),
                event("old", "span-create", "2020-01-01T00:00:00Z", "{}"),
                event("agent", "agent-create", "2026-11-20T13:00:00Z", "{\"id\":\"a\",\"traceId\":\"t\"}"),
                event(
                        "legacy",
                        "observation-create",
                        "2026-11-20T13:00:00Z",
                        "{\"type\":\"GENERATION\",\"traceId\":\"t\",\"futureField\":{\"x\":1}}"),
                event("score", "score-create", "2026-11-20T13:00:00Z", "{\"name\":\"n\",\"value\":1}"),
                "7"));

        assertThat(Vendors.reply(input).status()).isEqualTo(207);
        assertThat(Vendors.reply(input).body())
                .startsWith("{\"successes\":[{\"id\":\"ok\",\"status\":201},{\"id\":\"log\",\"status\":201},"
                        + "{\"id\":\"agent\",\"status\":201},{\"id\":\"legacy\",\"status\":201}],\"errors\":[")
                .contains("{\"id\":\"odd\",\"status\":400,\"message\":\"Invalid request data\"")
                .contains("startTime must be a time in ISO 8601: \\\"yesterday\\\"")
                .contains("timestamp must be between 2026-10-21T16:00:00Z")
                .contains("body.traceId or body.sessionId must be given");
        assertThat(input.fragments()).hasSize(3);
        assertThat(input.refusals().counts())
                .containsEntry(RefusalReason.UNDECODABLE_SPAN, 4L)
                .containsEntry(RefusalReason.TIME_OUT_OF_RANGE, 1L);
    }

    @Test
    void aFreeMapOfUsageWithoutATotalCountsEachTokenOnce() {
        InMemoryAssembly assembly =
                Permutation.atOnce(read(batch(event("c", "generation-create", "2026-11-20T13:00:00Z", """
                {"id":"g","traceId":"t","name":"answer","model":"claude-3-5-sonnet-20241022","startTime":"2026-11-20T13:00:00Z",
                 "usageDetails":{"input":10,"output":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}}""")))
                        .fragments());

        SpanRecord call = assembly.spans().stream()
                .filter(SpanRecord::hasUsage)
                .findFirst()
                .orElseThrow();
        assertThat(call.getUsage().getInUncached()).isEqualTo(10);
        assertThat(call.getUsage().getInCacheRead()).isEqualTo(100);
        assertThat(call.getUsage().getInCacheWrite5M()).isEqualTo(20);
    }

    /** Each key is a price of its own in Langfuse: what we have no name for is none of the others' tokens. */
    @Test
    void aFreeMapWithKeysOfItsOwnAndTwoLifetimesOfCacheCountsEachTokenOnce() {
        InMemoryAssembly assembly =
                Permutation.atOnce(read(batch(event("c", "generation-create", "2026-11-20T13:00:00Z", """
                {"id":"g","traceId":"t","name":"answer","model":"claude-3-5-sonnet-20241022","startTime":"2026-11-20T13:00:00Z",
                 "usageDetails":{"input_tokens":10,"output_tokens":5,"input_cached_tokens":100,"input_cache_creation_5m":20,
                 "input_cache_creation_1h":7,"my_own_units":9}}""")))
                        .fragments());

        SpanRecord call = assembly.spans().stream()
                .filter(SpanRecord::hasUsage)
                .findFirst()
                .orElseThrow();
        assertThat(call.getUsage().getInUncached()).isEqualTo(10);
        assertThat(call.getUsage().getInCacheRead()).isEqualTo(100);
        assertThat(call.getUsage().getInCacheWrite5M()).isEqualTo(20);
        assertThat(call.getUsage().getInCacheWrite1H()).isEqualTo(7);
        assertThat(call.getUsage().getOutText()).isEqualTo(5);
        assertThat(call.getWarningsList()).isEmpty();
    }

    /** SDK 3 sends OpenAI's own report through: cached tokens are inside of the prompt there. */
    @Test
    void aReportOfOpenAiIsInclusiveInTheSamePlace() {
        InMemoryAssembly assembly =
                Permutation.atOnce(read(batch(event("c", "generation-create", "2026-11-20T13:00:00Z", """
                {"id":"g","traceId":"t","name":"answer","model":"gpt-4o-mini","startTime":"2026-11-20T13:00:00Z",
                 "usageDetails":{"prompt_tokens":120,"completion_tokens":45,"prompt_tokens_details":{"cached_tokens":64}}}""")))
                        .fragments());

        SpanRecord call = assembly.spans().stream()
                .filter(SpanRecord::hasUsage)
                .findFirst()
                .orElseThrow();
        assertThat(call.getUsage().getInUncached()).isEqualTo(56);
        assertThat(call.getUsage().getInCacheRead()).isEqualTo(64);
    }

    @Test
    void whatHasBegunAndNotEndedIsRunningAndCountsNothing() {
        InMemoryAssembly assembly = new InMemoryAssembly();
        String created = event("c", "generation-create", "2026-11-20T13:00:00Z", """
                {"id":"g","traceId":"t","name":"answer","model":"gpt-4o-mini","startTime":"2026-11-20T13:00:00Z"}""");
        String ended = event("u", "generation-update", "2026-11-20T13:00:02Z", """
                {"id":"g","traceId":"t","endTime":"2026-11-20T13:00:02Z","usageDetails":{"input":10,"output":5}}""");

        assembly.take(read(batch(created)).fragments(), Vendors.ACME, Vendors.NOW);
        SpanRecord running = named(assembly, "answer");
        assembly.take(read(batch(ended)).fragments(), Vendors.ACME, Vendors.NOW.plusSeconds(5));
        SpanRecord over = named(assembly, "answer");

        assertThat(running.getIsRunning()).isTrue();
        assertThat(running.hasUsage() || running.hasCost()).isFalse();
        assertThat(running.getDurationNs()).isZero();
        assertThat(over.getIsRunning()).isFalse();
        assertThat(over.getUsage().getInUncached()).isEqualTo(10);
        assertThat(over.getDurationNs()).isEqualTo(2_000_000_000L);
        assertThat(over.getStartNs()).isEqualTo(running.getStartNs());
        assertThat(over.getDialect()).isEqualTo("langfuse");
    }

    private static SpanRecord named(InMemoryAssembly assembly, String name) {
        return assembly.spans().stream()
                .filter(span -> span.getName().equals(name)
                        && span.getKind() == io.pentameter.contracts.v1.SpanKind.SPAN_KIND_MODEL_CALL)
                .findFirst()
                .orElseThrow();
    }

    private List<Fragment> fragments(String capture) {
        VendorInput input = ingestion.read(Vendors.request(), Vendors.captured(capture));
        assertThat(input.refusals().total()).isZero();
        return input.fragments();
    }

    private VendorInput read(String batch) {
        return ingestion.read(Vendors.request(), Vendors.utf8(batch));
    }

    private static String batch(String... events) {
        return "{\"batch\":[" + String.join(",", events) + "],\"metadata\":{}}";
    }

    private static String event(String id, String type, String timestamp, String body) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"timestamp\":\"%s\",\"body\":%s}".formatted(id, type, timestamp, body);
    }

    @Test
    void brokenBodiesAreRefusedInWords() {
        assertThat(Mutations.run(ingestion, Vendors.captured("langfuse-v3/02.json"), Map.of(), 1_500))
                .isBetween(300, 1_499);
        assertThat(Mutations.run(ingestion, Vendors.captured("langfuse-v3/03.json"), Map.of(), 1_500))
                .isBetween(300, 1_499);
    }
}
