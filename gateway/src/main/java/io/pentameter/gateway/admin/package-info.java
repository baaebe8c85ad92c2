/**
 * What every administrative route needs: who acts, and the record of it.
 *
 * <p>Start at {@code PostgresAdministration}.
 */
@NullMarked
package io.pentameter.gateway.admin;

import org.jspecify.annotations.NullMarked;
