package io.pentameter.ingest.assembly;

/** Names of facts that are no attributes: they say what a span is, not what is written on it. */
public final class Fact {

    /** Text. */
    public static final String NAME = "$name";

    /** Nanoseconds since the epoch; of several the earliest counts. */
    public static final String START = "$start";

    /** As {@link #START}, for a piece that does not say when its run began; counts if none does. */
    public static final String START_GUESS = "$start_guess";

    /** Nanoseconds since the epoch. Without it the run is not over. */
    public static final String END = "$end";

    /** Nanoseconds since the epoch of the first token. */
    public static final String FIRST_TOKEN = "$first_token";

    /** Span id in hex. */
    public static final String PARENT = "$parent";

    /** True for a run whose parent, if it names none, is the trace itself. */
    public static final String BELOW_TRACE = "$below_trace";

    /** True for something that has no duration, so that it needs no end. */
    public static final String INSTANT = "$instant";

    /** Text of an error. */
    public static final String ERROR = "$error";

    /** JSON object of whole numbers by attribute name: a report of usage, replaced as a whole. */
    public static final String USAGE = "$usage";

    /** JSON array of texts; those of all pieces together count. */
    public static final String TAGS = "$tags";

    /** JSON array of words of what was redacted; those of all pieces together count. */
    public static final String REDACTED = "$redacted";

    /** True for a run that its client may name by its own id alone, without that of its trace. */
    public static final String NAMED_ALONE = "$named_alone";

    static final String OWN = "$";

    private Fact() {}
}
