package io.pentameter.alert.identity;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Makes ids of 100 random bits. */
@ApplicationScoped
class RandomIdConfig {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 20;

    @Produces
    @DefaultBean
    @Singleton
    Ids ids() {
        SecureRandom random = new SecureRandom();
        return prefix -> {
            StringBuilder id = new StringBuilder(prefix).append('_');
            for (int i = 0; i < LENGTH; i++) {
                id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            return id.toString();
        };
    }
}
