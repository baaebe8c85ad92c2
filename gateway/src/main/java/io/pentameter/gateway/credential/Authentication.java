package io.pentameter.gateway.credential;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.limit.Limits;
import io.pentameter.kit.token.Caller;

/** What came out of looking at a credential. */
public sealed interface Authentication {

    /** Who signs the internal tokens of callers. */
    String ISSUER = "gateway";

    /**
     * The caller is known.
     *
     * @param own    limits of the key or the person
     * @param tenant limits of the tenant, shared by all its keys and people
     */
    record Known(Caller caller, Limits own, Limits tenant) implements Authentication {}

    record Refused(Refusal refusal) implements Authentication {}
}
