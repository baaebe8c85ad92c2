package io.pentameter.ingest.intake;

import io.pentameter.ingest.config.TenantSettings;

/**
 * On whose behalf a delivery is taken in.
 *
 * @param tenant   from the verified token, never from the delivery
 * @param keyId    API key, or whoever sent it
 * @param settings of the tenant at the time
 */
public record Sender(String tenant, String keyId, TenantSettings settings) {}
