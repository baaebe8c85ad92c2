package io.pentameter.kit.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.InstantSource;

/** Gives the system's UTC clock to whoever asks for a clock; a test brings its own bean instead. */
@ApplicationScoped
class ClockProducer {

    @Produces
    @DefaultBean
    @ApplicationScoped
    InstantSource instants() {
        return Clock.systemUTC();
    }
}
