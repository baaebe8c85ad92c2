/**
 * What each tenant has set, as a snapshot in memory that follows the topic {@code tenant-config.v1}.
 *
 * <p>Start at {@link io.pentameter.ingest.config.TenantSettings}.
 */
@NullMarked
package io.pentameter.ingest.config;

import org.jspecify.annotations.NullMarked;
