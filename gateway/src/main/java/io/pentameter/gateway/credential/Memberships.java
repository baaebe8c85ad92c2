package io.pentameter.gateway.credential;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where a person's tenants are looked up, across all tenants. */
public interface Memberships {

    /**
     * @param subject the identity provider's id of the person
     * @param email   lower-case, verified; absent if the provider does not vouch for it
     */
    CompletionStage<List<Membership>> of(String subject, @Nullable String email);
}
