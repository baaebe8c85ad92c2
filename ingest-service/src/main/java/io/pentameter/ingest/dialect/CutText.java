package io.pentameter.ingest.dialect;

/**
 * Value of an attribute that was longer than we take into memory.
 *
 * @param head its beginning
 * @param size bytes of the whole, in UTF-8
 */
public record CutText(String head, long size) {}
