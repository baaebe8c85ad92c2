package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.MappingRules;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dimension.MappingRuleSet;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FamilyTest {

    private static final String ROOT = "0000000000000001";
    private static final String MIDDLE = "0000000000000002";
    private static final String LEAF = "0000000000000003";

    @Test
    void whatBelongsToTheRequestGoesDownToItsStepsInWhateverOrderTheyCome() {
        List<SpanRecord> spans = records(
                Otlp.call(LEAF).setParentSpanId(Otlp.hex(MIDDLE)),
                Otlp.child(MIDDLE, ROOT).addAttributes(Otlp.text("pentameter.prompt.name", "answer")),
                Otlp.span(ROOT)
                        .addAttributes(Otlp.text("pentameter.feature", "search"))
                        .addAttributes(Otlp.text("pentameter.customer", "globex"))
                        .addAttributes(Otlp.text("pentameter.environment", "prod"))
                        .addAttributes(Otlp.text("pentameter.prompt.name", "outer")));

        SpanRecord leaf = byId(spans, LEAF);
        assertThat(leaf.getDimensions().getFeature()).isEqualTo("search");
        assertThat(leaf.getDimensions().getCustomer()).isEqualTo("globex");
        assertThat(leaf.getDimensions().getEnvironment()).isEqualTo("prod");
        assertThat(leaf.getDimensions().getPromptName())
                .as("the nearest ancestor counts")
                .isEqualTo("answer");
        assertThat(byId(spans, ROOT).getDimensions().getPromptName()).isEqualTo("outer");
    }

    @Test
    void whatAStepSaysItselfIsKept() {
        List<SpanRecord> spans = records(
                Otlp.span(ROOT).addAttributes(Otlp.text("pentameter.feature", "search")),
                Otlp.child(LEAF, ROOT).addAttributes(Otlp.text("pentameter.feature", "rerank")));

        assertThat(byId(spans, LEAF).getDimensions().getFeature()).isEqualTo("rerank");
    }

    @Test
    void anEntryTakesTheModelOfTheCallThatEndedLast() {
        Span.Builder first = Otlp.call(MIDDLE).setParentSpanId(Otlp.hex(ROOT));
        Span.Builder last = Otlp.child(LEAF, ROOT)
                .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                .addAttributes(Otlp.text("gen_ai.provider.name", "anthropic"))
                .addAttributes(Otlp.text("gen_ai.request.model", "claude-haiku-4-5"))
                .addAttributes(Otlp.text("pentameter.prompt.version", "7"));
        last.setEndTimeUnixNano(last.getEndTimeUnixNano() + 1);

        SpanRecord root = byId(records(last, first, Otlp.span(ROOT)), ROOT);

        assertThat(root.getDimensions().getModel()).isEqualTo("claude-haiku-4-5");
        assertThat(root.getDimensions().getProvider()).isEqualTo("anthropic");
        assertThat(root.getDimensions().getPromptVersion()).isEqualTo("7");
        assertThat(root.hasUsage()).isFalse();
        assertThat(root.hasCost()).isFalse();
    }

    @Test
    void aCallAboveACallThatCountsTheSameTokensCarriesNone() {
        List<SpanRecord> spans = records(
                Otlp.call(ROOT), Otlp.child(MIDDLE, ROOT), Otlp.call(LEAF).setParentSpanId(Otlp.hex(MIDDLE)));

        assertThat(byId(spans, ROOT).hasUsage()).isFalse();
        assertThat(byId(spans, ROOT).hasCost()).isFalse();
        assertThat(byId(spans, ROOT).getWarningsList()).contains("usage_not_counted");
        assertThat(byId(spans, LEAF).getUsage().getInUncached()).isEqualTo(120);
    }

    @Test
    void theSameAnswersIdShowsARepetitionAndAnotherIdAnotherCall() {
        List<SpanRecord> same =
                records(answered(ROOT, "r1"), answered(LEAF, "r1").setParentSpanId(Otlp.hex(ROOT)));
        List<SpanRecord> other =
                records(answered(ROOT, "r1"), answered(LEAF, "r2").setParentSpanId(Otlp.hex(ROOT)));

        assertThat(byId(same, ROOT).hasUsage()).isFalse();
        assertThat(byId(same, ROOT).getResponseId()).isEqualTo("r1");
        assertThat(byId(other, ROOT).hasUsage()).isTrue();
        assertThat(byId(other, LEAF).hasUsage()).isTrue();
    }

    @Test
    void aCallThatAToolMadeIsNotItsCallersOwn() {
        List<SpanRecord> spans = records(
                Otlp.call(ROOT),
                Otlp.child(MIDDLE, ROOT).addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool")),
                Otlp.call(LEAF).setParentSpanId(Otlp.hex(MIDDLE)));

        assertThat(byId(spans, ROOT).hasUsage()).isTrue();
        assertThat(byId(spans, LEAF).hasUsage()).isTrue();
    }

    @Test
    void anEmbeddingBelowACallIsNotTheCall() {
        List<SpanRecord> spans = records(
                Otlp.call(ROOT),
                Otlp.child(LEAF, ROOT)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "embeddings"))
                        .addAttributes(Otlp.text("gen_ai.request.model", "text-embedding-3-small"))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 7)));

        assertThat(byId(spans, ROOT).getUsage().getInUncached()).isEqualTo(120);
        assertThat(byId(spans, LEAF).getUsage().getInUncached()).isEqualTo(7);
    }

    @Test
    void ofThreeCallsThatWrapEachOtherOnlyTheInnermostCounts() {
        List<SpanRecord> spans = records(
                Otlp.call(ROOT),
                Otlp.call(MIDDLE).setParentSpanId(Otlp.hex(ROOT)),
                Otlp.call(LEAF).setParentSpanId(Otlp.hex(MIDDLE)));

        assertThat(spans).filteredOn(SpanRecord::hasUsage).containsExactly(byId(spans, LEAF));
    }

    private static Span.Builder answered(String id, String response) {
        return Otlp.call(id).addAttributes(Otlp.text("gen_ai.response.id", response));
    }

    @Test
    void anAgentCarriesNoUsageEvenWithoutChildren() {
        SpanRecord agent = byId(
                records(Otlp.span(ROOT)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 500))),
                ROOT);

        assertThat(agent.hasUsage()).isFalse();
    }

    @Test
    void aMarkMakesAStepARequestAndAnotherMakesARootNone() {
        List<SpanRecord> spans = records(
                Otlp.span(ROOT).addAttributes(Otlp.flag("pentameter.request", false)),
                Otlp.child(MIDDLE, ROOT).addAttributes(Otlp.flag("pentameter.request", true)),
                Otlp.child(LEAF, MIDDLE));

        assertThat(byId(spans, ROOT).getIsRequest()).isFalse();
        assertThat(byId(spans, MIDDLE).getIsRequest()).isTrue();
        assertThat(byId(spans, LEAF).getIsRequest()).isFalse();
    }

    @Test
    void parentsInACircleAndASpanThatIsItsOwnParentHurtNobody() {
        List<SpanRecord> spans = records(
                Otlp.child(ROOT, MIDDLE),
                Otlp.child(MIDDLE, ROOT).addAttributes(Otlp.text("pentameter.feature", "f")),
                Otlp.call(LEAF).setParentSpanId(Otlp.hex(LEAF)));

        assertThat(spans).hasSize(3);
        assertThat(byId(spans, ROOT).getDimensions().getFeature()).isEqualTo("f");
        assertThat(byId(spans, LEAF).getParentSpanId().isEmpty()).isTrue();
        assertThat(byId(spans, LEAF).getIsRequest()).isTrue();
    }

    @Test
    void aDeliveryOfManySpansWithAnyParentsIsSettled() {
        SplittableRandom random = new SplittableRandom(5);
        Span.Builder[] spans = new Span.Builder[20_000];
        for (int i = 0; i < spans.length; i++) {
            int parent = i < 10_000 ? i : random.nextInt(spans.length) + 1;
            spans[i] = Otlp.call("%016x".formatted(i + 1)).setParentSpanId(Otlp.hex("%016x".formatted(parent)));
        }

        assertThat(records(spans)).hasSize(spans.length);
    }

    @Test
    void theTenantsRulesGoBeforeEverythingElse() {
        MappingRules rules = MappingRules.newBuilder()
                .addRules(MappingRule.newBuilder()
                        .setDimension("feature")
                        .addAttributes("acme.team")
                        .addAttributes("acme.app"))
                .addRules(MappingRule.newBuilder().setDimension("customer").addAttributes("acme.org"))
                .addRules(MappingRule.newBuilder()
                        .setDimension("no_such_dimension")
                        .addAttributes("x"))
                .build();
        Sender sender = new Sender("acme", "key_1", TenantSettings.STANDARD.withMapping(MappingRuleSet.of(rules)));
        byte[] body = Otlp.request(
                        List.of(Otlp.text("acme.org", "globex")),
                        Otlp.span(ROOT)
                                .addAttributes(Otlp.text("pentameter.feature", "search"))
                                .addAttributes(Otlp.text("acme.app", "checkout")))
                .toByteArray();

        SpanRecord root = Captures.parsed(
                        Captures.pipeline().process(body, OtlpEncoding.PROTOBUF, sender, Captures.NOW))
                .getFirst();

        assertThat(root.getDimensions().getFeature()).isEqualTo("checkout");
        assertThat(root.getDimensions().getCustomer()).isEqualTo("globex");
    }

    private static List<SpanRecord> records(Span.Builder... spans) {
        return new ArrayList<>(Captures.parsed(Captures.pipeline()
                .process(Otlp.request(spans).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW)));
    }

    private static SpanRecord byId(List<SpanRecord> spans, String id) {
        return spans.stream()
                .filter(span ->
                        HexFormat.of().formatHex(span.getSpanId().toByteArray()).equals(id))
                .findFirst()
                .orElseThrow();
    }
}
