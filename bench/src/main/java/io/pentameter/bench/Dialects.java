package io.pentameter.bench;

import io.pentameter.bench.dialect.DialectBench;
import io.pentameter.bench.dialect.RedactionSwitch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** {@code ./pentameter bench --dialects}: the costs of each dialect, as a section at the end of the page of results. */
public final class Dialects {

    private static final String SECTION = "## Dialects";

    private Dialects() {}

    /** Arguments: directory of the stack, rounds, file of the page, commit. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 4) {
            System.err.println("usage: Dialects STACK_DIRECTORY ROUNDS PAGE COMMIT");
            System.exit(2);
        }
        StackFacts stack = StackFacts.read(Path.of(args[0]));
        Clock clock = Clock.systemUTC();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            String heading =
                    "%s%n%nWritten by `./pentameter bench --dialects` on %s, commit `%s`, %d processors, %s rounds.%n"
                            .formatted(
                                    SECTION,
                                    clock.instant().atOffset(ZoneOffset.UTC).toLocalDate(),
                                    args[3],
                                    Runtime.getRuntime().availableProcessors(),
                                    args[1]);
            String section = new DialectBench(
                            client,
                            stack.gateway(),
                            stack.require("PENTAMETER_INGEST_KEY"),
                            new RedactionSwitch(client, stack.gateway(), admin(stack)),
                            stack.directory().resolve("run"),
                            clock)
                    .run(Integer.parseInt(args[1]), heading);
            System.out.println(section);
            PageSection.write(Path.of(args[2]), SECTION, section);
        }
    }

    private static RedactionSwitch.Admin admin(StackFacts stack) {
        return new RedactionSwitch.Admin(
                URI.create(stack.require("PENTAMETER_OIDC_TOKEN_URL")),
                stack.require("PENTAMETER_CLI_CLIENT"),
                stack.require("PENTAMETER_ADMIN_USER"),
                stack.require("PENTAMETER_ADMIN_PASSWORD"));
    }
}
