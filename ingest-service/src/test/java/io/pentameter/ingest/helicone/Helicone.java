package io.pentameter.ingest.helicone;

import io.pentameter.ingest.vendor.VendorProtocol;

/** The protocol, for tests of what several have in common. */
public final class Helicone {

    private Helicone() {}

    public static VendorProtocol log() {
        return new HeliconeLog();
    }
}
