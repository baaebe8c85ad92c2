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

                `./pentameter chaos --rounds %d --report docs/chaos.md` wrote this page. Three clients send deliveries of %d spans and send again
                what is put off; each round kills one process with SIGKILL, starts it again, and goes on when clients are served. Every process is
                killed once before any is killed again. At the end what was acknowledged is compared with what the public API counts, first at
                once and then from sealed rollups, and span by span where a group differs. Meanwhile spans of two hours ago are priced again at half
                the price and that is taken back, over and over: they must cost what was billed or half of it whenever they are looked at, and at the
                end, with one more repricing applied, exactly half, and as billed what they were billed.

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
                        Delivery.SPANS,
                        at.atOffset(ZoneOffset.UTC).toLocalDate(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        commit,
                        good ? "nothing lost, nothing double" : "FAILED",
                        String.join("\n", lines));
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
