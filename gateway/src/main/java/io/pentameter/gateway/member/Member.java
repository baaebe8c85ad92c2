package io.pentameter.gateway.member;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person in a tenant.
 *
 * @param email   lower-case; the person is recognised by it once the identity provider has verified it
 * @param subject the identity provider's id of the person; absent if only the address counts
 * @param roles   words, sorted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(String id, String email, @Nullable String subject, List<String> roles, Instant createdAt) {

    public Member {
        roles = List.copyOf(roles);
    }
}
