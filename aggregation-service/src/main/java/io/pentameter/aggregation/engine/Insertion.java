package io.pentameter.aggregation.engine;

/** What became of one insert. */
public sealed interface Insertion {

    /** The rows are in the table, by this insert or by an earlier one with the same token. */
    record Stored() implements Insertion {}

    /** The engine looked at the rows and will never take them as they are; {@code reason} has no values of the rows. */
    record Refused(String reason) implements Insertion {}

    /** Not known whether they are in; the same rows with the same token must be inserted again. */
    record Away(String reason) implements Insertion {}
}
