package io.pentameter.ingest.config;

/** The settings of tenants as they are now. */
public interface CurrentTenants {

    /** The tenant's settings; the standard ones if it has set none. */
    TenantSettings of(String tenant);

    /** Whether all settings that there were at the start have been read: before that nobody may be served. */
    boolean isLoaded();

    /** Whether the log answered within the last ten seconds. */
    boolean isLogReachable();
}
