package io.pentameter.gateway.credential;

import io.pentameter.gateway.chance.Chance;
import io.pentameter.kit.token.TokenSigner;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the parts that look at credentials, as the settings say. */
@ApplicationScoped
class CredentialConfig {

    /** How long what is known of keys and people may be used. */
    @ConfigMapping(prefix = "pentameter.gateway.credential")
    interface Settings {

        /** From this age on a key in use is read anew in the background. */
        @WithDefault("2s")
        Duration refreshAfter();

        /** From this age on a key or a membership is read anew before it is used; at most 5 s. */
        @WithDefault("4s")
        Duration refuseAfter();

        /** While the database is away, a key that was known may be used up to this age. */
        @WithDefault("15m")
        Duration forgetAfter();

        /** Most keys, and most unknown ids, in memory. */
        @WithDefault("20000")
        int maxEntries();

        /**
         * For clients that send no key because they take us for an agent (Datadog's tracers): {@code host=key} or
         * {@code host:port=key}, the host that the client calls and the API key that it stands for. Whoever can reach
         * that host can send as that key.
         */
        Optional<List<String>> agents();

        /**
         * As {@code agents}, by a port of our own: {@code port=key} or {@code port=/file/with/the/key}. Each is listened on
         * besides the public port; whoever can reach it can send as that key.
         */
        Optional<List<String>> agentPorts();

        /** Most ids looked up at once; a flood of invented keys must not take the database. */
        @WithDefault("64")
        int maxLookups();
    }

    private static final Duration PROMISED = Duration.ofSeconds(5);

    @Produces
    @Singleton
    KeyCache keyCache(KeyDirectory directory, InstantSource clock, Settings settings) {
        if (settings.refuseAfter().compareTo(PROMISED) > 0) {
            throw new IllegalArgumentException(
                    "pentameter.gateway.credential.refuse-after must be at most 5 s: " + settings.refuseAfter());
        }
        return new KeyCache(
                directory,
                clock,
                new KeyCache.Ages(settings.refreshAfter(), settings.refuseAfter(), settings.forgetAfter()),
                settings.maxEntries(),
                settings.maxLookups());
    }

    @Produces
    @Singleton
    AgentKeys agentKeys(Settings settings) {
        return AgentKeys.of(settings.agents().orElse(List.of()));
    }

    @Produces
    @Singleton
    AgentPorts agentPorts(Settings settings, InstantSource clock) {
        return AgentPorts.of(settings.agentPorts().orElse(List.of()), clock);
    }

    @Produces
    @Singleton
    MembershipCache membershipCache(Memberships memberships, InstantSource clock, Settings settings) {
        return new MembershipCache(memberships, clock, settings.refuseAfter(), settings.maxEntries());
    }

    @Produces
    @Singleton
    InternalTokens internalTokens(
            @ConfigProperty(name = "pentameter.token.signing-key") String file, InstantSource clock) {
        return new InternalTokens(TokenSigner.fromFile(Path.of(file), clock), clock);
    }

    @Produces
    @Singleton
    KeyMint keyMint(Chance chance) {
        return new KeyMint(chance::bytes);
    }
}
