package io.pentameter.quality.judge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of judges. */
@ConfigMapping(prefix = "pentameter.quality.judge")
public interface JudgeConfig {

    /** 32 bytes in base64; encrypts the API keys of judges at rest. */
    String encryptionKey();

    /** Whether endpoints may be internal addresses and plain HTTP. */
    @WithDefault("false")
    boolean allowInternalEndpoints();

    /** Longest one call may take, 1 s to 10 min. */
    @WithDefault("PT60S")
    Duration timeout();

    /** Judgements worked on at a time by one instance, 1 to 256. */
    @WithDefault("8")
    int concurrency();

    /** Of these, most that belong to one tenant, over all instances; 1 or more. */
    @WithDefault("4")
    int concurrencyPerTenant();

    /** Calls that fail for the time being before a judgement is given up, 1 to 20. */
    @WithDefault("6")
    int attempts();

    /** Most characters of input, documents and answer that a judge is shown, each; 100 to 1,000,000. */
    @WithDefault("30000")
    int maxChars();

    /** Most tokens that a judge may write in one call, 50 to 10,000. */
    @WithDefault("600")
    int maxOutputTokens();

    /** Most judgements of one tenant that wait; more are skipped and counted. */
    @WithDefault("10000")
    int maxQueued();

    /** Age after which a judgement that was not made is given up. */
    @WithDefault("PT24H")
    Duration maxAge();

    /** How long a finished judgement is remembered, so that a redelivered span is not judged again. */
    @WithDefault("P8D")
    Duration keep();

    /** How often changes of judges by other instances are looked for. */
    @WithDefault("PT2S")
    Duration refresh();
}
