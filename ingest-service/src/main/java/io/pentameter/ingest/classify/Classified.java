package io.pentameter.ingest.classify;

/**
 * An answer of a classifier.
 *
 * @param label      the intent, or the language as ISO 639-1
 * @param confidence probability that the classifier gives it, above 0 and at most 1
 * @param model      version of the classifier's model
 */
public record Classified(String label, double confidence, String model) {}
