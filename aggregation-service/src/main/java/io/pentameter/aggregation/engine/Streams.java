package io.pentameter.aggregation.engine;

import java.io.InputStream;

/** Results that the engine itself writes in a file format, too long to be held in memory. */
public interface Streams {

    /** A format of files. */
    enum Format {
        /** With a line of names; unknown is empty. */
        CSV,
        PARQUET
    }

    /**
     * The whole result, made before this returns, so that a fault of the query is no half file.
     *
     * @return to be closed by the caller
     */
    InputStream open(TenantQuery query, Format format);
}
