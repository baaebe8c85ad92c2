package io.pentameter.ingest.redact;

/**
 * A place that was found.
 *
 * @param from first character of it
 * @param to   the character after it
 */
record Hit(Detector detector, int from, int to) {}
