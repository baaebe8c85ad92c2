/**
 * What a tenant configures for its telemetry: mapping of attributes, redaction, payloads and retention.
 *
 * <p>Start at {@code SettingsResource}.
 */
@NullMarked
package io.pentameter.gateway.settings;

import org.jspecify.annotations.NullMarked;
