package io.pentameter.aggregation.page;

import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/** Makes the signer of cursors. */
@ApplicationScoped
class CursorConfig {

    @ConfigMapping(prefix = "pentameter.cursor")
    interface Settings {

        /** Secret of 16 characters or more; absent: drawn at start, so that cursors end with the process. */
        Optional<String> key();
    }

    @Produces
    @Singleton
    Cursors cursors(Settings settings) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        if (settings.key().isPresent()) {
            if (settings.key().get().length() < 16) {
                throw new IllegalArgumentException("pentameter.cursor.key must have 16 characters or more");
            }
            key = settings.key().get().getBytes(StandardCharsets.UTF_8);
        }
        return new Cursors(key);
    }
}
