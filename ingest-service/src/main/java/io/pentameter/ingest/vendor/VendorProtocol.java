package io.pentameter.ingest.vendor;

/** One request of a vendor's protocol: what its body means and how it is answered. Pure and thread-safe. */
public interface VendorProtocol {

    /** The word in the accounting, for example {@code langfuse_ingestion}. */
    String route();

    /**
     * Reads a request. What is wrong with one item is put into the input; the others do not suffer.
     *
     * @param body decompressed; empty for a request without one
     * @throws io.pentameter.ingest.otlp.UndecodableException if the body as a whole cannot be read
     */
    VendorInput read(VendorRequest request, byte[] body);

    /**
     * Words a refusal of the whole request.
     *
     * @param status HTTP status that fits; a protocol whose clients read statuses otherwise changes it
     */
    VendorReply refused(int status, String message);
}
