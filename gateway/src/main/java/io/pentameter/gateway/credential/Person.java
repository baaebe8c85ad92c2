package io.pentameter.gateway.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person, as a verified token of the identity provider says.
 *
 * @param email      lower-case; absent if the provider does not vouch for it
 * @param name       for audit logs
 * @param tenant     the tenant that the person wants to act in; absent if the token names none
 * @param isOperator whether the realm makes the person an operator of the platform
 * @param expiresAt  end of the token
 */
record Person(
        String subject,
        @Nullable String email,
        String name,
        @Nullable String tenant,
        boolean isOperator,
        Instant expiresAt) {}
