package io.pentameter.gateway.proxy;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of what is passed on to the services. */
@ConfigMapping(prefix = "pentameter.gateway.proxy")
interface ProxyConfig {

    /** Largest body that is passed on, in bytes as sent; more is answered with 413. */
    @WithDefault("64M")
    MemorySize maxBody();

    /** Largest body of the gateway's own routes. */
    @WithDefault("1M")
    MemorySize maxOwnBody();

    /** Longest silence in the middle of a body; then 408. */
    @WithDefault("15s")
    Duration maxBodySilence();

    /** Longest time from the first to the last byte of a body; then 408. */
    @WithDefault("2m")
    Duration maxBodyTime();

    /** Longest wait for the head of a service's answer after it has the whole body; then 504. */
    @WithDefault("30s")
    Duration maxAnswerTime();

    /** Longest wait for a connection to a service; then 503. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** Connections to each service. */
    @WithDefault("128")
    int maxConnections();

    /** Requests that wait for a connection to a service; more are answered with 503. */
    @WithDefault("1024")
    int maxWaiting();
}
