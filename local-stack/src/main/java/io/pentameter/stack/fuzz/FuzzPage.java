package io.pentameter.stack.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Writes what a run found as a page of the documentation. */
public final class FuzzPage {

    private final Path file;

    public FuzzPage(Path file) {
        this.file = file;
    }

    /**
     * Replaces the page.
     *
     * @param commit what was attacked, as git names it
     * @param lines  what the run said
     */
    public void write(Instant at, String commit, Duration time, long seed, boolean good, List<String> lines) {
        String page = """
                # Fuzz

                `./pentameter fuzz --minutes %d --seed %d --report docs/fuzz.md` wrote this page. Requests that real clients made, and our own
                for the other routes, are sent to the started stack with something wrong in them: bits and bytes changed, truncated, repeated;
                JSON with a value of the wrong type, far too deep, huge, missing, of an unknown kind, beside good ones; compression that is
                not what it says, cut, twice, a bomb; other media types; chunks and lengths that are wrong; connections cut in the middle, and slow
                ones. An answer is a finding if it is a 500 or the like, has no Retry-After where it says "later", is not an error of the route's dialect,
                does not come within %d s, or does not come at all. At the end the heaps after a collection are compared with those after the first
                quarter, and the tenant's accounting must explain every span: accepted = stored + duplicates + dropped, nothing pending.
                Resident memory is shown beside: it grows until a JVM has taken its whole heap once (ingest-service 384 MiB), which it keeps, and is no finding.

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
                        time.toMinutes(),
                        seed,
                        Judgement.ANSWER_WITHIN.toSeconds(),
                        at.atOffset(ZoneOffset.UTC).toLocalDate(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        commit,
                        good ? "nothing found" : "FAILED",
                        String.join("\n", lines));
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
