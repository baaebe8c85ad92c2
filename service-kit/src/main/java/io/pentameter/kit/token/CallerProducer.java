package io.pentameter.kit.token;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the verifier from the configured key set ({@code pentameter.token.jwks}, a file), and the {@link Caller} of the
 * current request: a resource method asks for it with {@code @Context HttpHeaders} through {@link Callers}.
 */
@ApplicationScoped
class CallerProducer {

    @Produces
    @DefaultBean
    @Singleton
    TokenVerifier verifier(@ConfigProperty(name = "pentameter.token.jwks") String jwks, InstantSource clock) {
        try {
            return TokenVerifier.of(Files.readString(Path.of(jwks)), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("pentameter.token.jwks cannot be read: " + jwks, e);
        }
    }

    @Produces
    @Dependent
    Callers callers(TokenVerifier verifier, HttpHeaders headers) {
        return new Callers(verifier, headers);
    }
}
