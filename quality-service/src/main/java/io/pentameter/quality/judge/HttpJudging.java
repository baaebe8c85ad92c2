package io.pentameter.quality.judge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes raters that ask real endpoints, and keeps what they share: connections, guard, seal. */
@ApplicationScoped
public class HttpJudging {

    private static final int MARK_BYTES = 12;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final SecureRandom random = new SecureRandom();
    private final EndpointGuard guard;
    private final KeySeal seal;
    private final ChatClient client;
    private final Budget budget;
    private final ChatRater.Limits limits;

    HttpJudging(Vertx vertx, JudgeConfig config, PostgresBudget budget, InstantSource clock) {
        check(config);
        this.guard = new EndpointGuard(config.allowInternalEndpoints());
        this.seal = new KeySeal(config.encryptionKey(), random);
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxPoolSize(config.concurrency())
                .setKeepAliveTimeout(30);
        HttpExchange exchange = new HttpExchange(vertx.createHttpClient(options), config.timeout());
        this.client = new HttpChatClient(exchange, guard, clock);
        this.budget = budget;
        this.limits = new ChatRater.Limits(config.maxChars(), config.maxOutputTokens());
    }

    /** A rater for one judgement by this judge. */
    public ChatRater raterFor(Judge judge) {
        String sealed = judge.sealedKey();
        String apiKey = sealed == null ? null : seal.open(sealed, owner(judge.tenant(), judge.id()));
        return new ChatRater(judge, apiKey, client, budget, limits, this::mark);
    }

    EndpointGuard guard() {
        return guard;
    }

    /** Null for no key. */
    @Nullable
    String sealed(@Nullable String apiKey, String tenant, String judgeId) {
        return apiKey == null ? null : seal.seal(apiKey, owner(tenant, judgeId));
    }

    private static String owner(String tenant, String judgeId) {
        return tenant + "/" + judgeId;
    }

    private String mark() {
        byte[] bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void check(JudgeConfig config) {
        range("timeout", config.timeout().toSeconds(), 1, 600);
        range("concurrency", config.concurrency(), 1, 256);
        range("concurrency-per-tenant", config.concurrencyPerTenant(), 1, 256);
        range("attempts", config.attempts(), 1, 20);
        range("max-chars", config.maxChars(), 100, 1_000_000);
        range("max-output-tokens", config.maxOutputTokens(), 50, 10_000);
        range("max-queued", config.maxQueued(), 1, 10_000_000);
    }

    private static void range(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    "pentameter.quality.judge.%s must be in %d..%d: %d".formatted(name, from, to, value));
        }
    }
}
