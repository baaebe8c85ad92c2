package io.pentameter.aggregation.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.invoice.InvoiceLine.Charge;
import io.pentameter.aggregation.invoice.InvoiceLine.Use;
import io.pentameter.kit.problem.Problem.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceReaderTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @Test
    void costsOfOpenAiAreLinesOfModelsAndOfWhatIsNone() throws IOException {
        InvoiceReader.Draft draft = read(fixture("openai-costs.json"));

        assertThat(draft.provider()).isEqualTo("openai");
        assertThat(draft.content()).isEqualTo(Invoice.Content.CHARGES);
        assertThat(draft.days()).isEqualTo(new Lines.Days(FIRST, FIRST.plusDays(2))); // a day without charges counts
        assertThat(draft.lines())
                .containsExactly(
                        line(
                                1,
                                "proj_a",
                                "gpt-4o-mini-2024-07-18",
                                "gpt-4o-mini-2024-07-18, input",
                                "",
                                new Charge(usd("0.150000000"), usd("0.005"), "0.15", "USD")),
                        line(
                                2,
                                "proj_a",
                                "gpt-4o-mini-2024-07-18",
                                "gpt-4o-mini-2024-07-18, output",
                                "",
                                new Charge(
                                        usd("0.600000000"), usd("0.00000000000000005"), "0.6000000000000001", "USD")),
                        line(
                                3,
                                "",
                                "Image models",
                                "Image models",
                                "",
                                new Charge(usd("1.250000000"), usd("0.005"), "1.25", "USD")));
        assertThat(draft.usd()).isEqualByComparingTo("2");
    }

    @Test
    void usageOfOpenAiHasTheCachedTokensWithinTheInput() throws IOException {
        InvoiceReader.Draft draft = read(fixture("openai-usage.json"));

        assertThat(draft.content()).isEqualTo(Invoice.Content.USAGE);
        assertThat(draft.lines())
                .containsExactly(
                        line(
                                1,
                                "proj_a",
                                "gpt-4o-mini-2024-07-18",
                                "tokens",
                                "",
                                new Use(tokens(800_000, 200_000, 0, 1_000_000), 5)),
                        line(
                                2,
                                "proj_a",
                                "gpt-4o-mini-2024-07-18",
                                "tokens",
                                "batch",
                                new Use(tokens(10, 0, 0, 20), 1)));
    }

    @Test
    void amountsOfAnthropicAreCents() throws IOException {
        InvoiceReader.Draft draft = read(fixture("anthropic-cost.json"));

        assertThat(draft.lines())
                .containsExactly(
                        line(
                                1,
                                "",
                                "claude-sonnet-4-20250514",
                                "Claude Sonnet 4 Usage - Input Tokens",
                                "",
                                new Charge(usd("1.234500000"), usd("0.00005"), "123.45", "USD")),
                        line(
                                2,
                                "wrkspc_1",
                                "Web Search Usage",
                                "Web Search Usage",
                                "",
                                new Charge(usd("10.000000000"), usd("0.005"), "1000", "USD")));
    }

    @Test
    void usageOfAnthropicIsDisjoint() throws IOException {
        assertThat(read(fixture("anthropic-usage.json")).lines())
                .containsExactly(line(
                        1,
                        "wrkspc_1",
                        "claude-sonnet-4-20250514",
                        "tokens",
                        "batch",
                        new Use(tokens(1_500, 200, 1_500, 500), -1)));
    }

    @Test
    void anInvoiceInAnotherCurrencyNeedsARateOfItsDayOrBefore() throws IOException {
        String focus = new ObjectMapper().writeValueAsString(fixture("focus.csv"));
        String body = "{\"format\":\"focus_csv\",\"provider\":\"openai\",\"csv\":" + focus + ",\"rates\":[%s]}";
        String rate = "{\"currency\":\"EUR\",\"date\":\"%s\",\"usdPerUnit\":\"%s\"}";

        InvoiceReader.Draft draft = read(body.formatted(rate.formatted("2026-10-01", "1.05") + ","
                + rate.formatted("2026-11-01", "1.08") + "," + rate.formatted("2026-11-02", "9")));

        // 1.50 EUR * 1.08 + 0.25 - 0.10
        assertThat(draft.usd()).isEqualByComparingTo("1.77");
        assertThat(draft.content()).isEqualTo(Invoice.Content.BOTH);
        assertThat(draft.isDaily()).isTrue();
        assertThat(faults(body.formatted("")))
                .containsExactly("/rows/2/currency is EUR: give rates with one for EUR dated 2026-11-01 or before");
        assertThat(faults(body.formatted(rate.formatted("2026-11-02", "1")))).hasSize(1);
    }

    @Test
    void theSameContentIsTheSameImportAndOfAnotherTenantAnother() throws IOException {
        String costs = fixture("openai-costs.json");
        InvoiceReader.Draft draft = read(costs);

        assertThat(read(costs.replace("\n", " ")).id()).isEqualTo(draft.id());
        assertThat(new InvoiceReader(new ArrayList<>())
                        .read("globex", bytes(costs))
                        .orElseThrow()
                        .id())
                .isNotEqualTo(draft.id());
        assertThat(read(costs.replace("1.25", "1.26")).id()).isNotEqualTo(draft.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.15 | -0.15 | /pages/0/data/0/results/0/amount/value | must be 0 or more",
                "0.15 | 1e300 | /pages/0/data/0/results/0/amount/value | at most 60 digits",
                "0.15 | 2000000000 | /pages/0/data/0/results/0/amount/value | at most 1000000000",
                "0.15 | \"NaN\" | /pages/0/data/0/results/0/amount/value | must be a decimal number",
                "0.15 | \"1,000\" | /pages/0/data/0/results/0/amount/value | must be a decimal number",
                "0.15 | null | /pages/0/data/0/results/0/amount/value | must be a decimal number",
                "\"usd\" | \"chf\" | /pages/0/data/0/results/0/currency | give rates with one for CHF",
                "\"usd\" | \"dollars\" | /pages/0/data/0/results/0/currency | code of three letters",
                "\"gpt-4o-mini-2024-07-18, input\" | null | /pages/0/data/0/results/0/line_item | group_by=line_item",
                "\"has_more\": false | \"has_more\": true | /pages/1/has_more | pages behind it are missing",
                "1793577600, \"end_time\": 1793664000 | 1793491200, \"end_time\": 1793577600 | /pages/1/data/0/start_time | a page twice",
                "1793491200 | \"1793491200\" | /pages/0/data/0/start_time | must be seconds since 1970",
                "1793664000 | 1793750400 | /pages/1/data/0/end_time | within the same day",
                "openai_costs | azure_costs | /format | must be one of",
                "\"name\": | \"nome\": | /nome | is not known",
                "\"data\": [ | \"data\": 7, \"x\": [ | /pages/0/data | must be a list of buckets"
            })
    void eachWrongPartOfAPageIsNamedAndTheWholeIsRefused(String good, String bad, String pointer, String reason)
            throws IOException {
        assertThat(faults(fixture("openai-costs.json").replace(good, bad)))
                .anySatisfy(fault -> assertThat(fault).startsWith(pointer + " ").contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000000 | \"1000000\" | /pages/0/data/0/results/0/input_tokens | must be a whole number",
                "1000000 | -1 | /pages/0/data/0/results/0/input_tokens | must be a whole number",
                "1000000 | 1.5 | /pages/0/data/0/results/0/input_tokens | must be a whole number",
                "1000000 | 99999999999999999999 | /pages/0/data/0/results/0/input_tokens | must be a whole number",
                "\"input_cached_tokens\": 200000 | \"input_cached_tokens\": 2000000 | /pages/0/data/0/results/0/input_cached_tokens | cannot be more",
                "\"model\": | \"modell\": | /pages/0/data/0/results/0/model | group_by=model"
            })
    void eachWrongCountIsNamed(String good, String bad, String pointer, String reason) throws IOException {
        assertThat(faults(fixture("openai-usage.json").replace(good, bad)))
                .anySatisfy(fault -> assertThat(fault).startsWith(pointer + " ").contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "date,model,amount\\n2026-11-01,m,1\\n2026-11-0 | /rows/3 | the file may be cut off",
                "date,model,amount\\n2026-11-01,m,-1 | /rows/2/amount | must be 0 or more",
                "date,model,amount\\n2026-11-01,m,1e5 | /rows/2/amount | must be a decimal number",
                "date,model,amount,to\\n2026-11-02,m,1,2026-11-02 | /rows/2/to | must be after the start",
                "date,model,amount,tokens\\n2026-11-01,m,1,5 | /rows/2/token_class | is required with tokens",
                "date,model,amount,token_class\\n2026-11-01,m,1,soft | /rows/2/token_class | must be one of input",
                "date,model,amount\\n2026-11-01,,1 | /rows/2/model | is required",
                "date,model,amount,type\\n2026-11-01,m,1,gift | /rows/2/type | must be charge or credit",
                "date,amount\\n2026-11-01,1 | /rows/1 | needs a column model",
                "date,model,amount | /csv | there is no line"
            })
    void eachWrongFieldOfATableIsNamedWithItsRow(String csv, String pointer, String reason) throws IOException {
        assertThat(faults("{\"format\":\"csv\",\"provider\":\"openai\",\"csv\":\"%s\"}".formatted(csv)))
                .anySatisfy(fault -> assertThat(fault).startsWith(pointer + " ").contains(reason));
    }

    @Test
    void moreThanTwentyFaultsAreNotLookedFor() throws IOException {
        StringBuilder csv = new StringBuilder("date,model,amount");
        csv.repeat("\\n2026-11-01,m,x", 500);

        assertThat(faults("{\"format\":\"csv\",\"provider\":\"openai\",\"csv\":\"%s\"}".formatted(csv)))
                .hasSize(20);
    }

    @Test
    void whatIsCutOffOrNamedTwiceIsNoJson() throws IOException {
        String costs = fixture("openai-costs.json");

        for (String bad : List.of(
                costs.substring(0, 700), costs + "{}", "{\"format\":\"csv\",\"format\":\"csv\"}", "{\"format\":NaN}")) {
            assertThatThrownBy(() -> read(bad)).isInstanceOf(JsonProcessingException.class);
        }
    }

    @Test
    void aModelIsFoundWithoutItsDateIfOnlyOneFits() {
        ModelNames names =
                new ModelNames(List.of("gpt-4o-mini-2024-07-18", "gpt-4o-2024-05-13", "gpt-4o-2024-08-06", "Claude-3"));

        assertThat(names.find("gpt-4o-mini")).contains("gpt-4o-mini-2024-07-18");
        assertThat(names.find("GPT-4o-2024-08-06")).contains("gpt-4o-2024-08-06");
        assertThat(names.find("gpt-4o")).isEmpty();
        assertThat(names.find("claude-3-latest")).contains("Claude-3");
        assertThat(names.find("o9")).isEmpty();
    }

    private static InvoiceLine line(
            int number, String project, String model, String item, String tier, InvoiceLine.What what) {
        return new InvoiceLine(number, FIRST, FIRST.plusDays(1), project, model, item, tier, what);
    }

    private static Map<TokenClass, Long> tokens(long input, long read, long written, long output) {
        return Map.of(
                TokenClass.INPUT,
                input,
                TokenClass.CACHE_READ,
                read,
                TokenClass.CACHE_WRITE,
                written,
                TokenClass.OUTPUT,
                output);
    }

    private static BigDecimal usd(String text) {
        return new BigDecimal(text);
    }

    private static InvoiceReader.Draft read(String body) throws IOException {
        List<Fault> faults = new ArrayList<>();
        return new InvoiceReader(faults).read("acme", bytes(body)).orElseThrow(() -> new AssertionError(faults));
    }

    private static List<String> faults(String body) throws IOException {
        List<Fault> faults = new ArrayList<>();
        assertThat(new InvoiceReader(faults).read("acme", bytes(body))).isEmpty();
        return faults.stream()
                .map(fault -> fault.pointer() + " " + fault.detail())
                .toList();
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String fixture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(InvoiceReaderTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
