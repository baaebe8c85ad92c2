package io.pentameter.ingest.classify;

/**
 * A text and what its user wanted.
 *
 * @param text  what the user asked, redacted
 * @param label the intent
 */
record Example(String text, String label) {}
