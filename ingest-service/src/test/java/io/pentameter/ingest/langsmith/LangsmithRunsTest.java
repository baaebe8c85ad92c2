package io.pentameter.ingest.langsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.assembly.Fragment;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.assembly.InMemoryAssembly;
import io.pentameter.ingest.assembly.Permutation;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.Mutations;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.Vendors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LangsmithRunsTest {

    @Test
    void aMultipartBodyBecomesATreeWithExactTokens() {
        InMemoryAssembly assembly = Permutation.atOnce(multipart("langsmith-multipart/02.bin"));

        SpanRecord root = assembly.named("chat-request");
        assertThat(assembly.spans()).hasSize(6);
        assertThat(root.getIsRequest()).isTrue();
        assertThat(root.getStartNs()).isEqualTo(1_795_180_024_776_001_000L);
        assertThat(root.getDurationNs()).isEqualTo(103_999_000);
        assertThat(root.getTagsList()).containsExactly("t1");
        assertThat(assembly.spans()).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(Ids.trace("01a1f911-53c8-7000-8000-008e2d85b281"));
            assertThat(span.getDimensions().getSession()).isEqualTo("sess-1");
            assertThat(span.getDimensions().getUser()).isEqualTo("user-1");
            assertThat(span.getDimensions().getService()).isEqualTo("my-project");
            assertThat(span.getDialect()).isEqualTo("langsmith");
        });
        assertThat(assembly.named("retrieve").getKind()).isEqualTo(SpanKind.SPAN_KIND_RETRIEVAL);
        assertThat(assembly.named("get_weather").getKind()).isEqualTo(SpanKind.SPAN_KIND_TOOL);
        assertThat(assembly.named("get_weather").getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(calls(assembly)).filteredOn(SpanRecord::hasUsage).hasSize(2).allSatisfy(call -> {
            assertThat(call.getUsage().getInUncached()).isEqualTo(56);
            assertThat(call.getUsage().getInCacheRead()).isEqualTo(64);
            assertThat(call.getUsage().getOutText()).isEqualTo(25);
            assertThat(call.getUsage().getOutReasoning()).isEqualTo(20);
            assertThat(call.getDimensions().getModel()).isEqualTo("gpt-4o-mini-2024-07-18");
            assertThat(call.getDimensions().getRequestedModel()).isEqualTo("gpt-4o-mini");
            assertThat(call.getDimensions().getProvider()).isEqualTo("openai");
            // 56 x 150 + 64 x 75 + 45 x 600 nano-dollars
            assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(40_200);
            assertThat(call.getPayload().getFinishReason()).isEqualTo("stop");
        });
        // streamed: the first of its new_token events came at .860
        assertThat(calls(assembly))
                .filteredOn(SpanRecord::hasTtftNs)
                .singleElement()
                .satisfies(
                        call -> assertThat(call.getTtftNs()).isEqualTo(1_795_180_024_860_000_000L - call.getStartNs()));
        assertThat(calls(assembly))
                .filteredOn(call -> call.getOutcome().getError())
                .singleElement()
                .satisfies(call -> assertThat(call.getOutcome().getFailure()).isEqualTo("rate_limit"));
    }

    @Test
    void theEnvironmentOfTheProcessIsNotKept() {
        assertThat(Permutation.atOnce(multipart("langsmith-multipart/02.bin"))
                        .spans()
                        .toString())
                .doesNotContain("LANGSMITH_TRACING")
                .doesNotContain("LANGCHAIN_CALLBACKS");
    }

    @Test
    void aBatchGivesTheSameSpansAsMultipart() {
        List<Fragment> fragments = LangsmithRuns.BATCH
                .read(Vendors.request(), Vendors.captured("langsmith-batch/02.json"))
                .fragments();

        InMemoryAssembly assembly = Permutation.atOnce(fragments);

        assertThat(assembly.spans()).hasSize(6);
        assertThat(calls(assembly))
                .filteredOn(SpanRecord::hasUsage)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(40_200));
    }

    @Test
    void aPatchThatComesBeforeItsPostGivesTheSameRun() {
        List<Fragment> first = multipart("langsmith-retry/02.bin");
        List<Fragment> second = multipart("langsmith-retry/03.bin");
        InMemoryAssembly inOrder = new InMemoryAssembly();
        inOrder.take(first, Vendors.ACME, Vendors.NOW);
        inOrder.take(second, Vendors.ACME, Vendors.NOW);
        // as it came to the receiver of the capture: the post was retried after the patch
        InMemoryAssembly asCaptured = new InMemoryAssembly();
        asCaptured.take(second, Vendors.ACME, Vendors.NOW);
        asCaptured.take(multipart("langsmith-retry/04.bin"), Vendors.ACME, Vendors.NOW.plusSeconds(4_000));
        asCaptured.take(multipart("langsmith-retry/05.bin"), Vendors.ACME, Vendors.NOW.plusSeconds(5_000));

        assertThat(asCaptured.spans()).isEqualTo(inOrder.spans()).hasSize(4);
        assertThat(inOrder.spans()).noneMatch(SpanRecord::getIsRunning);
    }

    @Test
    void whateverTheOrderTheEndIsTheSame() {
        List<Fragment> fragments = new ArrayList<>(multipart("langsmith-multipart/02.bin"));
        fragments.addAll(multipart("langsmith-retry/02.bin"));
        fragments.addAll(multipart("langsmith-retry/03.bin"));
        for (String patch : List.of(
                "{\"end_time\":1795180030000,\"outputs\":{\"a\":1},\"name\":\"one\"}",
                "{\"end_time\":1795180031000,\"outputs\":{\"a\":2},\"name\":\"two\"}",
                "{\"outputs\":{\"a\":3},\"error\":\"late\"}")) {
            String full = "{\"trace_id\":\"01a1f911-53c8-7000-8000-008e2d85b281\"," + patch.substring(1);
            fragments.addAll(LangsmithRuns.UPDATE
                    .read(
                            Vendors.request(Map.of("id", "01a1f911-53c8-7000-8000-008e2d85b281"), Map.of()),
                            Vendors.utf8(full))
                    .fragments());
        }
        List<SpanRecord> expected = Permutation.atOnce(fragments).spans();

        for (long seed = 0; seed < 200; seed++) {
            assertThat(Permutation.shuffled(fragments, seed).spans())
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aRunThatHasNotEndedIsRunning() {
        InMemoryAssembly assembly = Permutation.atOnce(multipart("langsmith-retry/02.bin"));

        assertThat(assembly.spans()).singleElement().satisfies(run -> {
            assertThat(run.getIsRunning()).isTrue();
            assertThat(run.getDurationNs()).isZero();
            assertThat(run.hasUsage() || run.hasCost()).isFalse();
            assertThat(run.getOutcome().getFailure()).isEmpty();
        });
    }

    @Test
    void oneRunIsCreatedAndThenChanged() {
        List<Fragment> fragments = new ArrayList<>(
                LangsmithRuns.CREATE.read(Vendors.request(), Vendors.utf8("""
                {"id":"5a9c0d7e-0000-4000-8000-000000000001","name":"x","run_type":"chain",
                 "start_time":"2026-11-20T13:00:00.5","inputs":{"a":1}}""")).fragments());
        fragments.addAll(LangsmithRuns.UPDATE
                .read(
                        Vendors.request(Map.of("id", "5a9c0d7e-0000-4000-8000-000000000001"), Map.of()),
                        Vendors.utf8("{\"end_time\":\"2026-11-20T13:00:01+00:00\",\"outputs\":{\"b\":2}}"))
                .fragments());

        assertThat(Permutation.atOnce(fragments).spans()).singleElement().satisfies(run -> {
            assertThat(run.getDurationNs()).isEqualTo(500_000_000);
            assertThat(run.getPayload().getInput()).isEqualTo("{\"a\":1}");
            assertThat(run.getPayload().getOutput()).isEqualTo("{\"b\":2}");
        });
    }

    @Test
    void aBadRunOfABatchIsNamedAndTheOthersAreTaken() {
        VendorInput input = LangsmithRuns.BATCH.read(Vendors.request(), Vendors.utf8("""
                {"post":[{"id":"a","start_time":"2026-11-20T13:00:00Z"},{"name":"no id"},
                 {"id":"b","start_time":"soon"},{"id":"c","parent_run_id":"p"}],"patch":[]}"""));

        assertThat(input.fragments()).hasSize(1);
        assertThat(Vendors.reply(input).status()).isEqualTo(202);
        assertThat(Vendors.reply(input).body())
                .contains("start_time must be a time in ISO 8601 or milliseconds: \\\"soon\\\"")
                .contains("trace_id or dotted_order must be given");
        assertThat(input.refusals().total()).isEqualTo(3);
    }

    @Test
    void aRequestWithNothingGoodInItIsRefusedInLangsmithsWords() {
        VendorInput input = LangsmithRuns.CREATE.read(Vendors.request(), Vendors.utf8("{\"name\":\"no id\"}"));

        assertThat(Vendors.reply(input).status()).isEqualTo(422);
        assertThat(Vendors.reply(input).body()).startsWith("{\"detail\":");
    }

    @Test
    void aMultipartBodyThatIsCutOffIsUndecodable() {
        byte[] body = Vendors.captured("langsmith-multipart/02.bin");

        assertThatThrownBy(() -> read(LangsmithRuns.MULTIPART, Arrays.copyOf(body, body.length / 2), boundary(body)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> read(LangsmithRuns.MULTIPART, body, "application/json"))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("multipart/form-data");
    }

    @Test
    void feedbackIsAScoreOfItsRun() {
        LangsmithFeedback feedback = new LangsmithFeedback((_, _) -> Optional.empty(), new InMemoryFeedbackStore());
        List<ScoreRecord> scores = feedback.read(Vendors.request(), Vendors.captured("langsmith-multipart/03.json"))
                .scores();

        assertThat(scores).singleElement().satisfies(score -> {
            assertThat(score.getName()).isEqualTo("helpfulness");
            assertThat(score.getValue()).isEqualTo(0.8);
            assertThat(score.getLabel()).isEqualTo("good");
            assertThat(score.getComment()).isEqualTo("ok");
            assertThat(score.getTraceId()).isEqualTo(Ids.trace("01a1f911-53c8-7000-8000-008e2d85b281"));
            assertThat(score.getSpanId()).isEqualTo(Ids.span("01a1f911-53c8-7000-8000-008e2d85b281"));
        });
    }

    @Test
    void feedbackOnARunBelowJoinsTheTraceThatTheStoreKnows() {
        InMemoryAssembly assembly = Permutation.atOnce(multipart("langsmith-multipart/02.bin"));
        LangsmithFeedback feedback = new LangsmithFeedback(assembly::traceOf, new InMemoryFeedbackStore());

        List<ScoreRecord> scores = feedback.read(
                        Vendors.request(),
                        Vendors.utf8(
                                "{\"run_id\":\"01a1f911-53eb-7000-8000-024f8bad1901\",\"key\":\"ok\",\"score\":true}"))
                .scores();

        assertThat(scores).singleElement().satisfies(score -> {
            assertThat(score.getTraceId()).isEqualTo(Ids.trace("01a1f911-53c8-7000-8000-008e2d85b281"));
            assertThat(score.getPassed()).isTrue();
        });
    }

    private static List<SpanRecord> calls(InMemoryAssembly assembly) {
        return assembly.spans().stream()
                .filter(span -> span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL)
                .toList();
    }

    private static List<Fragment> multipart(String capture) {
        byte[] body = Vendors.captured(capture);
        VendorInput input = read(LangsmithRuns.MULTIPART, body, boundary(body));
        assertThat(input.refusals().total()).as(input.refusals().message()).isZero();
        return input.fragments();
    }

    /** The first line of the body is two dashes and the boundary. */
    private static String boundary(byte[] body) {
        String head = new String(body, 0, 100, StandardCharsets.ISO_8859_1);
        return "multipart/form-data; boundary=" + head.substring(2, head.indexOf('\r'));
    }

    private static VendorInput read(VendorProtocol protocol, byte[] body, String contentType) {
        return protocol.read(Vendors.request(Map.of(), Map.of("content-type", contentType)), body);
    }

    @Test
    void brokenBodiesAreRefusedInWords() {
        byte[] body = Vendors.captured("langsmith-multipart/02.bin");

        assertThat(Mutations.run(LangsmithRuns.MULTIPART, body, Map.of("content-type", boundary(body)), 1_500))
                .isBetween(300, 1_499);
        assertThat(Mutations.run(LangsmithRuns.BATCH, Vendors.captured("langsmith-batch/02.json"), Map.of(), 1_500))
                .isBetween(300, 1_499);
        assertThat(Mutations.run(
                        new LangsmithFeedback((_, _) -> Optional.empty(), new InMemoryFeedbackStore()),
                        Vendors.captured("langsmith-multipart/03.json"),
                        Map.of(),
                        500))
                .isBetween(100, 499);
    }
}
