package io.pentameter.gateway.health;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Well only with the identity provider, but ready without: keys, and so all telemetry, do not need it.
 *
 * <p>Shown under {@code /q/health/well}.
 */
@Wellness
@ApplicationScoped
class KeycloakCheck implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final URI wellKnown;

    KeycloakCheck(@ConfigProperty(name = "pentameter.oidc.url") String realm) {
        this.wellKnown = URI.create(realm + "/.well-known/openid-configuration");
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("keycloak").status(isReachable()).build();
    }

    private boolean isReachable() {
        HttpRequest request =
                HttpRequest.newBuilder(wellKnown).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
