package io.pentameter.ingest.failure;

/**
 * A failure that was found.
 *
 * @param detail finer word, empty if the class says it all
 * @param rule   id of the rule that found it
 * @param isHard whether there was no answer; a soft failure has one, that disappoints
 */
public record Finding(FailureClass failure, String detail, String rule, boolean isHard) {}
