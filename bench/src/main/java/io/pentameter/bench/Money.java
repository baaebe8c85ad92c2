package io.pentameter.bench;

import io.pentameter.bench.money.DecisionRun;
import io.pentameter.bench.money.EngineSql;
import io.pentameter.bench.money.MoneyApi;
import io.pentameter.bench.money.MoneyBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** {@code ./pentameter bench --money}: questions of cost and repricing at scale, as a section of the page of results. */
public final class Money {

    private static final String SECTION = "## Money";
    private static final Duration TOKEN_LASTS = Duration.ofSeconds(60);

    private Money() {}

    /** Arguments: directory of the stack, millions of spans (growing, commas between; 0: decisions only, shown and not written), customers, file of the page, commit. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 5) {
            System.err.println("usage: Money STACK_DIRECTORY MILLIONS[,MILLIONS...] CUSTOMERS PAGE COMMIT");
            System.exit(2);
        }
        StackFacts stack = StackFacts.read(Path.of(args[0]));
        List<Long> sizes = Arrays.stream(args[1].split(",", -1))
                .map(Long::valueOf)
                .filter(size -> size > 0)
                .toList();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            String heading =
                    "%s%n%nWritten by `./pentameter bench --money` on %s, commit `%s`, %d processors, up to %s customers.%n"
                            .formatted(
                                    SECTION,
                                    Clock.systemUTC()
                                            .instant()
                                            .atOffset(ZoneOffset.UTC)
                                            .toLocalDate(),
                                    args[4],
                                    Runtime.getRuntime().availableProcessors(),
                                    args[2]);
            MoneyApi admin = new MoneyApi(client, stack.gateway(), administrator(client, stack));
            MoneyBench bench = new MoneyBench(
                    new EngineSql(
                            client,
                            stack.require("PENTAMETER_CLICKHOUSE_URL"),
                            stack.require("PENTAMETER_CLICKHOUSE_USER"),
                            stack.require("PENTAMETER_CLICKHOUSE_PASSWORD"),
                            stack.require("PENTAMETER_CLICKHOUSE_DATABASE")),
                    new MoneyApi(
                            client,
                            stack.gateway(),
                            () -> Map.entry("x-api-key", stack.require("PENTAMETER_READ_KEY"))),
                    admin,
                    stack.require("PENTAMETER_TENANT"),
                    Clock.systemUTC());
            long customers = Long.parseLong(args[2]);
            DecisionRun decisions = new DecisionRun(
                    client,
                    stack.gateway(),
                    stack.require("PENTAMETER_INGEST_KEY"),
                    admin,
                    customers,
                    Clock.systemUTC());
            if (sizes.isEmpty()) {
                System.out.println(decisions.run());
                return;
            }
            AtomicReference<String> section = new AtomicReference<>("");
            bench.run(sizes, customers, heading, text -> {
                section.set(text);
                write(Path.of(args[3]), text);
            });
            String all = section.get() + decisions.run();
            System.out.println(all);
            write(Path.of(args[3]), all);
        }
    }

    private static void write(Path page, String section) {
        try {
            PageSection.write(page, SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Token(String text, Instant madeAt) {}

    /** Asks for a new token before the old one ends. */
    private static Supplier<Map.Entry<String, String>> administrator(HttpClient client, StackFacts stack) {
        AtomicReference<Token> last = new AtomicReference<>(new Token("", Instant.EPOCH));
        return () -> {
            Instant now = Clock.systemUTC().instant();
            if (last.get().madeAt().plus(TOKEN_LASTS).isBefore(now)) {
                last.set(new Token("Bearer " + token(client, stack), now));
            }
            return Map.entry("Authorization", last.get().text());
        };
    }

    private static String token(HttpClient client, StackFacts stack) {
        try {
            return MoneyApi.token(
                    client,
                    URI.create(stack.require("PENTAMETER_OIDC_TOKEN_URL")),
                    stack.require("PENTAMETER_CLI_CLIENT"),
                    stack.require("PENTAMETER_ADMIN_USER"),
                    stack.require("PENTAMETER_ADMIN_PASSWORD"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while logging in", e);
        }
    }
}
