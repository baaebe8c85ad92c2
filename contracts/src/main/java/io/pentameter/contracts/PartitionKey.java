package io.pentameter.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys of records: what decides their partition and so their order. */
public final class PartitionKey {

    private PartitionKey() {}

    /**
     * Key of everything that belongs to a trace: the tenant's bytes, a zero byte, the trace id.
     *
     * <p>Never the tenant alone: one large tenant would fill one partition.
     *
     * @param traceId 16 bytes
     */
    public static byte[] ofTrace(String tenant, byte[] traceId) {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1 + traceId.length)
                .put(name)
                .put((byte) 0)
                .put(traceId)
                .array();
    }

    /**
     * Key of a metric's series: as of a trace.
     *
     * @param series 16 bytes
     */
    public static byte[] ofSeries(String tenant, byte[] series) {
        return ofTrace(tenant, series);
    }

    /** Key of what is ordered per tenant. */
    public static byte[] ofTenant(String tenant) {
        return tenant.getBytes(StandardCharsets.UTF_8);
    }

    /** Key of one thing of a tenant, for example of one kind of configuration. */
    public static byte[] ofTenant(String tenant, String thing) {
        return (tenant + "/" + thing).getBytes(StandardCharsets.UTF_8);
    }
}
