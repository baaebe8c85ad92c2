package io.pentameter.ingest.pseudonym;

import java.util.Optional;

/** The tenants' keys for pseudonyms that can be resolved. */
@FunctionalInterface
public interface PseudonymKeys {

    /** An installation without a secret of its own: it could not keep keys, so there are none. */
    PseudonymKeys NONE = _ -> Optional.empty();

    /**
     * The tenant's key, made when it is first asked for; empty if the installation cannot keep keys.
     *
     * @throws PseudonymKeysAwayException if it cannot be had now
     */
    Optional<TenantKey> of(String tenant);
}
