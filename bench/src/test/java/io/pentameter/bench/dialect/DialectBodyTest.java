package io.pentameter.bench.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.pentameter.bench.dialect.DialectBench.Round;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DialectBodyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void eachWritesTheSameTalks() throws IOException {
        for (DialectBody dialect : DialectBody.values()) {
            byte[] body = dialect.next(new SplittableRandom(1), NOW);
            String text = new String(body, StandardCharsets.UTF_8);
            Talk first = Talk.of(new SplittableRandom(1), NOW);
            assertThat(text)
                    .as(dialect.title())
                    .contains(first.calls().getFirst().question());
            if (dialect.contentType().equals("application/json")) {
                assertThat(new ObjectMapper().readTree(body)).isNotNull();
            } else if (dialect.contentType().endsWith("protobuf") && dialect != DialectBody.OTLP_CALL) {
                assertThat(ExportTraceServiceRequest.parseFrom(body)
                                .getResourceSpans(0)
                                .getScopeSpans(0)
                                .getSpansCount())
                        .isEqualTo(dialect == DialectBody.OTLP_SINGLE ? 5 : 100);
            }
        }
    }

    @Test
    void theMedianOfTheRoundsIsComparedWithThatOfTheYardstick() {
        Map<DialectBody, List<Round>> found = new EnumMap<>(DialectBody.class);
        found.put(
                DialectBody.OTLP_PROTOBUF,
                List.of(new Round(1_000_000, 1, 1), new Round(1_000_000, 0.5, 3), new Round(1_000_000, 0.25, 2)));
        found.put(DialectBody.DATADOG, List.of(new Round(1_000_000, 1, 4), new Round(1_000_000, 1, 6)));

        assertThat(DialectSection.text(found, "## Dialects\n"))
                .contains("| OTLP protobuf | 20 traces | 2.0 | 1.00 | 2.0000 | 1.00 |")
                .contains("| Datadog | 20 traces | 1.0 | 0.50 | 5.0000 | 2.50 |");
    }

    @Test
    void whatRedactionAndClassificationKeepIsTheRatioToTheRoundsWithoutThem() {
        Map<DialectBody, List<Round>> found = new EnumMap<>(DialectBody.class);
        found.put(DialectBody.OTLP_PROTOBUF, List.of(new Round(1_000_000, 1, 0.05)));
        found.put(DialectBody.OTLP_REDACTED, List.of(new Round(1_000_000, 0.9, 0.045)));
        found.put(DialectBody.OTLP_BARE, List.of(new Round(1_000_000, 0.72, 0.036)));

        assertThat(DialectSection.text(found, "## Dialects\n"))
                .contains("keep 72 % of the rate", "redaction alone\n80 %", "less, 72 % and 80 %.");
    }

    @Test
    void aRootThatSaysIntentAndLanguageIsOtherwiseTheSame() throws IOException {
        ExportTraceServiceRequest said =
                ExportTraceServiceRequest.parseFrom(DialectBody.OTLP_BARE.next(new SplittableRandom(1), NOW));
        ExportTraceServiceRequest silent =
                ExportTraceServiceRequest.parseFrom(DialectBody.OTLP_PROTOBUF.next(new SplittableRandom(1), NOW));

        assertThat(said.toString()).contains("pentameter.intent", "pentameter.language");
        assertThat(said.getResourceSpans(0).getScopeSpans(0).getSpansList().subList(1, 5))
                .isEqualTo(silent.getResourceSpans(0)
                        .getScopeSpans(0)
                        .getSpansList()
                        .subList(1, 5));
    }
}
