package io.pentameter.aggregation.mapping;

/**
 * Why a record cannot become a row.
 *
 * @param reason lower_snake, one of few: it is counted by
 * @param tenant whose record it is, as far as can be told; empty if it cannot
 * @param keyId  likewise
 * @param receivedAtMicros likewise; 0 if it cannot be told
 */
public record Rejection(String reason, String tenant, String keyId, long receivedAtMicros) {}
