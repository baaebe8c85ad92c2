package io.pentameter.statistics.slo.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The written text itself, and what the reader refuses to be drowned in. */
class DocumentDetailTest {

    private static final Source GOOD = Source.query("sum(rate(good[{{.window}}]))");
    private static final Source ALL = Source.query("sum(rate(all[{{.window}}]))");

    @Test
    void theReaderHasLimits() {
        String nested = "a: " + "[".repeat(40) + "]".repeat(40);
        StringBuilder aliases = new StringBuilder("a: &a [1, 2]\nb:\n");
        for (int i = 0; i < 30; i++) {
            aliases.append("  - *a\n");
        }
        assertNotYaml("a: 1\na: 2");
        assertNotYaml(nested);
        assertNotYaml(aliases.toString());
        String big = "a: " + "x".repeat((1 << 20) - 3);
        assertThat(Field.readAll(big)).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Field.readAll(big + "x"))
                .withMessage("document must have at most 1048576 characters: 1048577");
        assertThat(Field.readAll("a: ~\nb: null\nc:\nd: true").getFirst().map()).containsExactly(Map.entry("d", true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Field.readAll("a: [1]").getFirst().at("a").text())
                .withMessage("document[0].a must be a text: a list");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Field.readAll("a: {b: 1}").getFirst().at("a").list())
                .withMessage("document[0].a must be a list: a map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Field.readAll("a: 1").getFirst().at("a").map())
                .withMessage("document[0].a must be a map: 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Field.readAll("a: 1").getFirst().at("b").text())
                .withMessage("document[0].b must be a text: nothing");
        assertThat(new Field("n", 5).text()).isEqualTo("5");
        assertThat(new Field("n", true).text()).isEqualTo("true");
    }

    private static void assertNotYaml(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Field.readAll(text))
                .withMessageStartingWith("document must be YAML");
    }

    @Test
    void pyrraIsWrittenWithWhatThereIs() {
        String bare = Pyrra.write(List.of(document("plain", "plain", "", "", Map.of(), List.of())));
        String full =
                Pyrra.write(List.of(document("named", "chat", "Chat", "All of it.", Map.of("team", "a"), rows())));

        assertThat(bare).isEqualTo("""
                apiVersion: pyrra.dev/v1alpha1
                kind: ServiceLevelObjective
                metadata:
                  name: plain
                spec:
                  target: '99.5'
                  window: 4w
                  indicator:
                    latency:
                      success:
                        metric: good
                      total:
                        metric: all
                  alerting:
                    burnrates: false
                """);
        assertThat(full).isEqualTo("""
                apiVersion: pyrra.dev/v1alpha1
                kind: ServiceLevelObjective
                metadata:
                  name: named
                  labels:
                    service: chat
                    team: a
                spec:
                  description: All of it.
                  target: '99.5'
                  window: 4w
                  indicator:
                    latency:
                      success:
                        metric: good
                      total:
                        metric: all
                  alerting:
                    burnrates: true
                    name: Chat
                """);
    }

    @Test
    void slothIsWrittenWithWhatThereIs() {
        String bare = Sloth.write(List.of(document("plain", "chat", "", "", Map.of(), List.of())));
        String full =
                Sloth.write(List.of(document("named", "chat", "Chat", "All of it.", Map.of("team", "a"), rows())));

        assertThat(bare).isEqualTo("""
                version: prometheus/v1
                service: chat
                slos:
                - name: plain
                  objective: 99.5
                  sli:
                    events:
                      error_query: (sum(rate(all[{{.window}}]))) - (sum(rate(good[{{.window}}])))
                      total_query: sum(rate(all[{{.window}}]))
                  alerting:
                    name: plain
                    page_alert:
                      disable: true
                    ticket_alert:
                      disable: true
                """);
        assertThat(full)
                .contains("  description: All of it.\n")
                .contains("  labels:\n    team: a\n")
                .contains("    name: Chat\n    page_alert: {}\n    ticket_alert: {}\n");
        assertThat(Sloth.write(List.of(withIndicator(new Indicator.RawRatio(GOOD, true)))))
                .contains("error_ratio_query: sum(rate(good[{{.window}}]))\n");
        assertThat(Sloth.write(List.of(withIndicator(new Indicator.RawRatio(GOOD, false)))))
                .contains("error_ratio_query: 1 - (sum(rate(good[{{.window}}])))\n");
        assertThat(Sloth.read("""
                                version: prometheus/v1
                                service: s
                                labels: {owner: x, team: a}
                                slos:
                                - name: n
                                  objective: 99
                                  labels: {team: b}
                                  sli: {raw: {error_ratio_query: q}}
                                """, Shorthand.parse("30d"))
                        .objectives()
                        .getFirst()
                        .labels())
                .containsExactlyInAnyOrderEntriesOf(Map.of("owner", "x", "team", "b"));
    }

    @Test
    void openSloIsWrittenWithWhatThereIs() {
        String text = OpenSlo.write(List.of(document("a".repeat(63), "chat", "Chat", "", Map.of(), rows())));

        assertThat(text)
                .contains("  displayName: Chat\n")
                .contains("  - displayName: Chat\n")
                .contains("      name: " + "a".repeat(59) + "-sli\n")
                .contains("      name: " + "a".repeat(55) + "-page-1h\n")
                .contains("      name: " + "a".repeat(53) + "-ticket-1d\n");
        assertThat(text.split("alertWhenResolved: true", -1)).hasSize(3); // two pages
        assertThat(text.split("alertWhenResolved: false", -1)).hasSize(3); // two tickets
        assertThat(OpenSlo.write(List.of(document("plain", "chat", "", "", Map.of(), List.of()))))
                .doesNotContain("displayName")
                .doesNotContain("alertPolicies");
        String calendar =
                text.replace("isRolling: true", "isRolling: true\n    calendar: {startTime: x, timeZone: UTC}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenSlo.read(calendar))
                .withMessage("document[0].spec.timeWindow[0] must either be rolling or have a calendar, not both");
        String neither = text.replace("isRolling: true", "isRolling: false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenSlo.read(neither))
                .withMessage("document[0].spec.timeWindow[0] must either be rolling or have a calendar, not both");
        assertThat(OpenSlo.read(text.replace("    isRolling: true\n", ""))
                        .objectives()
                        .getFirst()
                        .period())
                .isEqualTo(Period.rolling(Shorthand.parse("4w")));
    }

    @Test
    void whatAToolCannotSayIsRefusedByName() {
        for (Indicator indicator : List.of(
                new Indicator.Threshold(GOOD, "lt", BigDecimal.ONE),
                new Indicator.NativeLatency(ALL, "50ms"),
                new Indicator.BooleanGauge(ALL))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sloth.write(List.of(withIndicator(indicator))))
                    .withMessage("indicator must be a ratio for Sloth: plain");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OpenSloAlpha.write(List.of(withIndicator(indicator))))
                    .withMessage("indicator must be a ratio of events for v1alpha: plain");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Pyrra.write(List.of(withIndicator(new Indicator.Threshold(GOOD, "lt", BigDecimal.ONE)))))
                .withMessage("indicator must count events for Pyrra: plain");
        assertThat(Pyrra.write(List.of(withIndicator(
                        new Indicator.BadRatio(Source.query("bad_total"), Source.selector("all_total"), true)))))
                .contains("        metric: bad_total\n")
                .contains("        metric: all_total\n");
        assertThat(OpenSloAlpha.write(List.of(withIndicator(new Indicator.GoodRatio(GOOD, ALL, true)))))
                .contains(
                        "      good:\n        source: prometheus\n        queryType: promql\n        query: sum(rate(good[{{.window}}]))\n");
        ObjectiveDocument long1050 = document("plain", "chat", "", "d".repeat(1_050), Map.of(), List.of());
        assertThat(long1050.description()).hasSize(1_050);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> document("plain", "chat", "", "d".repeat(1_051), Map.of(), List.of()))
                .withMessage("description must have at most 1050 characters: 1051");
    }

    private static List<AlertRow> rows() {
        return BurnPolicy.of(Duration.ofDays(28)).rows().stream()
                .map(row -> new AlertRow(row, Duration.ZERO))
                .toList();
    }

    private static ObjectiveDocument withIndicator(Indicator indicator) {
        return new ObjectiveDocument(
                "plain",
                "",
                "chat",
                "",
                Map.of(),
                Target.of("0.995"),
                Period.rolling(Shorthand.parse("28d")),
                new Budgeting.Occurrences(),
                indicator,
                List.of());
    }

    private static ObjectiveDocument document(
            String name,
            String service,
            String displayName,
            String description,
            Map<String, String> labels,
            List<AlertRow> alerts) {
        return new ObjectiveDocument(
                name,
                displayName,
                service,
                description,
                labels,
                Target.of("0.995"),
                Period.rolling(Shorthand.parse("4w")),
                new Budgeting.Occurrences(),
                new Indicator.GoodRatio(GOOD, ALL, true),
                alerts);
    }
}
