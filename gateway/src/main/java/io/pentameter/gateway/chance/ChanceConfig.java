package io.pentameter.gateway.chance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.util.UUID;

/** Chance as the operating system gives it. */
@ApplicationScoped
class ChanceConfig {

    @Produces
    @ApplicationScoped
    Chance chance() {
        // made at run time: a native image must not carry a seed
        SecureRandom random = new SecureRandom();
        return new Chance() {
            @Override
            public UUID uuid() {
                return UUID.randomUUID();
            }

            @Override
            public byte[] bytes(int count) {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            }
        };
    }
}
