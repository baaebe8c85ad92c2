package io.pentameter.stack.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Writes what a run of chaos found as a page of the documentation. */
public final class ChaosPage {

    private final Path file;

    public ChaosPage(Path file) {
        this.file = file;
    }

    /**
     * Replaces the page.
     *
     * @param commit what was tormented, as git names it
     * @param lines  what the run said
     */
    public void write(Instant at, String commit, int rounds, boolean good, List<String> lines) {
        String page = """
                # Chaos

                `./pentameter chaos --rounds %d --report docs/chaos.md` wrote this page. Clients send and send again what is put off; each round
                kills one process with SIGKILL, starts it again, and goes on when clients of every kind are served. Every process is killed once before
                any is killed again. At the end what was acknowledged is compared with what the public API counts, first at once and then from sealed
                rollups: spans, tokens and dollars to the last digit, by a dimension that only spans have and by one of the rollups, and trace by
                trace where a group differs.

                | client | sends |
                |---|---|
                | otlp (%d) | traces of %d spans, whole |
                | langfuse | a trace and its generations when they begin, and what they used in another request; every fourth the other way round |
                | langsmith | runs without their end, and their end in another request; every fourth the other way round |
                | datadog | traces of four spans, whole |

                Up to twelve traces of Langfuse's and LangSmith's are half told at any time, so processes die between the halves. One in ten
                requests is sent again although it was acknowledged, always as the same bytes.

                Meanwhile spans of another day are priced again at half the price and that is taken back, over and over. They are looked at all the
                time: they must cost what was billed until a repricing is applied and half of it from when that is answered, in between one or the
                other and never back again; a repricing that says to be worked out must have priced every call. At the end one more is applied: each
                trace must cost exactly half, and as billed what it was billed. aggregation-service, Kafka and ClickHouse are killed while a
                repricing is calculated, applied or taken back; that counts if it was going on before and after the kill, a calculation if the first answer
                after the kill says so.

                | | |
                |---|---|
                | date | %s |
                | machine | %d processors, %s, Java %s |
                | commit | %s |
                | result | %s |

                ```text
                %s
                ```
                """.formatted(
                        rounds,
                        Chaos.OTLP_CLIENTS,
                        Delivery.SPANS,
                        at.atOffset(ZoneOffset.UTC).toLocalDate(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        commit,
                        good ? "nothing lost, nothing double, nothing half done" : "FAILED",
                        String.join("\n", lines));
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
