package io.pentameter.ingest.intake;

import io.pentameter.ingest.config.TenantSettings;

/**
 * On whose behalf a delivery is taken in.
 *
 * @param tenant   from the verified token, never from the delivery
 * @param keyId    API key, or whoever sent it
 * @param settings of the tenant at the time
 * @param project  that the request names for all its spans, as vendors' clients do in a header; empty if it names none
 */
public record Sender(String tenant, String keyId, TenantSettings settings, String project) {

    /** A sender that names no project. */
    public Sender(String tenant, String keyId, TenantSettings settings) {
        this(tenant, keyId, settings, "");
    }
}
