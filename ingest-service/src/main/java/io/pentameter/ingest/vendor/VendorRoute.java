package io.pentameter.ingest.vendor;

import java.util.List;

/**
 * Where a protocol is served.
 *
 * @param method HTTP method in capitals
 * @param path   a segment that begins with a colon stands for any one segment
 */
public record VendorRoute(String method, String path, VendorProtocol protocol) {

    /** The routes of one vendor; each vendor has a bean of it. */
    public interface Source {

        List<VendorRoute> routes();
    }
}
