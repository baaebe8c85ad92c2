package io.pentameter.statistics.monitoring.change;

import java.time.Instant;

/**
 * Something that may explain a change: a deploy, a prompt or model version, a judge epoch, a setting, a provider's
 * incident.
 *
 * @param type what kind of event, such as {@code deploy}
 * @param id which one
 * @param at when
 */
public record ChangeEvent(String type, String id, Instant at) {}
