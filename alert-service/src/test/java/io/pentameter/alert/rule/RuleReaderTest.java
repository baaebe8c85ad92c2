package io.pentameter.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SMALLEST =
            "{\"name\":\"Errors\",\"measure\":\"error_rate\",\"op\":\">\",\"threshold\":0.01}";

    @Test
    void theSmallestRuleGetsDefaults() {
        RuleDefinition read = read(SMALLEST);

        assertThat(read)
                .isEqualTo(new RuleDefinition(
                        "Errors",
                        new Subject(List.of(), 100, List.of(), Duration.ofMinutes(5)),
                        new Condition(
                                Measure.ERROR_RATE,
                                Comparison.ABOVE,
                                new BigDecimal("0.01"),
                                null,
                                SampleOf.REQUESTS,
                                1),
                        new Timing(Duration.ofSeconds(15), Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(1)),
                        Severity.WARNING,
                        "",
                        "",
                        true,
                        List.of("*")));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        RuleDefinition read = read(with(
                "\"groupBy\":[\"feature\",\"model\"],\"filters\":[{\"dimension\":\"environment\",\"value\":\"prod\"}],"
                        + "\"for\":\"PT2M\",\"resolveThreshold\":0.005,\"destinations\":[]"));

        assertThat(RuleReader.read(RuleBody.of(read))).isEqualTo(new RuleReader.Outcome.Read(read));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                argumentSet("name", "\"name\":\" \"", "/name"),
                argumentSet("name too long", "\"name\":\"" + "x".repeat(201) + "\"", "/name"),
                argumentSet("measure", "\"measure\":\"speed\"", "/measure"),
                argumentSet("op", "\"op\":\"==\"", "/op"),
                argumentSet("huge exponent", "\"threshold\":1e40", "/threshold"),
                argumentSet("window too short", "\"window\":\"PT59S\"", "/window"),
                argumentSet("window of ten years", "\"window\":\"P3650D\"", "/window"),
                argumentSet("window no duration", "\"window\":\"5m\"", "/window"),
                argumentSet("negative for", "\"for\":\"-PT1S\"", "/for"),
                argumentSet("interval zero", "\"interval\":\"PT0S\"", "/interval"),
                argumentSet("four dimensions", "\"groupBy\":[\"feature\",\"model\",\"user\",\"route\"]", "/groupBy"),
                argumentSet("twice", "\"groupBy\":[\"model\",\"model\"]", "/groupBy"),
                argumentSet("unknown dimension", "\"groupBy\":[\"model\",\"colour\"]", "/groupBy/1"),
                argumentSet(
                        "invoices by feature",
                        "\"measure\":\"invoice_variance\",\"groupBy\":[\"provider\",\"feature\"]",
                        "/groupBy"),
                argumentSet(
                        "invoices by sample of calls",
                        "\"measure\":\"invoice_variance\",\"sampleOf\":\"model_calls\"",
                        "/sampleOf"),
                argumentSet("no group", "\"groupLimit\":0", "/groupLimit"),
                argumentSet("too many groups", "\"groupLimit\":501", "/groupLimit"),
                argumentSet("negative sample", "\"minSample\":-1", "/minSample"),
                argumentSet("severity", "\"severity\":\"fatal\"", "/severity"),
                argumentSet("sampleOf", "\"sampleOf\":\"lines\"", "/sampleOf"),
                argumentSet(
                        "filter op",
                        "\"filters\":[{\"dimension\":\"model\",\"op\":\"gt\",\"value\":\"x\"}]",
                        "/filters/0/op"),
                argumentSet("filter value", "\"filters\":[{\"dimension\":\"model\"}]", "/filters/0/value"),
                argumentSet("resolveThreshold", "\"resolveThreshold\":0.02", "/resolveThreshold"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheField(String field, String pointer) {
        RuleReader.Outcome outcome = RuleReader.read(body(with(field)));

        assertThat(outcome).isInstanceOfSatisfying(RuleReader.Outcome.Refused.class, refused -> {
            assertThat(refused.faults()).extracting(Fault::pointer).containsExactly(pointer);
            assertThat(refused.faults().getFirst().detail()).contains("must");
        });
    }

    @Test
    void theBordersAreAllowed() {
        assertThat(read(with("\"window\":\"PT1M\"")).subject().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(read(with("\"window\":\"P31D\"")).subject().window()).isEqualTo(Duration.ofDays(31));
        assertThat(read(with("\"groupLimit\":1")).subject().groupLimit()).isEqualTo(1);
        assertThat(read(with("\"groupLimit\":500")).subject().groupLimit()).isEqualTo(500);
        assertThat(read(with("\"resolveThreshold\":0.01")).condition().resolveThreshold())
                .isEqualTo(new BigDecimal("0.01"));
    }

    @Test
    void everythingThatIsMissingIsNamed() {
        RuleReader.Outcome outcome = RuleReader.read(body("{}"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RuleReader.Outcome.Refused.class,
                        refused -> assertThat(refused.faults())
                                .extracting(Fault::pointer)
                                .containsExactlyInAnyOrder("/name", "/measure", "/op", "/threshold"));
    }

    @Test
    void thePresetsHaveWhatTheFieldAgreesOn() {
        assertThat(PresetPack.all().values())
                .extracting(rule -> "%s %s %s in %s"
                        .formatted(
                                rule.condition().measure().word(),
                                rule.condition().comparison().sign(),
                                rule.condition().threshold(),
                                rule.subject().window()))
                .containsExactly(
                        "latency_p95 > 2 in PT5M",
                        "error_rate > 0.01 in PT5M",
                        "cost_usd > 100 in PT24H",
                        "thumbs_down_rate > 0.10 in PT1H",
                        "invoice_variance > 0.005 in PT1H");
        assertThat(PresetPack.all().values())
                .allMatch(rule -> !rule.owner().isBlank() && !rule.runbook().isBlank())
                .allMatch(rule -> rule.condition().minSample() >= 10
                        || rule.condition().sampleOf() == SampleOf.INVOICE_COMPARISONS);
    }

    /** The smallest rule with one field put over it. */
    private static String with(String field) {
        try {
            ObjectNode rule = (ObjectNode) JSON.readTree(SMALLEST);
            rule.setAll((ObjectNode) JSON.readTree("{" + field + "}"));
            return rule.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static RuleDefinition read(String text) {
        return switch (RuleReader.read(body(text))) {
            case RuleReader.Outcome.Read(RuleDefinition definition) -> definition;
            case RuleReader.Outcome.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    private static RuleBody body(String text) {
        try {
            return JSON.readValue(text, RuleBody.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
