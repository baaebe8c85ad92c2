package io.pentameter.ingest.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the service. */
@ConfigMapping(prefix = "pentameter.ingest")
public interface IngestConfig {

    /** Where others find this service; said here because it has the same prefix, not used by the service itself. */
    Optional<String> url();

    /** Largest body after decompression; beyond it the answer is 413. */
    @WithDefault("64M")
    MemorySize maxBodySize();

    /** Most spans of a request; those beyond are refused. */
    @WithDefault("50000")
    int maxSpans();

    /** How old a span's start may be. */
    @WithDefault("P30D")
    Duration maxSpanAge();

    /** How far ahead of our clock a span may be. */
    @WithDefault("PT10M")
    Duration maxSpanAhead();

    /** Largest record in the log. */
    @WithDefault("2M")
    MemorySize maxRecordSize();

    /** Most bytes of bodies, as sent and decompressed, that are worked on at a time; beyond it the answer is 503. */
    @WithDefault("192M")
    MemorySize maxInFlight();

    /** Threads that decode and normalise; as many as there are processors if not set. */
    OptionalInt workers();

    /** Most deliveries that wait for a thread; beyond it the answer is 503. */
    @WithDefault("2000")
    int maxWaiting();

    /** How long a client may take to send a body. */
    @WithDefault("60S")
    Duration bodyTimeout();

    /** What is said in Retry-After with 503. */
    @WithDefault("2S")
    Duration retryAfter();

    /** Secret of the installation for the pseudonyms of masked ids; keep it the same, or pseudonyms change. */
    Optional<String> pseudonymKey();

    Bedrock bedrock();

    /** Files of AWS Bedrock's model invocation log that something else puts into a folder. */
    interface Bedrock {

        /** The folder; nothing is watched if it is not set. */
        Optional<Path> folder();

        /**
         * Whose files lie in which subfolder: tenant by the subfolder's name. Other subfolders are not looked at. Whoever
         * can write there sends as that tenant.
         */
        Map<String, String> tenants();

        /** How often the folder is looked at. */
        @WithDefault("10S")
        Duration every();

        /** How long a file must not have changed before it is taken for whole. */
        @WithDefault("5S")
        Duration settle();

        /** How long a file waits for bodies that it names and that are not there; then it is taken without them. */
        @WithDefault("10M")
        Duration bodiesWithin();
    }
}
