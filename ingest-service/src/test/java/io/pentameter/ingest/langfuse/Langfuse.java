package io.pentameter.ingest.langfuse;

import io.pentameter.ingest.vendor.VendorProtocol;

/** The protocol, for tests of what several have in common. */
public final class Langfuse {

    private Langfuse() {}

    public static VendorProtocol ingestion() {
        return new LangfuseIngestion();
    }
}
