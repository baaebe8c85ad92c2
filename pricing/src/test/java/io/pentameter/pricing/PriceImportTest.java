package io.pentameter.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Usage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Newer price files: what changes, what is held back, what is refused. */
class PriceImportTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-10");

    private static final String LITELLM = """
            {"sample_spec": {"input_cost_per_token": 0},
             "acme/small": {"litellm_provider": "acme", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6},
             "acme/large": {"litellm_provider": "acme", "input_cost_per_token": 1e-5, "output_cost_per_token": 3e-5},
             "acme/a": {"litellm_provider": "acme", "input_cost_per_token": 1e-6},
             "acme/b": {"litellm_provider": "acme", "input_cost_per_token": 1e-6},
             "acme/c": {"litellm_provider": "acme", "input_cost_per_token": 1e-6}}""";

    private static final String GENAI = """
            [{"id": "umbrella", "models": [
              {"id": "m1", "match": {"equals": "m1"}, "prices": {"input_mtok": 1, "output_mtok": 2}},
              {"id": "m2", "match": {"equals": "m2"}, "prices": [
                {"prices": {"input_mtok": 4}}, {"constraint": {"start_date": "2026-11-01"}, "prices": {"input_mtok": 5}}]},
              {"id": "m3", "match": {"equals": "m3"}, "prices": {"input_mtok": 1}},
              {"id": "m4", "match": {"equals": "m4"}, "prices": {"input_mtok": 1}},
              {"id": "m5", "match": {"equals": "m5"}, "prices": {"input_mtok": 1}}]}]""";

    private final BookDocument book = imported(imported(BookDocument.EMPTY, LITELLM), GENAI);

    @Test
    void anUndatedChangeHoldsFromTheDayOfTheFileAndTheOldPriceBeforeIt() {
        String newer =
                LITELLM.replace("1e-6, \"output_cost_per_token\": 2e-6", "2e-6, \"output_cost_per_token\": 2e-6");

        PriceImport.Result.Imported imported = result(book, newer, options(false));

        assertThat(imported.report().changed())
                .containsExactly(new ImportReport.Change(
                        "acme/small",
                        "input_cost_per_token",
                        new BigDecimal("0.000001"),
                        new BigDecimal("0.000002"),
                        new BigDecimal("100.00")));
        assertThat(dollars(imported.document(), "acme", "small", "2026-11-09")).isEqualByComparingTo("0.001");
        assertThat(dollars(imported.document(), "acme", "small", "2026-11-10")).isEqualByComparingTo("0.002");
        assertThat(imported.report().before()).isEqualTo(book.version());
        assertThat(imported.document().version())
                .matches("2026-11-10\\.[0-9a-f]{8}")
                .isNotEqualTo(book.version());
    }

    @Test
    void aCorrectionHoldsForEver() {
        String newer =
                LITELLM.replace("1e-6, \"output_cost_per_token\": 2e-6", "2e-6, \"output_cost_per_token\": 2e-6");

        PriceImport.Result.Imported imported = result(book, newer, options(true));

        assertThat(dollars(imported.document(), "acme", "small", "2026-11-09")).isEqualByComparingTo("0.002");
    }

    @Test
    void whatTheSourceDatesItselfHoldsFromThen() {
        assertThat(dollars(book, "umbrella", "m2", "2026-10-31")).isEqualByComparingTo("0.004");
        assertThat(dollars(book, "umbrella", "m2", "2026-11-01")).isEqualByComparingTo("0.005");
    }

    @Test
    void aSuspiciousChangeIsHeldBackUntilItIsAccepted() {
        String newer = LITELLM.replace("1e-5, \"output", "1e-4, \"output");

        PriceImport.Result.Imported held = result(book, newer, options(false));
        PriceImport.Result.Imported accepted =
                result(held.document(), newer, new PriceImport.Options(DAY, false, Set.of("acme/large")));

        assertThat(held.report().heldBack()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("acme/large");
            assertThat(one.reason()).contains("factor of 3").contains("0.00001 to 0.0001");
        });
        assertThat(dollars(held.document(), "acme", "large", "2026-11-20")).isEqualByComparingTo("0.01");
        assertThat(dollars(accepted.document(), "acme", "large", "2026-11-20")).isEqualByComparingTo("0.1");
    }

    @Test
    void addedAndRemovedAreToldAndWhatIsRemovedKeepsItsPriceAndItsSource() {
        String newer = LITELLM.replace("\"acme/c\"", "\"acme/d\"");

        PriceImport.Result.Imported imported = result(book, newer, options(false));

        assertThat(imported.report().added()).containsExactly("acme/d");
        assertThat(imported.report().removed()).containsExactly("acme/c");
        Cost old = cost(imported.document(), "acme", "c", "2026-11-20");
        Cost added = cost(imported.document(), "acme", "d", "2026-11-20");
        assertThat(old.getTotalNanoUsd()).isEqualTo(1_000_000);
        assertThat(old.getPriceHash()).isEqualTo(file(LITELLM).hash().substring(0, 12));
        assertThat(added.getPriceHash()).isEqualTo(file(newer).hash().substring(0, 12));
    }

    static Stream<Arguments> wrongEntries() {
        return Stream.of(
                argumentSet("negative", LITELLM.replace("1e-5", "-1e-5"), "acme/large", "must be 0 to 0.001"),
                argumentSet("huge", LITELLM.replace("1e-5", "0.54"), "acme/large", "must be 0 to 0.001: 0.54"),
                argumentSet(
                        "a string", LITELLM.replace("1e-5", "\"free\""), "acme/large", "must be a number: \"free\""),
                argumentSet(
                        "two periods at a time",
                        GENAI.replace(
                                "{\"prices\": {\"input_mtok\": 4}}",
                                "{\"constraint\": {\"start_date\": \"2026-11-01\"}, \"prices\": {\"input_mtok\": 4}}"),
                        "umbrella/m2",
                        "two periods hold from the same time on: '2026-11-01|'"),
                argumentSet(
                        "no date",
                        GENAI.replace("2026-11-01", "tomorrow"),
                        "umbrella/m2",
                        "constraint: must be a date"),
                argumentSet(
                        "a step without a price",
                        GENAI.replace(
                                "{\"input_mtok\": 1, \"output_mtok\": 2}",
                                "{\"input_mtok\": {\"base\": 1, \"tiers\": [{\"start\": 5}]}}"),
                        "umbrella/m1",
                        "must be a number: missing"),
                argumentSet(
                        "a pattern that is none",
                        GENAI.replace("{\"equals\": \"m1\"}", "{\"regex\": \"(\"}"),
                        "umbrella/m1",
                        "match: must be a matcher"));
    }

    @ParameterizedTest
    @MethodSource("wrongEntries")
    void anEntryThatCannotBeRightIsRefusedAndTheRestIsTaken(String newer, String id, String detail) {
        PriceImport.Result.Imported imported = result(book, newer, options(false));

        assertThat(imported.report().refused()).singleElement().satisfies(refused -> {
            assertThat(refused.id()).isEqualTo(id);
            assertThat(refused.detail()).contains(detail);
        });
        assertThat(dollars(imported.document(), "acme", "large", "2026-11-20")).isEqualByComparingTo("0.01");
        assertThat(dollars(imported.document(), "umbrella", "m1", "2026-11-20")).isEqualByComparingTo("0.001");
        assertThat(dollars(imported.document(), "umbrella", "m2", "2026-11-20")).isEqualByComparingTo("0.005");
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                argumentSet("no JSON", "prices: none", "no JSON"),
                argumentSet("neither array nor object", "5", "must be genai-prices' array or LiteLLM's object"),
                argumentSet("empty", "{}", "no model"),
                argumentSet("cut off", "{\"acme/small\": {\"input_cost_per_token\": 1e-6}}", "lacks 4 of 5 models"),
                argumentSet(
                        "a circle",
                        "[{\"id\":\"a\",\"fallback_model_providers\":[\"b\"]},{\"id\":\"b\",\"fallback_model_providers\":[\"a\"]}]",
                        "lead back to themselves"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void aFileThatCannotBeUsedChangesNothing(String newer, String reason) {
        PriceImport.Result result = PriceImport.of(book, file(newer), options(false));

        assertThat(result)
                .isInstanceOfSatisfying(
                        PriceImport.Result.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void theSameFileAgainChangesNothingAndGivesTheSameVersion() {
        PriceImport.Result.Imported again = result(book, GENAI, options(false));

        assertThat(again.report().changed()).isEmpty();
        assertThat(again.document().version()).isEqualTo(book.version());
    }

    @Test
    void aBookThatWasStoredPricesAsBefore() {
        BookDocument stored = BookDocument.read(book.version(), book.gzip());

        assertThat(cost(stored, "umbrella", "m2", "2026-11-20")).isEqualTo(cost(book, "umbrella", "m2", "2026-11-20"));
        assertThat(stored.gzip()).isEqualTo(book.gzip());
    }

    @Test
    void whatTheShippedFilesGetWrongByAMillionIsUnknownAndNotBilled() {
        Cost cost = cost(PriceBooks.shippedDocument(), "wandb", "deepseek-ai/DeepSeek-R1-0528", "2026-11-20");

        assertThat(cost.getKnown()).as("%s", cost).isFalse();
    }

    static Stream<Arguments> pieces() {
        return Stream.of(
                // $0.04 a picture
                argumentSet("pictures", "dall-e-3", Usage.newBuilder().setImages(3), "0.12"),
                // $0.0001 a second: 12.345 s
                argumentSet("sound", "whisper-1", Usage.newBuilder().setMediaMs(12_345), "0.0012345"),
                // three searches of the medium size at $0.035, and 2.5 × 0.001
                argumentSet(
                        "searches",
                        "gpt-4o-search-preview",
                        Usage.newBuilder().setInUncached(1000).setSearches(3),
                        "0.1075"));
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void piecesHaveTheirPrices(String model, Usage.Builder usage, String dollars) {
        Cost cost = Pricing.cost(
                PriceList.of(PriceBooks.shipped()),
                new PricedCall("openai", model, "", nanos("2026-11-20"), usage.build()));

        assertThat(BigDecimal.valueOf(cost.getTotalNanoUsd(), 9)).as("%s", cost).isEqualByComparingTo(dollars);
    }

    static Stream<Arguments> bedrockNames() {
        return Stream.of(
                // in the EU a tenth more than elsewhere: 3.3 and 16.5
                argumentSet("inference profile", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "0.00495"),
                argumentSet(
                        "ARN of an inference profile",
                        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
                        "0.00495"),
                argumentSet(
                        "ARN of a model",
                        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
                        "0.000375"));
    }

    @ParameterizedTest
    @MethodSource("bedrockNames")
    void bedrocksNamesAreRead(String model, String dollars) {
        Usage usage = Usage.newBuilder().setInUncached(1000).setOutText(100).build();

        Cost cost = Pricing.cost(
                PriceList.of(PriceBooks.shipped()), new PricedCall("", model, "", nanos("2026-11-20"), usage));

        assertThat(BigDecimal.valueOf(cost.getTotalNanoUsd(), 9)).as("%s", cost).isEqualByComparingTo(dollars);
    }

    private static PriceImport.Options options(boolean isCorrection) {
        return new PriceImport.Options(DAY, isCorrection, Set.of());
    }

    private static PriceFile file(String text) {
        return new PriceFile(text.getBytes(StandardCharsets.UTF_8), DAY, "test");
    }

    private static BookDocument imported(BookDocument before, String text) {
        return result(before, text, options(false)).document();
    }

    private static PriceImport.Result.Imported result(BookDocument before, String text, PriceImport.Options options) {
        return switch (PriceImport.of(before, file(text), options)) {
            case PriceImport.Result.Imported imported -> imported;
            case PriceImport.Result.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    /** Of a thousand input tokens. */
    private static BigDecimal dollars(BookDocument document, String provider, String model, String day) {
        return BigDecimal.valueOf(cost(document, provider, model, day).getTotalNanoUsd(), 9);
    }

    private static Cost cost(BookDocument document, String provider, String model, String day) {
        return Pricing.cost(
                PriceList.of(document.book()),
                new PricedCall(
                        provider,
                        model,
                        "",
                        nanos(day),
                        Usage.newBuilder().setInUncached(1000).build()));
    }

    private static long nanos(String day) {
        return Instant.parse(day + "T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    }
}
