package io.pentameter.statistics.slo.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.Severity;
import io.pentameter.statistics.slo.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private static final String OPEN_SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: chat-answers
              displayName: Chat answers
              labels: {team: [chat, on-call], tier: 1}
            spec:
              service: chat
              description: Answers that are complete.
              indicatorRef: complete
              timeWindow:
                - duration: 28d
                  isRolling: true
              budgetingMethod: Occurrences
              objectives:
                - target: 0.99950
                - targetPercent: 99.9
                  displayName: relaxed
              alertPolicies:
                - alertPolicyRef: fast
                - kind: AlertPolicy
                  metadata: {name: slow}
                  spec:
                    conditions:
                      - kind: AlertCondition
                        metadata: {name: slow}
                        spec:
                          severity: ticket
                          condition: {kind: burnrate, op: lte, threshold: 2, lookbackWindow: 1d, alertAfter: 5m}
            ---
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: complete}
            spec:
              ratioMetric:
                counter: true
                good: {metricSource: {type: Prometheus, spec: {query: "sum(rate(good[{{.window}}]))"}}}
                total: {metricSource: {metricSourceRef: prom, spec: {query: "sum(rate(all[{{.window}}]))"}}}
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: {name: fast, annotations: {pentameter.io/shortWindow: 7m}}
            spec:
              conditions:
                - conditionRef: fast-burn
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: fast-burn}
            spec:
              severity: page
              condition: {kind: burnrate, op: gte, threshold: 14.40, lookbackWindow: 1h}
            ---
            apiVersion: openslo/v1
            kind: Service
            metadata: {name: chat}
            spec: {}
            """;

    @Test
    void readsOpenSloWithItsReferences() {
        Imported imported = OpenSlo.read(OPEN_SLO);

        ObjectiveDocument first = imported.objectives().getFirst();
        assertThat(imported.objectives())
                .extracting(ObjectiveDocument::name)
                .containsExactly("chat-answers", "chat-answers-2");
        assertThat(first.target()).isEqualTo(Target.of("0.99950"));
        assertThat(imported.objectives().getLast().target().value()).isEqualTo(new BigDecimal("0.999"));
        assertThat(imported.objectives().getLast().displayName()).isEqualTo("relaxed");
        assertThat(first.labels()).isEqualTo(Map.of("team", "chat,on-call", "tier", "1"));
        assertThat(first.alerts())
                .containsExactly(
                        new AlertRow(
                                new BurnWindow(
                                        Severity.PAGE,
                                        Duration.ofHours(1),
                                        Duration.ofMinutes(7),
                                        new BigDecimal("14.40")),
                                Duration.ZERO),
                        new AlertRow(
                                new BurnWindow(
                                        Severity.TICKET, Duration.ofDays(1), Duration.ofHours(2), new BigDecimal("2")),
                                Duration.ofMinutes(5)));
        assertThat(imported.warnings()).singleElement().asString().contains("read as gte");
        assertThat(first.indicator()).isInstanceOfSatisfying(Indicator.GoodRatio.class, ratio -> {
            assertThat(ratio.counter()).isTrue();
            assertThat(ratio.total().reference()).hasValue("prom");
        });
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        List<ObjectiveDocument> read = OpenSlo.read(OPEN_SLO).objectives();

        String text = OpenSlo.write(read);

        assertThat(OpenSlo.read(text)).isEqualTo(new Imported(read, List.of()));
        assertThat(text)
                .contains("target: 0.99950")
                .contains("threshold: 14.40")
                .contains("op: gte");
        assertThat(OpenSlo.write(OpenSlo.read(text).objectives())).isEqualTo(text);
    }

    @Test
    void everyKindOfObjectiveSurvivesOpenSlo() {
        Source metric = Source.query("latency");
        List<Indicator> indicators = List.of(
                new Indicator.BadRatio(metric, metric, false),
                new Indicator.RawRatio(metric, true),
                new Indicator.RawRatio(metric, false),
                new Indicator.Threshold(metric, "lte", new BigDecimal("0.50")));
        List<Budgeting> methods = List.of(
                new Budgeting.Occurrences(),
                new Budgeting.Timeslices(new BigDecimal("0.95"), Shorthand.parse("5m")),
                new Budgeting.RatioTimeslices(Shorthand.parse("1h")));
        Period month = new Period(Shorthand.parse("1M"), new Period.Calendar("2020-01-01 00:00:00", "Europe/Berlin"));
        for (Indicator indicator : indicators) {
            for (Budgeting budgeting : methods) {
                ObjectiveDocument document = new ObjectiveDocument(
                        "a", "", "s", "", Map.of(), Target.of("0.9"), month, budgeting, indicator, List.of());

                assertThat(OpenSlo.read(OpenSlo.write(List.of(document))).objectives())
                        .containsExactly(document);
            }
        }
    }

    @Test
    void refusesByThePathOfTheFault() {
        assertRefused(
                OPEN_SLO.replace("targetPercent: 99.9", "target: 1.5"),
                "target must be between 0 and 1, ends excluded: 1.5");
        assertRefused(
                OPEN_SLO.replace("target: 0.99950", "target: many"),
                "document[0].spec.objectives[0].target must be a decimal number: many");
        assertRefused(
                OPEN_SLO.replace("duration: 28d", "duration: 28x"),
                "document[0].spec.timeWindow[0].duration: duration must look like 5m, 4w or 1M: 28x");
        assertRefused(
                OPEN_SLO.replace("indicatorRef: complete", "indicatorRef: other"),
                "document[0].spec.indicatorRef must name an SLI in the same text: other");
        assertRefused(
                OPEN_SLO.replace("budgetingMethod: Occurrences", "budgetingMethod: Sometimes"),
                "document[0].spec.budgetingMethod must be Occurrences, Timeslices or RatioTimeslices: Sometimes");
        assertRefused(
                OPEN_SLO.replace("openslo/v1\nkind: SLO", "openslo/v2\nkind: SLO"),
                "document[0].apiVersion must be openslo/v1: openslo/v2");
        assertRefused(
                OPEN_SLO.replace("- target: 0.99950", "- {target: 0.9, indicatorRef: x}"),
                "document[0].spec.objectives[0].indicator: composite objectives are not supported");
        assertRefused("", "document must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenSlo.read("a: ["))
                .withMessageStartingWith("document must be YAML");
        assertThatIllegalArgumentException().isThrownBy(() -> OpenSlo.read("a: 1\na: 2"));
        assertThatIllegalArgumentException().isThrownBy(() -> OpenSlo.read("[".repeat(100) + "]".repeat(100)));
        assertThatIllegalArgumentException().isThrownBy(() -> OpenSlo.read("!!java.io.File [x]"));
        assertThatIllegalArgumentException().isThrownBy(() -> OpenSlo.read("x".repeat(2_000_000)));
    }

    private static void assertRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenSlo.read(text))
                .withMessage(message);
    }

    private static final String SLOTH = """
            version: "prometheus/v1"
            service: "chat"
            labels: {owner: "team-a"}
            slos:
              - name: "answers"
                objective: 99.90
                sli:
                  events:
                    error_query: sum(rate(answers_total{code=~"5.."}[{{.window}}]))
                    total_query: sum(rate(answers_total[{{.window}}]))
                alerting:
                  name: ChatAnswers
                  page_alert: {labels: {severity: pageteam}}
                  ticket_alert: {disable: true}
              - name: "Raw_ratio"
                objective: 95
                sli:
                  raw: {error_ratio_query: "avg(ratio[{{.window}}])"}
                alerting: {name: Raw}
            """;

    @Test
    void readsAndWritesSloth() {
        Imported imported = Sloth.read(SLOTH, Shorthand.parse("30d"));

        ObjectiveDocument answers = imported.objectives().getFirst();
        assertThat(answers.target()).isEqualTo(Target.of("0.9990"));
        assertThat(answers.alerts())
                .extracting(row -> row.window().burn().doubleValue())
                .containsExactly(14.4, 6.0);
        assertThat(imported.objectives().getLast().alerts()).hasSize(4);
        assertThat(imported.warnings()).singleElement().asString().contains("read as raw-ratio");

        String text = Sloth.write(imported.objectives());

        assertThat(text)
                .contains("objective: 99.9\n")
                .contains("objective: 95\n")
                .contains("ticket_alert:\n      disable: true");
        assertThat(Sloth.read(text, Shorthand.parse("30d"))
                        .objectives()
                        .getFirst()
                        .indicator())
                .isEqualTo(answers.indicator());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sloth.read(SLOTH.replace("prometheus/v1", "v2"), Shorthand.parse("30d")))
                .withMessage("document[0].version must be prometheus/v1: v2");
    }

    @Test
    void readsAndWritesAlertWindowsOfSloth() {
        Sloth.Windows week = Sloth.readWindows("""
                apiVersion: sloth.slok.dev/v1
                kind: AlertWindows
                spec:
                  sloPeriod: 7d
                  page:
                    quick: {errorBudgetPercent: 8, shortWindow: 5m, longWindow: 1h}
                    slow: {errorBudgetPercent: 12.5, shortWindow: 30m, longWindow: 6h}
                  ticket:
                    quick: {errorBudgetPercent: 20, shortWindow: 2h, longWindow: 1d}
                    slow: {errorBudgetPercent: 42, shortWindow: 6h, longWindow: 3d}
                """);

        assertThat(week.period()).isEqualTo(Duration.ofDays(7));
        assertThat(week.policy().rows())
                .extracting(row -> row.burn().doubleValue())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
                .containsExactly(13.44, 3.5, 1.4, 0.98);
        assertThat(Sloth.readWindows(Sloth.writeWindows(week))
                        .policy()
                        .rows()
                        .get(1)
                        .burn()
                        .doubleValue())
                .isCloseTo(3.5, within(1e-9));
        assertThat(Sloth.writeWindows(new Sloth.Windows(Duration.ofDays(30), BurnPolicy.of(Duration.ofDays(30)))))
                .contains("errorBudgetPercent: 2\n")
                .contains("longWindow: 3d");
    }

    private static final String PYRRA = """
            apiVersion: pyrra.dev/v1alpha1
            kind: ServiceLevelObjective
            metadata:
              name: answer-latency
              labels: {service: chat}
            spec:
              description: Fast answers.
              target: '90.50'
              window: 4w
              indicator:
                latency:
                  success: {metric: 'latency_bucket{le="0.05"}'}
                  total: {metric: latency_count}
                  grouping: [handler]
              alerting: {name: SlowAnswers}
            """;

    @Test
    void readsAndWritesPyrra() {
        Imported imported = Pyrra.read(PYRRA);

        ObjectiveDocument latency = imported.objectives().getFirst();
        assertThat(latency.target()).isEqualTo(Target.of("0.9050"));
        assertThat(latency.service()).isEqualTo("chat");
        assertThat(latency.alerts())
                .extracting(AlertRow::after)
                .containsExactly(
                        Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(3));
        assertThat(imported.warnings()).singleElement().asString().contains("grouping");
        assertThat(latency.indicator()).isInstanceOf(Indicator.GoodRatio.class);

        String text = Pyrra.write(imported.objectives());

        assertThat(text).contains("target: '90.5'").contains("window: 4w");
        assertThat(Pyrra.read(text).objectives().getFirst().indicator()).isEqualTo(latency.indicator());
        for (String indicator :
                List.of("latencyNative: {total: {metric: m}, latency: 50ms}", "bool_gauge: {metric: m}")) {
            String other = PYRRA.substring(0, PYRRA.indexOf("    latency:")) + "    " + indicator + "\n";
            ObjectiveDocument read = Pyrra.read(other).objectives().getFirst();
            assertThat(Pyrra.read(Pyrra.write(List.of(read)))
                            .objectives()
                            .getFirst()
                            .indicator())
                    .isEqualTo(read.indicator());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pyrra.read(PYRRA.replace("latency:", "speed:")))
                .withMessage("document[0].spec.indicator must be ratio, latency, latencyNative or bool_gauge: speed");
    }

    @Test
    void objectivesPassFromOneToolToTheOther() {
        ObjectiveDocument fromPyrra = Pyrra.read(PYRRA).objectives().getFirst();
        ObjectiveDocument fromSloth =
                Sloth.read(SLOTH, Shorthand.parse("30d")).objectives().getFirst();

        assertThat(Sloth.write(List.of(fromPyrra)))
                .contains(
                        "error_query: (sum(rate(latency_count[{{.window}}]))) - (sum(rate(latency_bucket{le=\"0.05\"}[{{.window}}])))");
        assertThat(Pyrra.write(List.of(fromSloth))).contains("metric: answers_total{code=~\"5..\"}");
        assertThat(OpenSloAlpha.write(List.of(fromSloth)))
                .contains("apiVersion: openslo/v1alpha")
                .contains("count: 30")
                .contains("target: 0.9990")
                .contains("unit: Day");
        assertThat(OpenSlo.read(OpenSlo.write(List.of(fromSloth)))
                        .objectives()
                        .getFirst()
                        .alerts())
                .hasSize(2);
        ObjectiveDocument raw =
                Sloth.read(SLOTH, Shorthand.parse("30d")).objectives().getLast();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pyrra.write(List.of(raw)))
                .withMessage("indicator must count events for Pyrra: raw-ratio");
        assertThatIllegalArgumentException().isThrownBy(() -> OpenSloAlpha.write(List.of(raw)));
    }

    @Test
    void durationsAreShortAndExact() {
        assertThat(Shorthand.of(Duration.ofDays(28))).hasToString("4w");
        assertThat(Shorthand.of(Duration.ofDays(30))).hasToString("30d");
        assertThat(Shorthand.of(Duration.ofMinutes(90))).hasToString("90m");
        assertThat(Shorthand.of(Duration.ofSeconds(1))).hasToString("1m");
        assertThat(Shorthand.parsePrometheus("1h30m")).isEqualTo(Duration.ofMinutes(90));
        for (String wrong : List.of("", "0d", "5", "d", "5m ", "1h30m", "1000000d", "5D")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Shorthand.parse(wrong));
        }
        for (String wrong : List.of("", "0d", "5", "d", "5m ", "1h-30m", "5M")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Shorthand.parsePrometheus(wrong));
        }
    }
}
